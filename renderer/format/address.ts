import { shortAddress } from '../../shared/words/plain-text.ts'

export { addressGroups, shortAddress } from '../../shared/words/plain-text.ts'

/** Hash without `0x`, ends only. */
export const shortHash = (hash: string): string => shortAddress(hash.replace(/^0x/, ''))
