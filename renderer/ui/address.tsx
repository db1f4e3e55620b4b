import { addressGroups, shortAddress } from '../format/address.ts'
import { Identicon } from './identicon.tsx'
import { KnownAs } from './known-as.tsx'
import { useKnownAs } from './known-as-context.ts'

/** All of it in groups of four; where a decision is made. Copies without spaces. */
export function FullAddress({ address, twoLines = false }: { readonly address: string; readonly twoLines?: boolean }) {
  return (
    <span className="rowline">
      <Identicon address={address} size={24} />
      <span className={twoLines ? 'addr two' : 'addr'}>
        <span className="vh">{address}</span>
        {addressGroups(address).map((group, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: groups of one address
          <s key={index} aria-hidden="true">
            {group}
          </s>
        ))}
      </span>
      <KnownAs address={address} />
    </span>
  )
}

/** Ends only, for an account that is known by a name or a list. The whole address is in the title. */
export function ShortAddress({ address }: { readonly address: string }) {
  const name = useKnownAs(address)
  return (
    <span className="mono nowrap" title={address}>
      {shortAddress(address)}
      {name !== undefined && (
        <>
          {' '}
          <bdi className="soft">{name}</bdi>
        </>
      )}
    </span>
  )
}
