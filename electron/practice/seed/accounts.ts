import { devPublicKey } from './dev-public-key.ts'

// Every seeded account comes from the published development phrase and a path, so that anybody can act as any of
// them on the practice chain, and nobody could on a real one.

/** The faucet. */
export const ALICE = '//Alice'
export const BOB = '//Bob'
/** Holds what is needed for emission to be at mainnet's first halving; it never acts. */
export const TREASURY = '//PracticeTreasury'
/** Signs weights on the chat subnets, from a process that asks served miners for answers. */
export const PRACTICE_VALIDATOR = { coldkeyUri: '//PracticeOwner', hotkeyUri: '//PracticeValidator' } as const
/** Subnets on which the practice validator looks for miners. */
export const CHAT_NETUIDS: readonly number[] = [2]

export const VALIDATORS = 40
export const NOMINATORS = 12

export const subnetOwner = (netuid: number) => ({
  coldkeyUri: `//PracticeSubnetOwner//${netuid}`,
  hotkeyUri: `//PracticeSubnetOwner//${netuid}//hotkey`,
})

/** @param n  0…39; 0 is the practice validator itself */
export const validator = (n: number) =>
  n === 0
    ? PRACTICE_VALIDATOR
    : { coldkeyUri: `//PracticeValidator//${n}//coldkey`, hotkeyUri: `//PracticeValidator//${n}` }

/** @param n  0…199; four miners share a coldkey, as a miner's wallet holds several hotkeys */
export const miner = (n: number) => ({
  coldkeyUri: `//PracticeMiner//${Math.floor(n / 4)}//coldkey`,
  hotkeyUri: `//PracticeMiner//${n}//hotkey`,
})

export const nominator = (n: number): string => `//PracticeNominator//${n}`

const known = new Map<string, string>()
/** Public key of a development path, 0x-hex. */
export function accountOf(uri: string): string {
  const cached = known.get(uri)
  if (cached !== undefined) return cached
  const account = devPublicKey(uri)
  known.set(uri, account)
  return account
}

export interface Keys {
  readonly coldkey: string
  readonly hotkey: string
}

export const keysOf = (pair: { readonly coldkeyUri: string; readonly hotkeyUri: string }): Keys => ({
  coldkey: accountOf(pair.coldkeyUri),
  hotkey: accountOf(pair.hotkeyUri),
})
