import type { ReactNode } from 'react'
import type { Policy } from '../../../shared/signing/policy.ts'
import type { PolicyView } from '../../../shared/signing/policy-view.ts'
import { useDirectory } from '../../bridge/use-directory.ts'
import { INTENT_WORDS } from '../../format/intent-words.ts'
import { writeDuration } from '../../format/time.ts'
import { Amount, TAO } from '../../ui/amount.tsx'
import { GroupedAddress } from '../../ui/grouped-address.tsx'
import { SubnetName } from '../../ui/subnet-name.tsx'
import { SpentScale } from './spent-scale.tsx'

/** The limits that hold now: a scale for TAO, the rest in words. */
export function LimitsNow({ view }: { readonly view: PolicyView }) {
  return (
    <>
      <SpentScale view={view} />
      <div className="pad">
        <PolicyLines policy={view.policy} />
      </div>
    </>
  )
}

const named = (kinds: Policy['kinds']): string => (kinds ?? []).map((kind) => INTENT_WORDS[kind].name).join(', ')

function Line({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

/** All limits of a policy; what is not limited says so. */
export function PolicyLines({ policy }: { readonly policy: Policy }) {
  const { mostPerTransaction, mostPerDay, delay } = policy
  return (
    <dl className="kv start confirm">
      <Line name="At once">
        {mostPerTransaction === undefined ? 'any amount' : <Most amount={mostPerTransaction} />}
      </Line>
      <Line name="In 24 hours">{mostPerDay === undefined ? 'any amount' : <Most amount={mostPerDay} />}</Line>
      <Line name="Subnets">
        <Subnets of={policy.subnets} />
      </Line>
      <Line name="Recipients">
        <Recipients of={policy.recipients} />
      </Line>
      <Line name="Kinds of call">
        {policy.kinds === undefined
          ? 'any'
          : policy.kinds.length === 0
            ? 'none: nothing is signed'
            : named(policy.kinds)}
      </Line>
      {(policy.ofUnknownWorth ?? []).length > 0 && <Line name="Pass unchecked">{named(policy.ofUnknownWorth)}</Line>}
      <Line name="Delay">
        {delay === undefined ? (
          'none'
        ) : (
          <>
            above <Amount value={delay.above} unit={TAO} />, or of unknown worth: signed when asked for again after{' '}
            {writeDuration(delay.waitMs)}
          </>
        )}
      </Line>
    </dl>
  )
}

function Most({ amount }: { readonly amount: bigint }) {
  return (
    <>
      at most <Amount value={amount} unit={TAO} />
    </>
  )
}

function Subnets({ of }: { readonly of: Policy['subnets'] }) {
  const directory = useDirectory()
  if (of === undefined) return 'any'
  if (of.length === 0) return 'none'
  return (
    <span className="row wrap">
      {of.map((netuid) => (
        <SubnetName
          key={netuid}
          inline
          netuid={netuid}
          name={directory.get(netuid)?.name}
          symbol={directory.get(netuid)?.symbol}
        />
      ))}
    </span>
  )
}

function Recipients({ of }: { readonly of: Policy['recipients'] }) {
  if (of === undefined) return 'any'
  if (of.length === 0) return 'none'
  return (
    <span className="grid gap-1">
      {of.map((address) => (
        <GroupedAddress key={address} address={address} />
      ))}
    </span>
  )
}
