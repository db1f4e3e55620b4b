import { isIPv4, isIPv6 } from 'node:net'
import type { Intent, Signer } from '../../keys.port.ts'
import { publicKeyOf } from '../keypair.ts'

/**
 * The calls that may be signed, as `pallet, call` index bytes. Pinned on purpose: were they read from the node, a lying
 * node could have a sale signed as a purchase. If a future runtime renumbers them, signing is refused, nothing is lost.
 * @source subtensor spec 425 and 475 metadata: pallet 7 SubtensorModule, pallet 5 Balances.
 */
const CALLS: Readonly<Record<Intent['kind'], readonly (readonly [number, number])[]>> = {
  'add-stake': [[7, 88]],
  'remove-stake': [[7, 89]],
  // transfer_allow_death and transfer_keep_alive
  transfer: [
    [5, 0],
    [5, 3],
  ],
  'transfer-all': [[5, 4]],
  register: [[7, 134]],
  'serve-axon': [[7, 4]],
}

const le = (value: bigint, length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => Number((value >> BigInt(8 * i)) & 0xffn))
const account = (address: string): Uint8Array => publicKeyOf(address) ?? new Uint8Array(0)

/** SCALE `Compact<u64>`: a fixed table of four sizes. @source parity-scale-codec `compact.rs`. */
function compact(value: bigint): Uint8Array {
  if (value < 1n << 6n) return le(value << 2n, 1)
  if (value < 1n << 14n) return le((value << 2n) | 1n, 2)
  if (value < 1n << 30n) return le((value << 2n) | 2n, 4)
  const length = Math.ceil(value.toString(16).length / 2)
  return Uint8Array.from([((length - 4) << 2) | 3, ...le(value, length)])
}

/** The address as the chain stores it: one big-endian integer. `undefined` when it is no address. */
export function ipNumber(ip: string): bigint | undefined {
  if (isIPv4(ip)) return ip.split('.').reduce((sum, part) => (sum << 8n) | BigInt(part), 0n)
  if (!isIPv6(ip) || ip.includes('%') || ip.includes('.')) return undefined
  const [head = '', tail = ''] = ip.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === '' ? [] : tail.split(':')
  const zeros = Array.from({ length: ip.includes('::') ? 8 - left.length - right.length : 0 }, () => '0')
  return [...left, ...zeros, ...right].reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n)
}

/** Pieces of the encoded arguments in order; a number is a count of bytes that the intent does not fix. */
function argumentsOf(intent: Intent): readonly (Uint8Array | number)[] {
  switch (intent.kind) {
    case 'add-stake':
    case 'remove-stake':
      return [account(intent.hotkey), le(BigInt(intent.netuid), 2), le(intent.amount, 8), le(intent.limitPrice, 8)]
    case 'transfer':
      // MultiAddress::Id, then the account.
      return [Uint8Array.of(0), account(intent.to), compact(intent.amount)]
    case 'transfer-all':
      // MultiAddress::Id, the account, then keep_alive = false.
      return [Uint8Array.of(0), account(intent.to), Uint8Array.of(0)]
    case 'register':
      return [le(BigInt(intent.netuid), 2), account(intent.hotkey), le(intent.limit, 8)]
    case 'serve-axon': {
      const ip = ipNumber(intent.ip)
      // netuid, version (any), address as u128, port.
      return [
        le(BigInt(intent.netuid), 2),
        4,
        ip === undefined ? new Uint8Array(0) : le(ip, 16),
        le(BigInt(intent.port), 2),
      ]
    }
  }
}

/**
 * Compares the bytes to be signed with what was agreed to, so that not even a broken host can have something else signed.
 * @returns what differs, or `undefined` when all agrees.
 */
export function intentDifference(payload: Uint8Array, intent: Intent, signer: Signer): string | undefined {
  // Serving is the only thing a miner's hotkey signs; everything that moves value needs the coldkey.
  if ((intent.kind === 'serve-axon') !== (signer !== 'coldkey')) return 'signer'
  if (!CALLS[intent.kind].some(([pallet, call]) => payload[0] === pallet && payload[1] === call)) return 'call'
  let offset = 2
  for (const piece of argumentsOf(intent)) {
    if (typeof piece === 'number') {
      offset += piece
      continue
    }
    if (piece.length === 0) return 'address'
    if (!piece.every((byte, i) => payload[offset + i] === byte)) return 'arguments'
    offset += piece.length
  }
  return undefined
}
