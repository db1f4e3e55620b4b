/** An address as `serve_axon` takes it: the big-endian integer of its 4 or 16 bytes. */
export interface IpAddress {
  readonly version: 4 | 6
  readonly value: bigint
}

/** Where an address can be reached from. */
export type IpScope = 'public' | 'private' | 'loopback' | 'unusable'

function parseIpv4(text: string): bigint | undefined {
  const parts = text.split('.')
  if (parts.length !== 4) return undefined
  let value = 0n
  for (const part of parts) {
    // No leading zero: some programs read `010` as eight.
    if (!/^(0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return undefined
    value = (value << 8n) | BigInt(part)
  }
  return value
}

/** The groups of one side of `::`; a dotted IPv4 tail counts as two. */
function groupsOf(text: string, mayEndInIpv4: boolean): readonly bigint[] | undefined {
  if (text === '') return []
  const groups: bigint[] = []
  const parts = text.split(':')
  for (const [i, part] of parts.entries()) {
    if (part.includes('.')) {
      const tail = mayEndInIpv4 && i === parts.length - 1 ? parseIpv4(part) : undefined
      if (tail === undefined) return undefined
      groups.push(tail >> 16n, tail & 0xffffn)
    } else {
      if (!/^[0-9a-f]{1,4}$/i.test(part)) return undefined
      groups.push(BigInt(`0x${part}`))
    }
  }
  return groups
}

function parseIpv6(text: string): bigint | undefined {
  const sides = text.split('::')
  if (sides.length > 2) return undefined
  const [left = '', right] = sides
  const front = groupsOf(left, right === undefined)
  const back = groupsOf(right ?? '', true)
  if (!front || !back) return undefined
  const gap = 8 - front.length - back.length
  if (right === undefined ? gap !== 0 : gap < 1) return undefined
  const groups = [...front, ...Array<bigint>(gap).fill(0n), ...back]
  return groups.reduce((value, group) => (value << 16n) | group, 0n)
}

/** Reads an address in its usual text form, without zone, port or brackets. */
export function parseIp(text: string): IpAddress | undefined {
  const version = text.includes(':') ? 6 : 4
  const value = version === 6 ? parseIpv6(text) : parseIpv4(text)
  return value === undefined ? undefined : { version, value }
}

function formatIpv6(value: bigint): string {
  const hex = value.toString(16).padStart(32, '0')
  const groups = Array.from({ length: 8 }, (_, i) => Number.parseInt(hex.slice(4 * i, 4 * i + 4), 16).toString(16))
  const runs = [...groups.join(':').matchAll(/(?<![0-9a-f])0(?::0(?![0-9a-f]))+/g)]
  const longest = runs.reduce<RegExpExecArray | undefined>(
    (best, run) => (best && best[0].length >= run[0].length ? best : run),
    undefined,
  )
  if (!longest) return groups.join(':')
  const text = groups.join(':')
  const before = text.slice(0, longest.index).replace(/:$/, '')
  const after = text.slice(longest.index + longest[0].length).replace(/^:/, '')
  return `${before}::${after}`
}

/** The usual text form; IPv6 as RFC 5952 has it. */
export function formatIp({ version, value }: IpAddress): string {
  if (version === 6) return formatIpv6(value)
  return [24n, 16n, 8n, 0n].map((shift) => ((value >> shift) & 0xffn).toString()).join('.')
}

const inside = (value: bigint, network: string, bits: number): boolean => {
  const base = parseIp(network)
  if (!base) throw new Error(`not an address: ${network}`)
  const shift = BigInt((base.version === 4 ? 32 : 128) - bits)
  return value >> shift === base.value >> shift
}

/** @source IANA special-purpose address registries, IPv4 and IPv6 */
const SPECIAL: Readonly<Record<4 | 6, readonly (readonly [network: string, bits: number, scope: IpScope])[]>> = {
  4: [
    ['127.0.0.0', 8, 'loopback'],
    ['10.0.0.0', 8, 'private'],
    ['172.16.0.0', 12, 'private'],
    ['192.168.0.0', 16, 'private'],
    // Behind a provider's address translation: not reachable from outside.
    ['100.64.0.0', 10, 'private'],
    ['169.254.0.0', 16, 'private'],
    ['0.0.0.0', 8, 'unusable'],
    ['192.0.0.0', 24, 'unusable'],
    ['192.0.2.0', 24, 'unusable'],
    ['198.18.0.0', 15, 'unusable'],
    ['198.51.100.0', 24, 'unusable'],
    ['203.0.113.0', 24, 'unusable'],
    ['224.0.0.0', 3, 'unusable'],
  ],
  6: [
    ['::1', 128, 'loopback'],
    ['fc00::', 7, 'private'],
    ['fe80::', 10, 'private'],
    // Of protocols, not of computers: Teredo, benchmarks, identifiers.
    ['2001::', 23, 'unusable'],
    ['2001:db8::', 32, 'unusable'],
    ['3fff::', 20, 'unusable'],
  ],
}

/** An IPv4 address as the first half of an IPv6 one: reached through that IPv4 address, or not at all. @source RFC 3056 */
const SIX_TO_FOUR = 0x2002n

/** Where the address can be reached from. IPv6 is public inside 2000::/3 only, which is all that was ever given out. */
export function scopeOf({ version, value }: IpAddress): IpScope {
  if (version === 6 && value >> 112n === SIX_TO_FOUR)
    return scopeOf({ version: 4, value: (value >> 80n) & 0xffff_ffffn }) === 'public' ? 'public' : 'unusable'
  const special = SPECIAL[version].find(([network, bits]) => inside(value, network, bits))
  if (special) return special[2]
  return version === 4 || inside(value, '2000::', 3) ? 'public' : 'unusable'
}
