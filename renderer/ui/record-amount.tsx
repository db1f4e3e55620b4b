import type { TransactionRecord } from '../../shared/transactions/transaction.ts'
import { givesAlpha } from '../format/transaction-words.ts'
import { Amount, alphaOf, TAO } from './amount.tsx'

/** What moved, with its direction: TAO leaves when staking, alpha leaves when unstaking. */
export function RecordAmount({
  record,
  symbol,
}: {
  readonly record: TransactionRecord
  readonly symbol?: string | undefined
}) {
  const { kind, outcome, amount } = record
  if (kind === 'serve-axon') return null
  // Several amounts in several tokens: each stands with its move.
  if (kind === 'stake-moves' && amount === undefined) return null
  // A call about an account tells an amount only where it is about a position: then in its alpha.
  if (kind === 'account')
    return amount === undefined ? null : <Amount value={amount} unit={alphaOf(record.netuid ?? 0, symbol)} />
  if (amount === undefined) return <Amount value={undefined} unit={TAO} why="The amount was not recorded" />
  if (givesAlpha(record)) return <Amount value={-amount} unit={alphaOf(record.netuid ?? 0, symbol)} signed />
  if (kind === 'play-money') return <Amount value={amount} unit={TAO} signed />
  if (kind === 'transfer' || kind === 'transfer-all')
    return <Amount value={-(outcome?.sentRao ?? amount)} unit={TAO} signed />
  return <Amount value={-(outcome?.stakeAdded?.taoRao ?? amount)} unit={TAO} signed />
}
