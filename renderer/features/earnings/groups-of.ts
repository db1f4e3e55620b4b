import type { EarningsSummary, EarningsSums } from '../../../shared/contract/earnings.contract.ts'
import { EARNING_KINDS } from '../../../shared/earnings/kinds.ts'

export const GROUPS = ['subnet', 'wallet', 'hotkey', 'kind'] as const
export type Group = (typeof GROUPS)[number]

/** Nothing recorded is not nothing earned. */
export const worthOf = ({ rows, earnedTao }: EarningsSums): bigint | undefined => (rows === 0 ? undefined : earnedTao)

/** What is told apart, a line each. */
export interface Line {
  readonly key: string
  readonly alpha: bigint | undefined
  readonly tao: bigint
  /** Some of its epochs have no price: it is at least that. */
  readonly atLeast: boolean
  readonly sums: EarningsSums | undefined
}

export function linesOf({ total, groups }: Pick<EarningsSummary, 'total' | 'groups'>, group: Group): readonly Line[] {
  if (group !== 'kind')
    return groups[group].map(({ key, sums }) => {
      return { key, alpha: sums.alpha?.earned, tao: sums.knownTao, atLeast: sums.unpriced > 0, sums }
    })
  return EARNING_KINDS.map((kind) => ({
    key: kind,
    alpha: total.alpha?.kinds[kind],
    tao: total.tao[kind],
    // Which kind an epoch without a price was of is not in the sums.
    atLeast: total.unpriced > 0,
    sums: undefined,
  })).filter(({ alpha, tao }) => tao !== 0n || (alpha ?? 0n) !== 0n)
}
