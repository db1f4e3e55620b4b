import { Fragment, type ReactNode } from 'react'
import { type Intent, innerIntents } from '../../../shared/signing/intent.ts'
import { useDirectory } from '../../bridge/use-directory.ts'
import { INTENT_WORDS, intentName } from '../../format/intent-words.ts'
import { Amount, alphaOf, TAO } from '../../ui/amount.tsx'
import { GroupedAddress } from '../../ui/grouped-address.tsx'
import { SubnetName } from '../../ui/subnet-name.tsx'
import { type FactValue, factsOf } from './intent-facts.ts'

export function Line({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

/** Every field of an intent in words, and each call inside it below, indented. Nothing is left out. */
export function IntentLines({ intent }: { readonly intent: Intent }) {
  const words = INTENT_WORDS[intent.kind]
  const inner = innerIntents(intent)
  return (
    <>
      {factsOf(intent)
        .filter((fact) => fact.isMain)
        .map((fact) => (
          <Line key={fact.field} name={fact.name}>
            <span className="read-m">
              <Fact value={fact.value} />
            </span>
          </Line>
        ))}
      <Line name="What it does">
        <b className="strong">{words.name}.</b> {words.does}
      </Line>
      {factsOf(intent)
        .filter((fact) => !fact.isMain)
        .map((fact) => (
          <Line key={fact.field} name={fact.name}>
            <Fact value={fact.value} />
          </Line>
        ))}
      {intent.kind === 'batch' && inner.length === 0 && <Line name="Calls">none: it does nothing</Line>}
      {inner.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: calls have no name but their place
        <Fragment key={index}>
          <dt className="nest">
            {inner.length > 1 ? `Call ${index + 1} of ${inner.length}: ` : 'The call inside: '}
            {intentName(one)}
          </dt>
          <dd className="nest">
            <dl className="kv start confirm">
              <IntentLines intent={one} />
            </dl>
          </dd>
        </Fragment>
      ))}
    </>
  )
}

function Fact({ value }: { readonly value: FactValue }) {
  const directory = useDirectory()
  switch (value.as) {
    case 'account':
      return <GroupedAddress address={value.address} />
    case 'accounts':
      if (value.addresses.length === 0) return 'none'
      return (
        <span className="grid gap-1">
          {value.addresses.map((address) => (
            <GroupedAddress key={address} address={address} />
          ))}
        </span>
      )
    case 'subnet': {
      const subnet = directory.get(value.netuid)
      return <SubnetName inline netuid={value.netuid} name={subnet?.name} symbol={subnet?.symbol} />
    }
    case 'tao':
      return <Amount value={value.amount} unit={TAO} />
    case 'price':
      return (
        <>
          <Amount value={value.amount} unit={TAO} /> for one alpha
        </>
      )
    case 'alpha':
      return <Amount value={value.amount} unit={alphaOf(value.netuid, directory.get(value.netuid)?.symbol)} />
    case 'code':
      return <span className="mono break">{value.text}</span>
    case 'text':
      return value.text
  }
}
