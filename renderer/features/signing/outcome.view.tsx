import { CircleCheck, Clock } from 'lucide-react'
import { claimedIn } from '../../../shared/transactions/claimed-in.ts'
import type { Outcome, Plan, TransactionRecord } from '../../../shared/transactions/transaction.ts'
import { valueIn } from '../../bridge/loadable.ts'
import { useDirectory } from '../../bridge/use-directory.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { shortHash } from '../../format/address.ts'
import { writeDifference } from '../../format/percent.ts'
import { Amount, Num, TAO, type Unit } from '../../ui/amount.tsx'
import { ComparedMoves } from '../../ui/compared-moves.tsx'
import { GroupedAddress } from '../../ui/grouped-address.tsx'
import { HappenedHoldings } from '../../ui/happened-holdings.tsx'
import { ErrorNote } from '../../ui/note.tsx'

interface Compared {
  readonly name: string
  readonly expected: bigint | undefined
  readonly happened: bigint | undefined
  readonly unit: Unit
}

/** Only facts from the chain's own events count as what happened. */
function compare(plan: Plan, record: TransactionRecord): readonly Compared[] {
  const { outcome } = record
  const fee: Compared = { name: 'Network fee', expected: plan.txFee, happened: outcome?.feeRao, unit: TAO }
  switch (plan.kind) {
    case 'transfer':
      return [{ name: 'TAO sent', expected: plan.request.amount, happened: outcome?.sentRao, unit: TAO }, fee]
    case 'transfer-all':
      return [{ name: 'TAO sent', expected: plan.amount, happened: outcome?.sentRao, unit: TAO }, fee]
    case 'register':
      return [
        { name: 'Price of the place', expected: plan.now?.pays ?? plan.price, happened: outcome?.placeRao, unit: TAO },
        fee,
      ]
    case 'stake-moves':
      return [fee]
    case 'account':
      return plan.claims === undefined ? [fee] : [claimOf(plan.claims, outcome), fee]
  }
}

const claimOf = (expected: bigint, outcome: Outcome | undefined): Compared => ({
  name: 'Claimed from root',
  expected,
  happened: outcome && claimedIn(outcome),
  unit: TAO,
})

export function OutcomeView({ record: sent, plan }: { readonly record: TransactionRecord; readonly plan: Plan }) {
  const records = valueIn(useSubscription('activity.watch'))
  const record = records?.find((candidate) => candidate.id === sent.id) ?? sent
  const directory = useDirectory()
  const rows = compare(plan, record)
  if (record.error) return <ErrorNote error={record.error} />
  const isFinal = record.stage === 'finalized'
  return (
    <div className="grid gap-3">
      <p className="row" aria-live="polite">
        {isFinal ? <CircleCheck className="ic good" /> : <Clock className="ic" />}
        {isFinal ? 'Final: no later block can undo it.' : 'In a block. It is final about two blocks later.'}
      </p>
      {record.outcome?.registeredUid !== undefined && (
        <p>
          This hotkey holds uid <b className="strong">{record.outcome.registeredUid}</b> now.
        </p>
      )}
      {record.outcome?.pureCreated && (
        <div>
          <p>The new account, without a key of its own:</p>
          <GroupedAddress address={record.outcome.pureCreated.address} />
        </div>
      )}
      <table className="tbl plain">
        <caption className="vh">What was expected and what happened</caption>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col" className="r">
              Expected
            </th>
            <th scope="col" className="r">
              Happened
            </th>
            <th scope="col" className="r">
              Difference
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name}>
              <td>{row.name}</td>
              <td className="r">
                <Amount value={row.expected} unit={row.unit} />
              </td>
              <td className="r">
                <Amount value={row.happened} unit={row.unit} why="The chain's events did not tell it" />
              </td>
              <td className="r soft">
                {row.expected !== undefined &&
                  row.happened !== undefined &&
                  writeDifference(row.happened, row.expected)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <HappenedHoldings held={record.outcome?.held ?? []} names={directory} />
      {record.kind === 'stake-moves' && <ComparedMoves record={record} names={directory} />}
      {record.outcome && (
        <p className="soft">
          Block <Num value={record.outcome.block} />
          {record.outcome.extrinsicIndex !== undefined && `, extrinsic ${record.outcome.extrinsicIndex}`}
          {record.txHash && (
            <>
              , hash{' '}
              <span className="mono" title={record.txHash}>
                {shortHash(record.txHash)}
              </span>
            </>
          )}
          . It is recorded under Activity.
        </p>
      )}
    </div>
  )
}
