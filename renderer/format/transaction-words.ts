import type { TransactionRecord } from '../../shared/transactions/transaction.ts'
import { intentName } from './intent-words.ts'

type Kind = TransactionRecord['kind']
/** What a transaction is for, in two words. */
const KIND_WORDS: Readonly<Record<Kind, string>> = {
  'add-stake': 'Stake',
  'remove-stake': 'Unstake',
  register: 'Register a place',
  'serve-axon': 'Announce the address',
  transfer: 'Send',
  'transfer-all': 'Close the account',
  'stake-moves': 'Moves of stake',
  'play-money': 'Play TAO',
  account: 'Account',
}

/** What a record is for; of a call about an account, what was meant. */
export const recordWords = ({ kind, intent }: Pick<TransactionRecord, 'kind' | 'intent'>): string =>
  intent && intent.kind !== 'batch' ? intentName(intent) : KIND_WORDS[kind]

/** Whether what leaves is alpha: of a single move of stake, everything but a purchase. */
export const givesAlpha = ({ kind, predicted }: Pick<TransactionRecord, 'kind' | 'predicted'>): boolean =>
  kind === 'remove-stake' || (kind === 'stake-moves' && predicted?.[0] !== undefined && predicted[0].kind !== 'add')

export const STAGE_WORDS: Readonly<Record<TransactionRecord['stage'], string>> = {
  signed: 'signed',
  'in-pool': 'waits for a block',
  'in-block': 'in a block',
  finalized: 'final',
  failed: 'failed',
}
