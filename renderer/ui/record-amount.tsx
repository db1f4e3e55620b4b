import type { TransactionRecord } from '../../shared/transactions/transaction.ts'
import { givesAlpha } from '../format/transaction-words.ts'
import { Amount, alphaOf, TAO } from './amount.tsx'
import { Fiat } from './fiat.tsx'

export interface RecordAmountProps {
  readonly record: TransactionRecord
  readonly symbol?: string | undefined
  /** Below an amount of TAO: what it is worth in ordinary money now, if that is wanted. */
  readonly fiat?: boolean
}

/** What moved, with its direction: TAO leaves when staking, alpha leaves when unstaking. */
export function RecordAmount({ record, symbol, fiat = false }: RecordAmountProps) {
  const { kind, outcome, amount } = record
  if (kind === 'serve-axon') return null
  // Several amounts in several tokens: each stands with its move.
  if (kind === 'stake-moves' && amount === undefined) return null
  // A call about an account tells an amount only where it is about a position: then in its alpha.
  if (kind === 'account')
    return amount === undefined ? null : <Amount value={amount} unit={alphaOf(record.netuid ?? 0, symbol)} />
  if (amount === undefined) return <Amount value={undefined} unit={TAO} why="The amount was not recorded" />
  if (givesAlpha(record)) return <Amount value={-amount} unit={alphaOf(record.netuid ?? 0, symbol)} signed />
  const tao =
    kind === 'play-money'
      ? amount
      : kind === 'transfer' || kind === 'transfer-all'
        ? -(outcome?.sentRao ?? amount)
        : kind === 'register'
          ? -(outcome?.placeRao ?? amount)
          : -(outcome?.stakeAdded?.taoRao ?? amount)
  return (
    <>
      <Amount value={tao} unit={TAO} signed />
      {fiat && <Fiat value={tao} />}
    </>
  )
}
