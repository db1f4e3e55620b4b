import { addressGroups, shortAddress } from '../format/address.ts'
import { Identicon } from './identicon.tsx'

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
    </span>
  )
}

/** Ends only, for an account that is known by a name or a list. The whole address is in the title. */
export function ShortAddress({ address }: { readonly address: string }) {
  return (
    <span className="mono nowrap" title={address}>
      {shortAddress(address)}
    </span>
  )
}
