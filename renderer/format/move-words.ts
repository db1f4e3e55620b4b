import type { MoveKind, MoveNote, SkipReason, StakeMovesPlan } from '../../shared/staking/stake-move.ts'
import type { MoveVerdict } from '../../shared/transactions/predicted.ts'

export const MOVE_NAMES: Readonly<Record<MoveKind, string>> = {
  add: 'Stake',
  remove: 'Unstake',
  'remove-all': 'Take all',
  move: 'Move to another validator',
  swap: 'Swap to another subnet',
  transfer: 'Give to another coldkey',
}

export const MOVE_NOTES: Readonly<Record<MoveNote, string>> = {
  'no-trade': 'No trade happens: the alpha arrives as it leaves.',
  'no-quote': 'This chain cannot say what the trade brings. Your limit is the only bound.',
  partial: 'A part may be done, up to the limit. The rest stays where it is.',
  'only-a-part':
    'All of it would move the price past the limit, so less is done. What is expected above is that of the whole amount.',
  'leaves-dust': 'What stays is very little, and the chain may sell it by itself. Take all to leave nothing behind.',
  'earns-nothing-there': 'This validator has no place on that subnet, so the stake earns nothing there.',
  'root-one-to-one': 'On root one alpha is one TAO, always: no pool, no swap fee.',
  'root-hold': 'Stake on root has to stay for some time before it may leave.',
  'cannot-be-undone': 'It cannot be undone.',
}

export const SKIP_WORDS: Readonly<Record<SkipReason, string>> = {
  locked: 'locked, or too little to move',
  held: 'stake on root has to stay for some blocks after it was changed',
  'not-started': 'the subnet has not started',
  'pool-cannot': 'the pool cannot take it, or there is no quote',
  'moves-price': 'it would move the price past your limit',
  'costs-more': 'its part of the fee is more than it brings',
  'not-small': 'it is not small',
  'next-plan': 'this plan is full; plan again afterwards',
  'fee-first': 'there is no TAO for its fee yet; plan again when this sale has brought some',
}

export const VERDICT_WORDS: Readonly<Record<MoveVerdict, string>> = {
  within: 'as foreseen',
  better: 'better than foreseen',
  below: 'less than the bound that was agreed to',
  'tao-instead': 'sold, and nothing was bought: the TAO is free',
  failed: 'refused by the chain',
  unknown: 'the events do not tell',
}

/** What a plan does, in a sentence. */
export function planSentence({ request, steps, carry }: Pick<StakeMovesPlan, 'request' | 'steps' | 'carry'>): string {
  const [only] = steps
  if (steps.length === 1 && only) return ONE[only.move.kind]
  const how =
    carry === 'queue'
      ? 'one after the other, each with a signature of its own'
      : request.purpose === 'exit' || request.purpose === 'sweep'
        ? 'in one call; what the chain refuses stays, the others go on'
        : 'in one call, all of them or none'
  return `${PURPOSES[request.purpose]}: ${steps.length} moves ${how}.`
}

const PURPOSES: Readonly<Record<StakeMovesPlan['request']['purpose'], string>> = {
  moves: 'Moves stake',
  exit: 'Leaves every position that can be left',
  sweep: 'Sweeps small positions that pay for their fee',
  rebalance: 'Brings the portfolio to the shares that you want',
}
const ONE: Readonly<Record<MoveKind, string>> = {
  add: 'Buys alpha of a subnet with TAO and leaves it with a validator.',
  remove: 'Takes alpha back from a validator and sells it for TAO.',
  'remove-all': 'Sells the whole position for TAO, also what it earns until then.',
  move: 'Moves alpha to another validator of the same subnet. No trade happens.',
  swap: 'Sells alpha of one subnet and buys alpha of another with it, in one step.',
  transfer: 'Gives alpha to another coldkey. It cannot be undone.',
}
