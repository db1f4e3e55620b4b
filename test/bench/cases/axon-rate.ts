import { AxonClient, CONNECTIONS, expectAll, type LoadedAxon, processorMs, startLoaded } from '../axon-load.ts'

/** Requests are signed before they are timed, and a nonce is good for 10 s: so few at a time, even on a busy machine. */
const PER_ROUND = 2_000
const ROUNDS = 6
/**
 * A server runs for weeks. In its first seconds V8 compiles what is hot, in four threads that take the second core from host and
 * callers: with a core for itself the worker answered 9,500 a second in the six rounds after the first, 11,600 after these and
 * 12,000 after thirty. What the first ones came to is told beside the value.
 */
const WARM_UPS = 8

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

const eachOf = (rounds: readonly Round[]): string => rounds.map((round) => perSecond([round]).toFixed(0)).join(' ')

/** Of processor time that was taken over some rounds. Unit: µs for each request. */
export const microseconds = (ms: number, rounds: readonly Round[]): number => (ms * 1_000) / (rounds.length * PER_ROUND)

/** Rounds until the server is as warm as it is on every day but its first. */
export async function warmUp(
  client: AxonClient,
  server: Pick<LoadedAxon, 'port' | 'receiver'>,
  bad = false,
): Promise<void> {
  const rounds: Round[] = []
  for (let i = 0; i < WARM_UPS; i++) rounds.push(await axonRound(client, server, bad))
  process.stderr.write(`requests/s of each round to warm up: ${eachOf(rounds)}\n`)
}

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

/** What a real server process answers over loopback and keep-alive to callers in another, once it is warm. */
export async function axonRequestsPerSecond(bad: boolean): Promise<number> {
  const loaded = await startLoaded()
  const client = new AxonClient()
  const [worker, host] = [new Meter(loaded.workers[0]?.pid ?? 0), new Meter(process.pid)]
  try {
    await warmUp(client, loaded, bad)
    const rounds: Round[] = []
    for (let i = 0; i < ROUNDS; i++)
      rounds.push(await host.during(() => worker.during(() => axonRound(client, loaded, bad))))
    const callers = microseconds(sum(rounds.map(({ callersMs }) => callersMs)), rounds)
    const of = ({ spentMs }: Meter): string => microseconds(spentMs, rounds).toFixed(0)
    process.stderr.write(
      `processor time of a request, µs: worker ${of(worker)}, host ${of(host)}, callers ${callers.toFixed(0)}; requests/s of each round: ${eachOf(rounds)}\n`,
    )
    return perSecond(rounds)
  } finally {
    client.close()
    await loaded.axon.stop()
  }
}
