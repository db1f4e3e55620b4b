import { useEffect } from 'react'
import type { RecipientReport } from '../../../shared/addresses/judge-recipient.ts'
import { formatUnits } from '../../../shared/units/decimal.ts'
import { useAppActions } from '../../bridge/app-actions.ts'
import { hrefOf } from '../../format/route.ts'
import { ActingForPlan } from '../../ui/acting-for-plan.tsx'
import { Amount, TAO, UnitMark } from '../../ui/amount.tsx'
import { AmountField } from '../../ui/amount-field.tsx'
import { Button } from '../../ui/button.tsx'
import { Fiat } from '../../ui/fiat.tsx'
import { GroupedAddress } from '../../ui/grouped-address.tsx'
import { Head } from '../../ui/head.tsx'
import { ErrorNote } from '../../ui/note.tsx'
import { RecipientFindings } from '../../ui/recipient-findings.tsx'
import { Age, Loading } from '../../ui/states.tsx'
import { TypedAgain } from '../../ui/typed-again.tsx'
import { CloseAccount } from './close-account.tsx'
import { RecipientField } from './recipient-field.tsx'
import { useSendDraft } from './send-draft.store.ts'
import { useSend } from './use-send.ts'

/** Who, how much, what it costs; then the bytes. @param to given by a link of the address book */
export function SendView({ to: given }: { readonly to: string | undefined }) {
  const { userEnteredRecipient } = useSendDraft()
  useEffect(() => {
    if (given !== undefined) userEnteredRecipient(given)
  }, [given, userEnteredRecipient])
  const { review } = useAppActions()
  const send = useSend()
  const { chain, draft, report, acted } = send
  return (
    <>
      <Head title="Send" age={<Age block={chain.block} ageMs={chain.ageMs} stale={chain.stale} />}>
        <a className="btn" href={hrefOf({ view: 'addresses' })}>
          Address book
        </a>
      </Head>
      <div className="pad send">
        {acted.account && <ActingForPlan {...acted} account={acted.account} />}
        <RecipientField wrong={send.wrong} />
        {report && <Recipient report={report} />}
        <SendAmount {...send} />
        <div className="row wrap">
          <Button
            kind="main"
            large
            offBecause={send.off}
            onPress={() => acted.plan && review(acted.plan, draft.draftSent)}
          >
            Review and sign
          </Button>
          <span className="why">{send.off ?? 'Planned again before signing'}</span>
        </div>
      </div>
      {!acted.account && <CloseAccount to={send.to} typed={send.typed} lacks={send.lacks} />}
    </>
  )
}

function Recipient({ report }: { readonly report: RecipientReport }) {
  const { meant, userMeansIt, typedTo, userTypedRecipientAgain } = useSendDraft()
  const compared = report.findings.some(({ kind }) => kind === 'look-alike')
  return (
    <div className="grid gap-3">
      {!compared && <GroupedAddress address={report.address} />}
      <RecipientFindings report={report} />
      {report.findings.some(({ weight }) => weight === 'warn') && (
        <label className="pick">
          <input type="checkbox" checked={meant} onChange={(event) => userMeansIt(event.target.checked)} />
          <span>I mean to send TAO to this hotkey.</span>
        </label>
      )}
      {report.mustBeTyped && <TypedAgain address={report.address} typedTo={typedTo} onType={userTypedRecipientAgain} />}
    </div>
  )
}

function SendAmount({ draft, most, limits, quote, plan, acted, amountWrong }: ReturnType<typeof useSend>) {
  return (
    <>
      <AmountField
        label="TAO to send"
        text={draft.text}
        unit={draft.unit}
        unitName={<UnitMark unit={TAO} />}
        onType={draft.userTypedAmount}
        onUnit={draft.userPickedUnit}
        onPart={(percent) => {
          if (most === undefined) return
          draft.userPickedUnit('whole')
          draft.userTypedAmount(formatUnits((most * BigInt(percent)) / 100n))
        }}
        available={<Amount value={most} unit={TAO} why="Enter a recipient first" />}
        wrong={amountWrong}
      />
      {plan && <Fiat value={plan.request.amount} said />}
      {limits.state === 'failed' && <ErrorNote error={limits.error} />}
      {quote.state === 'loading' && <Loading awaits="the plan" rows={2} />}
      {quote.state === 'failed' && <ErrorNote error={quote.error} />}
      {limits.state === 'ready' && (
        <dl className="kv" aria-live="polite">
          {!acted.account && (
            <>
              <dt>Network fee, on top</dt>
              <dd>
                <Amount value={plan?.txFee ?? limits.value.txFee} unit={TAO} />
              </dd>
              <dt>Leaves in all</dt>
              <dd>
                <Amount value={plan?.totalCost} unit={TAO} why="Enter an amount first" />
                {plan && <Fiat value={plan.totalCost} />}
              </dd>
            </>
          )}
          <dt>Stays in this account at least, so that the chain keeps it</dt>
          <dd>
            <Amount value={limits.value.existentialDeposit} unit={TAO} />
          </dd>
          <dt>Free afterwards</dt>
          <dd>
            <Amount value={plan?.freeAfter} unit={TAO} why="Enter an amount first" />
          </dd>
          {plan?.opensAccount && (
            <>
              <dt>Recipient</dt>
              <dd>holds nothing yet; this opens the account</dd>
            </>
          )}
        </dl>
      )}
    </>
  )
}
