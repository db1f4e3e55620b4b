import type { NetworkKind } from '../network/network.ts'
import type { Ss58 } from '../units/amounts.ts'

/** What the subnet must say of itself on chain before we serve it: a netuid alone is reused by strangers. */
export interface ExpectedIdentity {
  readonly networks: readonly NetworkKind[]
  /** Absent: a common protocol that any subnet may speak; its user says by hand which one does. */
  readonly subnetName?: string
  /** Compared when given. */
  readonly ownerColdkey?: Ss58
  /** Compared when given. */
  readonly githubRepo?: string
}

/** What the live chain says of the subnet. */
export interface LiveIdentity {
  readonly network: NetworkKind
  readonly subnetName: string
  readonly ownerColdkey?: Ss58 | undefined
  /** Absent: the subnet names none, or it was not read. */
  readonly githubRepo?: string | undefined
}

/** Where the two differ first. */
export interface IdentityDifference {
  readonly what: 'network' | 'name' | 'owner' | 'repository'
  readonly expected: string
  readonly live: string
}

/** A repository has many spellings: with a slash or `.git` at its end, with or without the scheme. */
const repository = (url: string): string =>
  url
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/^www\./, '')
    .replace(/(\.git)?\/*$/, '')

/** Why the subnet is not the one that was meant; `undefined` when it is. */
export function identityDifference(expected: ExpectedIdentity, live: LiveIdentity): IdentityDifference | undefined {
  const { networks, subnetName, ownerColdkey, githubRepo } = expected
  if (!networks.includes(live.network)) return { what: 'network', expected: networks.join(', '), live: live.network }
  if (subnetName !== undefined && subnetName !== live.subnetName)
    return { what: 'name', expected: subnetName, live: live.subnetName }
  if (ownerColdkey !== undefined && ownerColdkey !== live.ownerColdkey)
    return { what: 'owner', expected: ownerColdkey, live: live.ownerColdkey ?? '' }
  if (githubRepo !== undefined && repository(githubRepo) !== repository(live.githubRepo ?? ''))
    return { what: 'repository', expected: githubRepo, live: live.githubRepo ?? '' }
  return undefined
}

/** What a running miner holds a subnet to: everything that it said of itself when mining began. */
export const pinnedIdentity = ({ network, subnetName, ownerColdkey, githubRepo }: LiveIdentity): ExpectedIdentity => ({
  networks: [network],
  subnetName,
  ...(ownerColdkey === undefined ? {} : { ownerColdkey }),
  ...(githubRepo === undefined ? {} : { githubRepo }),
})
