import type { AppError } from '../../../../shared/errors.ts'

/** Chains that everybody knows by one name. @source protocol: hash of block 0 of each */
const KNOWN: Readonly<Record<string, string>> = {
  finney: '0x2f0555cc76fc2840a25a6ea3b9637146806f1f44b090c175ffde2a7e5ab36c03',
  test: '0x8f9cf856bf558a14440e75569c9e58594757048d7b3a84b5d25f6bd978263105',
}
/** By which orders that are signed away from the chain name it. @source protocol chapter 8: EVM chain ids */
const CHAIN_IDS: Readonly<Record<string, number>> = { finney: 964, test: 945 }
const PRACTICE = 'practice'
/** Chains that are begun anew whenever somebody likes: their genesis is remembered, but may change. */
const FLEETING: ReadonlySet<string> = new Set([PRACTICE, 'local'])

/**
 * Whether a wallet may sign for a chain. Real chains have their one genesis; an endpoint of the user's own keeps the one
 * that it had at first; a wallet that played once plays for ever, and a real one never plays.
 * @param before genesis hashes by name, from their first use with this wallet
 */
export function foreignGenesis(
  before: Readonly<Record<string, string>>,
  network: string,
  genesis: string,
): AppError | undefined {
  const expected = expectedGenesis(before, network, genesis)
  return expected === genesis ? undefined : { code: 'signer/foreign-genesis', network, expected, actual: genesis }
}

function expectedGenesis(before: Readonly<Record<string, string>>, network: string, genesis: string): string {
  const plays = before[PRACTICE]
  // With the name in front it equals no hash: play and earnest are kept apart whatever the hash is.
  if (plays !== undefined && network !== PRACTICE) return `${PRACTICE} ${plays}`
  const real = Object.keys(before).find((name) => name !== PRACTICE)
  if (real !== undefined && network === PRACTICE) return `${real} ${before[real]}`
  const known = KNOWN[network]
  if (known !== undefined) return known
  // A real chain under the name of a play chain: whoever says so wants something.
  if (FLEETING.has(network)) return Object.values(KNOWN).includes(genesis) ? `not ${genesis}` : genesis
  return before[network] ?? genesis
}

/** A wallet that has only ever played. */
export const isPlayWallet = (networks: Readonly<Record<string, string>>): boolean => {
  const names = Object.keys(networks)
  return names.length > 0 && names.every((name) => name === PRACTICE)
}

/**
 * Whether an order names the chain that it is signed for. The number comes from a node: one that calls a play chain by the
 * number of a real one would get an order that is good for real money.
 */
export function foreignChainId(genesis: string, chainId: number): AppError | undefined {
  const name = Object.keys(KNOWN).find((one) => KNOWN[one] === genesis)
  const fits = name === undefined ? !Object.values(CHAIN_IDS).includes(chainId) : CHAIN_IDS[name] === chainId
  return fits ? undefined : { code: 'keys/intent-differs', what: 'number of the chain' }
}
