import { UNITS_PER_WHOLE } from '../units/amounts.ts'
import { type EpochRow, redOf } from './epoch-row.ts'

/**
 * What an epoch was earned by. `root`: all that root stake brought; `owner-cut`: of a subnet's owner; `not-told`: the row knows
 * stake before and after only, so that it cannot be told what its earnings were.
 */
export const EARNING_KINDS = ['mined', 'validated', 'staked', 'root', 'owner-cut', 'not-told'] as const
export type EarningKind = (typeof EARNING_KINDS)[number]
export type ByKind = Readonly<Record<EarningKind, bigint>>

const ROOT = 0
const LAST = 'not-told'

/** What a row earned, told apart: signed 1e-9 alpha whose sum is `earned`, to the last unit. */
export function kindsOf({ netuid, earned, parts }: EpochRow): ByKind {
  const none = { mined: 0n, validated: 0n, staked: 0n, root: 0n, 'owner-cut': 0n, 'not-told': 0n }
  if (!parts) return { ...none, 'not-told': earned }
  const { mined, validated, staked, ownerCut } = parts
  const told = mined + validated + staked + ownerCut
  const notTold = earned - told
  if (netuid === ROOT) return { ...none, root: told, 'not-told': notTold }
  return { ...none, mined, validated, staked, 'owner-cut': ownerCut, 'not-told': notTold }
}

/**
 * The same in rao at the price right after the epoch, whose sum is `earnedTao`, to the rao: each kind gets what the sum grows by when
 * it is added. `undefined` where the row's worth is not known.
 */
export function kindsInTao(row: EpochRow): ByKind | undefined {
  const { price, earnedTao } = row
  if (price === undefined || earnedTao === undefined) return undefined
  const kinds = kindsOf(row)
  let added = 0n
  let given = 0n
  const worth = EARNING_KINDS.map((kind) => {
    added += kinds[kind]
    const upTo = kind === LAST ? earnedTao : (added * price) / UNITS_PER_WHOLE
    const own = upTo - given
    given = upTo
    return [kind, own] as const
  })
  return Object.fromEntries(worth) as Record<EarningKind, bigint>
}

export type RowStatus = 'explained' | 'rounded' | 'red' | 'not-looked-at'

/** `rounded`: it adds up but for units that shares were rounded by. `red`: it does not add up, whether a cause is known or not. */
export function statusOf(row: EpochRow): RowStatus {
  if (!row.parts) return 'not-looked-at'
  if (redOf(row) !== 0n) return 'red'
  return row.parts.unexplained === 0n ? 'explained' : 'rounded'
}
