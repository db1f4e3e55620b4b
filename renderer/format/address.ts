/** All of it, in groups of four: the form in which two addresses can be compared. */
export const addressGroups = (address: string): readonly string[] => address.match(/.{1,4}/g) ?? []

/** Ends only. For accounts that are already known by name, never where a decision is made. */
export function shortAddress(address: string): string {
  const groups = addressGroups(address)
  return groups.length < 4 ? address : `${groups[0]} ${groups[1]} … ${groups.at(-1)}`
}

/** Hash without `0x`, ends only. */
export const shortHash = (hash: string): string => shortAddress(hash.replace(/^0x/, ''))
