import type { EntryKind } from '../../../shared/ledger/entry.ts'

/** What a line is called, and how it is booked. */
export const KIND_WORDS: Readonly<Record<EntryKind, { readonly name: string; readonly booked: string }>> = {
  buy: { name: 'Staked', booked: 'A purchase: its cost is what was paid, swap fee included.' },
  sell: { name: 'Unstaked', booked: 'A sale: its gain is what came in, less the cost of the lots that left.' },
  reward: { name: 'Reward', booked: 'Income at the price of its epoch, which is also its cost.' },
  shrink: { name: 'Less after epoch', booked: 'Left without a sale: swept or taken by the chain.' },
  opening: { name: 'Held at the start', booked: 'Was there when recording began. Its cost is unknown.' },
  move: { name: 'Moved', booked: 'Another validator of the same subnet: no trade, cost and date go along.' },
  'stake-in': {
    name: 'Stake received',
    booked: 'From another account. Its cost is unknown, unless that account is yours.',
  },
  'stake-out': { name: 'Stake given', booked: 'Left without a sale. To an own account, cost and date go along.' },
  burn: { name: 'Burned', booked: 'Destroyed on purpose, without a sale.' },
  recycle: { name: 'Recycled', booked: 'Destroyed on purpose, without a sale.' },
  fee: { name: 'Network fee', booked: 'Paid for a transaction.' },
  'fee-alpha': { name: 'Fee in alpha', booked: 'Sold for a transaction fee: a disposal at what it brought.' },
  'transfer-in': { name: 'Received', booked: 'TAO from another account.' },
  'transfer-out': { name: 'Sent', booked: 'TAO to another account.' },
  registration: { name: 'Registration', booked: 'Paid for a place on a subnet.' },
  'other-in': { name: 'Other, in', booked: 'The balance grew, and the chain names no reason that is known here.' },
  'other-out': { name: 'Other, out', booked: 'The balance fell, and the chain names no reason that is known here.' },
  'hotkey-swap': { name: 'Hotkey changed', booked: 'The validator changed its key: cost and date go along.' },
  'subnet-end': {
    name: 'Subnet removed',
    booked: 'What its pool paid for all that was held there: a disposal at what it brought.',
  },
  'coldkey-swap': { name: 'Coldkey changed', booked: 'Everything went to another coldkey.' },
}

/** A position that was counted anew after a gap. */
export const AFTER_GAP = {
  name: 'After a gap',
  booked: 'Came or went while nobody looked. What came has no known cost; what went has no known gain.',
}
