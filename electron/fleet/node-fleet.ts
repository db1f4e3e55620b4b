import { hostname, networkInterfaces } from 'node:os'
import { parseIp, scopeOf } from '../../shared/mining/ip-address.ts'
import { openDoor } from './door.ts'
import type { FleetLinePort } from './fleet.port.ts'
import { dial } from './line.ts'
import { keyOfCode } from './pair-keys.ts'

const CABLE_ONLY = /^(169\.254\.|fe[89ab])/i

/** Those of the internet first, and of each kind the shorter ones. */
function ownAddresses(): readonly string[] {
  const found = Object.values(networkInterfaces()).flatMap((all) =>
    (all ?? []).flatMap(({ address, internal }) => {
      const ip = internal || CABLE_ONLY.test(address) ? undefined : parseIp(address)
      return ip ? [{ address, rank: (scopeOf(ip) === 'public' ? 0 : 2) + (ip.version === 4 ? 0 : 1) }] : []
    }),
  )
  return found.sort((a, b) => a.rank - b.rank).map(({ address }) => address)
}

/** Listens and connects only when called. */
export const nodeFleet: FleetLinePort = { openDoor, dial, keyOfCode, ownAddresses, ownName: hostname }
