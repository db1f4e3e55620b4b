import type { EarningKind } from '../../../shared/earnings/kinds.ts'
import type { Range } from '../../../shared/earnings/ranges.ts'
import type { Netuid, Ss58 } from '../../../shared/units/amounts.ts'

/** What of the epochs is looked at. */
export interface Ask {
  readonly range: Range
  readonly account?: Ss58
  readonly netuid?: Netuid
  readonly hotkey?: Ss58
}

export const RANGE_WORDS: Readonly<Record<Range, { readonly name: string; readonly during: string }>> = {
  today: { name: 'Today', during: 'today' },
  '7d': { name: '7 days', during: 'in 7 days' },
  '30d': { name: '30 days', during: 'in 30 days' },
  '365d': { name: '365 days', during: 'in 365 days' },
  all: { name: 'All', during: 'since recording began' },
}

export const KIND_WORDS: Readonly<Record<EarningKind, { readonly name: string; readonly says: string }>> = {
  mined: { name: 'mined', says: 'Incentive of a place of one’s own.' },
  validated: { name: 'validated', says: 'Dividends of an own hotkey, with what it takes of its stakers’.' },
  staked: { name: 'staked', says: 'Dividends behind the hotkey of somebody else.' },
  root: { name: 'root', says: 'What stake on root brought.' },
  'owner-cut': { name: 'owner’s cut', says: 'The part of an epoch that is the subnet owner’s.' },
  'not-told': {
    name: 'not told',
    says: 'Only the stake before and after is known, so that what it was cannot be told.',
  },
}
