import { networkInterfaces } from 'node:os'
import { parseIp, scopeOf } from '../../shared/mining/ip-address.ts'
import type { Family } from '../../shared/reach/judge-reach.ts'

const CABLE_ONLY = /^(169\.254\.|fe[89ab])/i

/** Addresses of this computer that could matter outside of it. */
export function ownAddresses(): readonly { readonly family: Family; readonly address: string }[] {
  return Object.values(networkInterfaces()).flatMap((all) =>
    (all ?? []).flatMap(({ address, internal }) => {
      const ip = parseIp(address)
      if (internal || !ip || CABLE_ONLY.test(address) || scopeOf(ip) === 'loopback') return []
      return [{ family: ip.version, address }]
    }),
  )
}
