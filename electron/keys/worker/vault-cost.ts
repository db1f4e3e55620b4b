import { randomBytes } from 'node:crypto'
import { type KdfCost, memoryLeft, stretch } from './argon.ts'
import { FLOOR_COST } from './vault-file.ts'

/** Long enough to make guessing dear, short enough to be no reason for a shorter password. */
const TARGET_MS = 700
const MOST_MEMORY_KIB = 524_288
/** With the most memory still within what a vault file may ask for. */
const MOST_PASSES = 8
/** Other programs want memory too, and another computer may have to open the file. */
const SHARE_OF_MEMORY = 4

/**
 * The cost that takes about {@link TARGET_MS}: memory first, as it is what hurts an attacker's hardware, in doublings;
 * then passes.
 * @param floorMs what {@link FLOOR_COST} took on this computer. Unit: ms.
 * @param leftBytes memory that may still be had; unknown counts as plenty.
 */
export function costFor(floorMs: number, leftBytes: number | undefined): KdfCost {
  const mostKib = Math.min(MOST_MEMORY_KIB, (leftBytes ?? Number.POSITIVE_INFINITY) / 1024 / SHARE_OF_MEMORY)
  const msPerStep = Math.max(floorMs, 1) / (FLOOR_COST.passes * FLOOR_COST.memoryKib)
  let memoryKib = FLOOR_COST.memoryKib
  while (memoryKib * 2 <= mostKib && memoryKib * 2 * FLOOR_COST.passes * msPerStep <= TARGET_MS) memoryKib *= 2
  const passes = Math.round(TARGET_MS / (memoryKib * msPerStep))
  return { memoryKib, passes: Math.min(MOST_PASSES, Math.max(FLOOR_COST.passes, passes)) }
}

/** Measures this computer, which takes about a third of a second, and gives the cost for new vault files. */
export async function calibratedCost(): Promise<KdfCost> {
  const salt = new Uint8Array(randomBytes(16))
  const startedMs = performance.now()
  const key = await stretch(salt, { variant: 'argon2id', salt, cost: FLOOR_COST })
  return key.ok ? costFor(performance.now() - startedMs, memoryLeft()) : FLOOR_COST
}
