import type { TextEngine } from './engine.ts'

/** The way of a first piece through three processes to its caller, on one core at rest, ms. */
const WAY_MS = 0.4
const never = new Int32Array(new SharedArrayBuffer(4))

/**
 * Lets the first piece of a text go out before the next token takes every core of the processor: of 500 pieces fifty waited
 * half a millisecond more at each of their three steps, and some three, because the scheduler lets who computes go on for that
 * long. Once for each text, where it is written alone by the processor; others would wait for it, too.
 */
export function giveHeadStart({ facts, round }: TextEngine): void {
  if (facts.backend !== 'cpu' || !round.isAlone) return
  // Sleeps: no timer of Node is shorter than a millisecond.
  Atomics.wait(never, 0, 0, WAY_MS)
}
