import { Dice, seedOf } from './dice.ts'
import { leakIn, type Prepared } from './target.ts'

/** Processor time of one case: the clock would also count other programs of the computer. Unit: ms. */
export const LONGEST_CASE_MS = 1_000

export interface Wrong {
  readonly number: number
  readonly why: string
  readonly input: unknown
}

export interface Ran {
  readonly cases: number
  readonly slowestMs: number
  readonly wrong: readonly Wrong[]
}

export interface Run {
  readonly target: string
  readonly prepared: Prepared
  readonly seed: number
  readonly from: number
  readonly to: number
  /** Called before each case, so that a watcher knows where it hangs. */
  readonly onCase?: (number: number) => void
}

export const diceOf = (seed: number, target: string, number: number): Dice =>
  new Dice(seedOf(`${seed}/${target}/${number}`))

/** What is wrong with the outcome of one input; `undefined` when all is well. */
export async function whyWrong(prepared: Prepared, input: unknown): Promise<string | undefined> {
  try {
    const output = await prepared.run(input)
    const leak = leakIn(output)
    return leak === undefined ? undefined : `a secret in the answer: ${leak}`
  } catch (cause) {
    return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
  }
}

/** Stops after that many findings: the first ones say enough. */
const MOST_WRONG = 20

/** Runs cases one after the other. */
export async function runCases({ target, prepared, seed, from, to, onCase }: Run): Promise<Ran> {
  const wrong: Wrong[] = []
  let slowestMs = 0
  let number = from
  for (; number < to && wrong.length < MOST_WRONG; number += 1) {
    const input = prepared.make(diceOf(seed, target, number))
    onCase?.(number)
    const before = process.threadCpuUsage()
    const why = await whyWrong(prepared, input)
    const { user, system } = process.threadCpuUsage(before)
    const ms = (user + system) / 1_000
    slowestMs = Math.max(slowestMs, ms)
    if (why !== undefined) wrong.push({ number, why, input })
    else if (ms > LONGEST_CASE_MS) wrong.push({ number, why: `took ${Math.round(ms)} ms`, input })
  }
  return { cases: number - from, slowestMs, wrong }
}

/** Most tries to make a failing input shorter. */
const SHRINKING_TRIES = 400

/** The shortest input that still goes wrong, as far as leaving out parts finds it. Structures are left as they are. */
export async function smallest(prepared: Prepared, input: unknown): Promise<unknown> {
  if (typeof input !== 'string' && !(input instanceof Uint8Array)) return input
  let best: string | Uint8Array = input
  let tries = 0
  for (let part = Math.ceil(best.length / 2); part >= 1 && tries < SHRINKING_TRIES; ) {
    let found = false
    for (let at = 0; at < best.length && tries < SHRINKING_TRIES; at += part) {
      const shorter = without(best, at, part)
      tries += 1
      if ((await whyWrong(prepared, shorter)) === undefined) continue
      best = shorter
      found = true
      break
    }
    if (!found) part = part === 1 ? 0 : Math.ceil(part / 2)
  }
  return best
}

const without = (whole: string | Uint8Array, at: number, length: number): string | Uint8Array =>
  typeof whole === 'string'
    ? whole.slice(0, at) + whole.slice(at + length)
    : new Uint8Array(Buffer.concat([whole.subarray(0, at), whole.subarray(at + length)]))
