import type { ReactNode } from 'react'
import { type Intent, innerIntents } from '../../../shared/signing/intent.ts'
import { useDirectory } from '../../bridge/use-directory.ts'
import { shortHash } from '../../format/address.ts'
import { INTENT_WORDS } from '../../format/intent-words.ts'
import { Amount, alphaOf, TAO } from '../../ui/amount.tsx'
import { GroupedAddress } from '../../ui/grouped-address.tsx'
import { SubnetName } from '../../ui/subnet-name.tsx'

export function Line({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

/** Which account, under which name it stands in an intent. */
const ACCOUNTS = [
  ['to', 'To'],
  ['hotkey', 'Validator or hotkey'],
  ['fromHotkey', 'From'],
  ['toHotkey', 'To'],
  ['delegate', 'Proxy'],
  ['real', 'In the name of'],
  ['newColdkey', 'New coldkey'],
  ['spawner', 'Made by'],
] as const
const NETUIDS = [
  ['netuid', 'Subnet'],
  ['fromNetuid', 'From subnet'],
  ['toNetuid', 'To subnet'],
] as const

const fieldOf = (intent: Intent, name: string): unknown =>
  Object.hasOwn(intent, name) ? (intent as unknown as Readonly<Record<string, unknown>>)[name] : undefined

const SOLD: ReadonlySet<Intent['kind']> = new Set(['remove-stake', 'move-stake', 'swap-stake', 'transfer-stake'])

/** Every field of an intent in words; what it carries follows it. Nothing is left out. */
export function IntentLines({ intent }: { readonly intent: Intent }) {
  const directory = useDirectory()
  const words = INTENT_WORDS[intent.kind]
  const netuid = fieldOf(intent, 'netuid') ?? fieldOf(intent, 'fromNetuid')
  const amount = fieldOf(intent, 'amount')
  const unit = SOLD.has(intent.kind) ? alphaOf(Number(netuid ?? 0), directory.get(Number(netuid ?? 0))?.symbol) : TAO
  return (
    <>
      <Line name="What it does">
        <b className="strong">{words.name}.</b> {words.does}
      </Line>
      {typeof amount === 'bigint' && (
        <Line name="Amount">
          <span className="read-m">
            <Amount value={amount} unit={unit} />
          </span>
        </Line>
      )}
      {ACCOUNTS.map(([field, name]) => {
        const address = fieldOf(intent, field)
        return typeof address === 'string' ? (
          <Line key={field} name={name}>
            <GroupedAddress address={address} />
          </Line>
        ) : null
      })}
      {NETUIDS.map(([field, name]) => {
        const of = fieldOf(intent, field)
        if (typeof of !== 'number') return null
        const subnet = directory.get(of)
        return (
          <Line key={field} name={name}>
            <SubnetName inline netuid={of} name={subnet?.name} symbol={subnet?.symbol} />
          </Line>
        )
      })}
      <LimitLines intent={intent} />
      <PermissionLines intent={intent} />
      {innerIntents(intent).map((inner, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: calls have no name but their place
        <IntentLines key={index} intent={inner} />
      ))}
    </>
  )
}

function LimitLines({ intent }: { readonly intent: Intent }) {
  const [price, most, ratio] = ['limitPrice', 'limit', 'limitRatio'].map((name) => fieldOf(intent, name))
  return (
    <>
      {typeof price === 'bigint' && (
        <Line name="Price limit">
          <Amount value={price} unit={TAO} /> for one alpha
        </Line>
      )}
      {typeof most === 'bigint' && (
        <Line name="At most">
          <Amount value={most} unit={TAO} />
        </Line>
      )}
      {typeof ratio === 'bigint' && (
        <Line name="Ratio limit">{ratio.toString()} × 10⁻⁹ of the price of the origin to that of the destination</Line>
      )}
    </>
  )
}

/** Kinds, delays, thresholds, members, hashes. */
function PermissionLines({ intent }: { readonly intent: Intent }) {
  const proxyType = fieldOf(intent, 'proxyType') ?? fieldOf(intent, 'forceType')
  const delay = fieldOf(intent, 'delay')
  const threshold = fieldOf(intent, 'threshold')
  const others = fieldOf(intent, 'others')
  const callHash = fieldOf(intent, 'callHash')
  return (
    <>
      {typeof proxyType === 'string' && <Line name="Kind of proxy">{proxyType}</Line>}
      {typeof delay === 'number' && (
        <Line name="Delay">{delay === 0 ? 'none: it acts at once' : `${delay} blocks after each announcement`}</Line>
      )}
      {typeof threshold === 'number' && <Line name="Approvals needed">{threshold}</Line>}
      {Array.isArray(others) && (
        <Line name="Other members">
          <span className="grid gap-1">
            {others.map((member: string) => (
              <GroupedAddress key={member} address={member} />
            ))}
          </span>
        </Line>
      )}
      {typeof callHash === 'string' && (
        <Line name="Hash of the call">
          <span className="mono" title={callHash}>
            {shortHash(callHash)}
          </span>
        </Line>
      )}
    </>
  )
}
