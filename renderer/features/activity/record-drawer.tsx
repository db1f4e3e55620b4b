import { claimedIn } from '../../../shared/transactions/claimed-in.ts'
import type { TransactionRecord, TransactionStage } from '../../../shared/transactions/transaction.ts'
import { useDirectory } from '../../bridge/use-directory.ts'
import { writeDifference } from '../../format/percent.ts'
import { givesAlpha, recordWords } from '../../format/transaction-words.ts'
import { FullAddress } from '../../ui/address.tsx'
import { Amount, alphaOf, Num, TAO } from '../../ui/amount.tsx'
import { ComparedMoves } from '../../ui/compared-moves.tsx'
import { DoubtNote } from '../../ui/doubt-note.tsx'
import { Drawer } from '../../ui/drawer.tsx'
import { GroupedAddress } from '../../ui/grouped-address.tsx'
import { HappenedHoldings } from '../../ui/happened-holdings.tsx'
import { ErrorNote } from '../../ui/note.tsx'
import { type Step, Steps } from '../../ui/steps.tsx'
import { SubnetName } from '../../ui/subnet-name.tsx'

const ORDER: readonly TransactionStage[] = ['signed', 'in-pool', 'in-block', 'finalized']
/** Of calls about accounts only those about a position keep an amount. */
const isInAlpha = (record: TransactionRecord): boolean => record.kind === 'account' || givesAlpha(record)
const NAME = {
  signed: 'Signed',
  'in-pool': 'Sent',
  'in-block': 'In a block',
  finalized: 'Final',
  failed: 'Failed',
} as const

function stepsOf(record: TransactionRecord): readonly Step[] {
  // A failure in a block got as far as a block; one without a block was refused before.
  const inBlock = record.outcome !== undefined || record.error?.code === 'chain/dispatch-failed'
  const reached = record.stage === 'failed' ? (inBlock ? 2 : 1) : ORDER.indexOf(record.stage)
  return ORDER.map((stage, index) => ({
    key: stage,
    name: NAME[stage],
    state:
      record.stage === 'failed' && index === reached
        ? 'failed'
        : index < reached || record.stage === 'finalized'
          ? 'done'
          : index === reached
            ? 'now'
            : 'waiting',
  }))
}

export function RecordDrawer({
  record,
  onClose,
}: {
  readonly record: TransactionRecord
  readonly onClose: () => void
}) {
  const directory = useDirectory()
  const subnet = record.netuid === undefined ? undefined : directory.get(record.netuid)
  const token = alphaOf(record.netuid ?? 0, subnet?.symbol)
  const { outcome } = record
  const happened = outcome?.stakeAdded?.alpha ?? outcome?.stakeRemoved?.taoRao ?? (outcome && claimedIn(outcome))
  const received = record.kind === 'add-stake' ? token : TAO
  return (
    <Drawer title={recordWords(record)} onClose={onClose}>
      <Steps label="Stages of this transaction" steps={stepsOf(record)} />
      {record.error && <ErrorNote error={record.error} />}
      {record.doubt && <DoubtNote doubt={record.doubt} />}
      <dl className="kv">
        {record.netuid !== undefined && (
          <>
            <dt>Subnet</dt>
            <dd>
              <SubnetName inline netuid={record.netuid} name={subnet?.name} symbol={subnet?.symbol} />
            </dd>
          </>
        )}
        {record.amount !== undefined && (
          <>
            <dt>Asked</dt>
            <dd>
              <Amount value={record.amount} unit={isInAlpha(record) ? token : TAO} />
            </dd>
          </>
        )}
        {record.expected !== undefined && (
          <>
            <dt>Expected to receive</dt>
            <dd>
              <Amount value={record.expected} unit={received} />
            </dd>
            <dt>Received</dt>
            <dd>
              <Amount value={happened} unit={received} why="The chain's events did not tell it" />
            </dd>
            {happened !== undefined && (
              <>
                <dt>Difference</dt>
                <dd>{writeDifference(happened, record.expected) ?? 'unknown'}</dd>
              </>
            )}
          </>
        )}
        {outcome?.registeredUid !== undefined && (
          <>
            <dt>Place</dt>
            <dd>uid {outcome.registeredUid}</dd>
            <dt>Paid for it, besides the fee</dt>
            <dd>
              <Amount value={outcome.placeRao} unit={TAO} why="The chain's events did not tell it" />
            </dd>
          </>
        )}
        {outcome && (
          <>
            <dt>Network fee paid</dt>
            <dd>
              <Amount value={outcome.feeRao} unit={TAO} why="The event of the fee was not found" />
            </dd>
            <dt>Block, extrinsic</dt>
            <dd>
              <Num value={outcome.block} />
              {outcome.extrinsicIndex !== undefined && `, ${outcome.extrinsicIndex}`}
            </dd>
          </>
        )}
      </dl>
      <HappenedHoldings held={outcome?.held ?? []} names={directory} />
      <ComparedMoves record={record} names={directory} />
      {outcome?.feeAlpha && (
        <p className="small soft">
          The network fee was paid in alpha:{' '}
          <Amount value={outcome.feeAlpha.alpha} unit={alphaOf(outcome.feeAlpha.netuid)} />.
        </p>
      )}
      {outcome?.blockHash && <Long name="Block hash" text={outcome.blockHash} />}
      {record.txHash && <Long name="Transaction hash" text={record.txHash} />}
      {record.to && (
        <div>
          <div className="lbl">To</div>
          <GroupedAddress address={record.to} twoLines />
        </div>
      )}
      {record.hotkey && (
        <div>
          <div className="lbl">Hotkey</div>
          <FullAddress address={record.hotkey} twoLines />
        </div>
      )}
      <div>
        <div className="lbl">Signed by</div>
        <FullAddress address={record.signer} twoLines />
      </div>
    </Drawer>
  )
}

function Long({ name, text }: { readonly name: string; readonly text: string }) {
  return (
    <div>
      <div className="lbl">{name}</div>
      <code className="mono break small">{text}</code>
    </div>
  )
}
