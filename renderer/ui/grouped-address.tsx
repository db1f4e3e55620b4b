import { addressGroups } from '../format/address.ts'
import { Identicon } from './identicon.tsx'
import { KnownAs } from './known-as.tsx'

export interface GroupedAddressProps {
  readonly address: string
  /** Groups that differ from this address are marked. */
  readonly comparedWith?: string | undefined
  /** Marks the differences as those of the right address, not of the wrong one. */
  readonly isKnown?: boolean
  readonly twoLines?: boolean
  /** False for an address that must not be copied: it can be read, and not be selected. */
  readonly copies?: boolean
}

/**
 * All 48 characters in groups of four, with the identicon: wherever a recipient is shown. The ends are printed heavier,
 * because they are what people compare; with `comparedWith` the groups that differ are, instead.
 */
export function GroupedAddress(props: GroupedAddressProps) {
  const { address, comparedWith, isKnown = false, twoLines = false, copies = true } = props
  const groups = addressGroups(address)
  const others = comparedWith === undefined ? undefined : addressGroups(comparedWith)
  const classOf = (index: number): string | undefined => {
    if (others) return groups[index] === others[index] ? 'same' : 'diff'
    return index === 0 || index === groups.length - 1 ? 'end' : undefined
  }
  return (
    <span className="rowline">
      <Identicon address={address} size={32} />
      <span className="grid min-w-0">
        <span className={`addr grouped${twoLines ? ' two' : ''}${isKnown ? ' known' : ''}${copies ? '' : ' untaken'}`}>
          <span className="vh">{address}</span>
          {groups.map((group, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: groups of one address
            <s key={index} aria-hidden="true" className={classOf(index)}>
              {group}
            </s>
          ))}
        </span>
        <KnownAs address={address} />
      </span>
    </span>
  )
}
