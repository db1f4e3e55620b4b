import { AxonClient, CONNECTIONS, expectAll, type LoadedAxon, startLoaded } from '../axon-load.ts'

/** Requests are signed before they are timed, and a nonce is good for 10 s: so few at a time, even on a busy machine. */
const PER_ROUND = 2_000
const ROUNDS = 6

/** One round over kept connections. @returns ms */
export async function axonRound(
  client: AxonClient,
  { port, receiver }: Omit<LoadedAxon, 'axon'>,
  bad = false,
): Promise<number> {
  const done = await client.ask({ kind: 'round', port, receiver, count: PER_ROUND, connections: CONNECTIONS, bad })
  expectAll(done, bad ? 401 : 200)
  return done.tookMs
}

/** Requests a second, of the time that rounds took. */
export const perSecond = (tookMs: readonly number[]): number =>
  (tookMs.length * PER_ROUND * 1_000) / tookMs.reduce((sum, ms) => sum + ms, 0)

/** What a real server process answers over loopback and keep-alive to callers in another, after a round to warm up. */
export async function axonRequestsPerSecond(bad: boolean): Promise<number> {
  const loaded = await startLoaded()
  const client = new AxonClient()
  try {
    await axonRound(client, loaded, bad)
    const tookMs: number[] = []
    for (let i = 0; i < ROUNDS; i++) tookMs.push(await axonRound(client, loaded, bad))
    return perSecond(tookMs)
  } finally {
    client.close()
    await loaded.axon.stop()
  }
}
