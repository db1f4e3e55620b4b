export interface HeadAge {
  readonly block: number | undefined
  readonly ageMs: number | undefined
  readonly blockMs: number
}

/**
 * How old an answer is that was read at `block`: as old as the newest block, and a block time for each one since. What
 * was read some blocks ago must not pass for as new as the head.
 * @returns milliseconds; undefined where the answer, the head or its age is not known
 */
export function ageOfBlock(head: HeadAge, block: number | undefined): number | undefined {
  if (block === undefined || head.block === undefined || head.ageMs === undefined) return undefined
  return head.ageMs + Math.max(0, head.block - block) * head.blockMs
}
