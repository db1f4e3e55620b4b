import { grantFor } from '../../../shared/accounts/grant-for.ts'
import type { ProxyAnnouncement } from '../../../shared/accounts/proxy.ts'
import type { KnownCall } from '../../../shared/accounts/views.ts'
import { useClient } from '../../bridge/bridge-context.ts'
import { useChain } from '../../bridge/use-chain.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { shortHash } from '../../format/address.ts'
import { intentName } from '../../format/intent-words.ts'
import { writeDuration } from '../../format/time.ts'
import { Num } from '../../ui/amount.tsx'
import { Button } from '../../ui/button.tsx'
import { GroupedAddress } from '../../ui/grouped-address.tsx'
import { ErrorNote } from '../../ui/note.tsx'
import { Scale } from '../../ui/scale.tsx'
import { usePlanReview } from './use-plan-review.ts'

export interface AnnouncedRowProps {
  readonly announced: ProxyAnnouncement
  /** Absent where this app does not have the call: then it can only be withdrawn. */
  readonly known: KnownCall | undefined
  readonly again: () => void
}
const ASK_EVERY_MS = 12_000

/** One announced call: what it is, when its delay is over, and then the way to carry it out. */
export function AnnouncedRow({ announced, known, again }: AnnouncedRowProps) {
  const { real, callHash, height, delegate } = announced
  const client = useClient()
  const chain = useChain()
  const { open, busy, error } = usePlanReview(again)
  // Asked anew each time: what was read before the grant would tell that it is gone.
  const rights = useQuestion('proxy.view', { account: real }, { freshForMs: 0, everyMs: ASK_EVERY_MS })
  const facts = rights.state === 'ready' ? rights.value : undefined
  const found = facts && grantFor(facts.facts.grants, { delegate, inner: known?.intent, rules: facts.rules })
  const readyAt = found?.kind === 'grant' ? height + found.grant.delay : undefined
  const off = chain.stale
    ? 'The chain data is old. Signing waits for a new block.'
    : found && found.kind !== 'grant'
      ? 'The grant is gone.'
      : readyAt === undefined || chain.block === undefined
        ? 'The delay is being read.'
        : readyAt > chain.block
          ? 'The delay still runs.'
          : undefined
  const intent = known?.intent
  return (
    <li className="operation" aria-label={intent ? intentName(intent) : 'An announced call'}>
      <div className="grid min-w-0 gap-2">
        <h4 className="strong">{intent ? intentName(intent) : 'A call known by its hash'}</h4>
        {known ? (
          <code className="call">{known.text}</code>
        ) : (
          <p>This app does not have the call itself, so it cannot make it. It can be withdrawn.</p>
        )}
        <p className="soft small">
          In the name of, hash{' '}
          <span className="mono" title={callHash}>
            {shortHash(callHash)}
          </span>
        </p>
        <GroupedAddress address={real} />
      </div>
      <div className="grid content-start gap-2">
        <Wait from={height} to={readyAt} now={chain.block} blockMs={chain.blockMs} />
        <div className="row wrap">
          {intent && (
            <Button
              kind="main"
              offBecause={off}
              busyWith={busy ? 'Planning' : undefined}
              onPress={() => open(() => client.call('account.plan', { via: { kind: 'proxy', real }, intent }))}
            >
              Carry out
            </Button>
          )}
          <Button
            offBecause={busy ? 'Wait for the plan.' : undefined}
            onPress={() =>
              open(() =>
                client.call('account.plan', {
                  via: { kind: 'direct' },
                  intent: { kind: 'remove-announcement', real, callHash },
                }),
              )
            }
          >
            Withdraw
          </Button>
        </div>
        {error && <ErrorNote error={error} />}
      </div>
    </li>
  )
}

interface WaitProps {
  readonly from: number
  readonly to: number | undefined
  readonly now: number | undefined
  readonly blockMs: number
}
function Wait({ from, to, now, blockMs }: WaitProps) {
  if (to === undefined || now === undefined) return <p className="soft">It is not known yet when it can be made.</p>
  const left = to - now
  return (
    <>
      <Scale
        label={left > 0 ? `${left} blocks of the delay are left` : 'The delay is over'}
        from={from}
        to={to}
        pointer={Math.min(now, to)}
        fillTo={Math.min(now, to)}
      />
      <p>
        {left > 0 ? (
          <>
            Can be carried out from block <Num value={to} />, in about {writeDuration(left * blockMs)}.
          </>
        ) : (
          'The delay is over: it can be carried out.'
        )}
      </p>
    </>
  )
}
