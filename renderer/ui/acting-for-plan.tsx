import type { ActingAccount } from '../../shared/accounts/acting.ts'
import type { AccountPlan } from '../../shared/accounts/plan-account.ts'
import type { AppError } from '../../shared/errors.ts'
import type { IntentKind } from '../../shared/signing/intent.ts'
import { ActingName, kindOfActing } from './acting-for.tsx'
import { Amount, TAO } from './amount.tsx'
import { GroupedAddress } from './grouped-address.tsx'
import { ErrorNote } from './note.tsx'
import { Loading } from './states.tsx'

/** What happens with this signature, and what does not yet. */
const WHEN: Readonly<Partial<Record<IntentKind, string>>> = {
  proxied: 'It is made at once.',
  'announce-proxied':
    'This signature announces it. When the delay of your grant is over, carry it out under Shared accounts; until then the account can reject it.',
  'proxied-announced': 'It was announced, the delay is over: this signature makes it.',
  'multisig-execute': 'This signature proposes it, or carries it out if it is the last approval that is needed.',
  'multisig-approve': 'It is proposed already: this signature approves it.',
  'multisig-alone': 'One approval is enough: it is made at once.',
}

const LATER: ReadonlySet<IntentKind> = new Set(['announce-proxied', 'multisig-execute', 'multisig-approve'])
const isLater = ({ intent, inner }: AccountPlan): boolean =>
  LATER.has(intent.kind) && ('limitPrice' in inner || 'limit' in inner)

export interface ActingForPlanProps {
  readonly account: ActingAccount
  readonly wrapped: AccountPlan | undefined
  readonly error: AppError | undefined
  readonly state: 'idle' | 'loading' | 'ready' | 'failed'
  /** In a drawer: the address stands in two lines. */
  readonly narrow?: boolean
}

/** In every form that acts for another account: its whole address, when the call is made, and what it costs the signer. */
export function ActingForPlan({ account, wrapped, error, state, narrow = false }: ActingForPlanProps) {
  return (
    <section className="acting-plan" aria-label="In the name of">
      <p>
        In the name of{' '}
        <b className="strong">
          <ActingName account={account} />
        </b>
        , {kindOfActing(account)}
      </p>
      <GroupedAddress address={account.address} twoLines={narrow} />
      {state === 'loading' && <Loading awaits="what the signature needs" rows={1} />}
      {error && <ErrorNote error={error} />}
      {wrapped && (
        <>
          <p className="small">
            {WHEN[wrapped.intent.kind]}
            {isLater(wrapped) && ' The price limit of now must still hold then.'}
          </p>
          <dl className="kv" aria-live="polite">
            <dt>Network fee, paid by the signer</dt>
            <dd>
              <Amount value={wrapped.txFee} unit={TAO} />
            </dd>
            {wrapped.deposit > 0n && (
              <>
                <dt>Deposit of the signer, comes back</dt>
                <dd>
                  <Amount value={wrapped.deposit} unit={TAO} />
                </dd>
              </>
            )}
            <dt>Free for the signer afterwards</dt>
            <dd>
              <Amount value={wrapped.freeAfter} unit={TAO} />
            </dd>
          </dl>
        </>
      )}
    </section>
  )
}
