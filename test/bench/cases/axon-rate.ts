import { AxonClient, CONNECTIONS, expectAll, type LoadedAxon, processorMs, startLoaded } from '../axon-load.ts'

/** Requests are signed before they are timed, and a nonce is good for 10 s: so few at a time, even on a busy machine. */
const PER_ROUND = 2_000
const ROUNDS = 6

/** One round over kept connections. */
export interface Round {
  readonly tookMs: number
  /** Processor time of the callers. */
  readonly callersMs: number
}

export async function axonRound(
  client: AxonClient,
  { port, receiver }: Pick<LoadedAxon, 'port' | 'receiver'>,
  bad = false,
): Promise<Round> {
  const done = await client.ask({ kind: 'round', port, receiver, count: PER_ROUND, connections: CONNECTIONS, bad })
  expectAll(done, bad ? 401 : 200)
  return { tookMs: done.tookMs, callersMs: done.callersMs ?? Number.NaN }
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** Requests a second, of the time that rounds took. */
export const perSecond = (rounds: readonly Round[]): number =>
  (rounds.length * PER_ROUND * 1_000) / sum(rounds.map(({ tookMs }) => tookMs))

/** Of processor time that was taken over some rounds. Unit: µs for each request. */
export const microseconds = (ms: number, rounds: readonly Round[]): number => (ms * 1_000) / (rounds.length * PER_ROUND)

/** Counts the processor time of a server while rounds go on; other programs take the clock's time, and hardly this one. */
export class Meter {
  readonly #pid: number
  #before = 0
  spentMs = 0

  constructor(pid: number) {
    this.#pid = pid
  }

  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#before = processorMs(this.#pid)
    const done = await work()
    this.spentMs += processorMs(this.#pid) - this.#before
    return done
  }
}

/** What a real server process answers over loopback and keep-alive to callers in another, after a round to warm up. */
export async function axonRequestsPerSecond(bad: boolean): Promise<number> {
  const loaded = await startLoaded()
  const client = new AxonClient()
  const [worker, host] = [new Meter(loaded.workers[0]?.pid ?? 0), new Meter(process.pid)]
  try {
    await axonRound(client, loaded, bad)
    const rounds: Round[] = []
    for (let i = 0; i < ROUNDS; i++)
      rounds.push(await host.during(() => worker.during(() => axonRound(client, loaded, bad))))
    const callers = microseconds(sum(rounds.map(({ callersMs }) => callersMs)), rounds)
    const of = ({ spentMs }: Meter): string => microseconds(spentMs, rounds).toFixed(0)
    process.stderr.write(
      `processor time of a request, µs: worker ${of(worker)}, host ${of(host)}, callers ${callers.toFixed(0)}; requests/s of each round: ${rounds.map((round) => perSecond([round]).toFixed(0)).join(' ')}\n`,
    )
    return perSecond(rounds)
  } finally {
    client.close()
    await loaded.axon.stop()
  }
}
