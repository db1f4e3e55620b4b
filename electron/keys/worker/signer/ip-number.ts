import { isIPv4, isIPv6 } from 'node:net'

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
