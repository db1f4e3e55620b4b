/** An address as the chain stores it: a big-endian integer and 4 or 6. 8.8.8.8 → 134744072. */
export interface ChainIp {
  readonly value: bigint
  readonly type: 4 | 6
}

/** `undefined` when the text is no address. Names are not resolved: what is announced must be what was shown. */
export function parseIp(text: string): ChainIp | undefined {
  const four = parseFour(text)
  if (four !== undefined) return { value: four, type: 4 }
  const six = parseSix(text)
  return six === undefined ? undefined : { value: six, type: 6 }
}

function parseFour(text: string): bigint | undefined {
  if (!/^(\d{1,3}\.){3}\d{1,3}$/.test(text)) return undefined
  const parts = text.split('.').map(Number)
  if (parts.some((part) => part > 255)) return undefined
  return parts.reduce((sum, part) => (sum << 8n) | BigInt(part), 0n)
}

function parseSix(text: string): bigint | undefined {
  // The URL parser knows every short form of IPv6, and writes the full address out again.
  if (!text.includes(':') || text.includes('%') || !URL.canParse(`http://[${text}]/`)) return undefined
  const short = new URL(`http://[${text}]/`).hostname.slice(1, -1)
  const [head = '', tail] = short.split('::')
  const groups = (part: string | undefined) => (part ? part.split(':') : [])
  const [before, after] = [groups(head), groups(tail)]
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0')
  return [...before, ...zeros, ...after].reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n)
}

export function formatIp(value: bigint, type: number): string {
  const groups = (count: number, bits: bigint) =>
    Array.from({ length: count }, (_, i) => (value >> (bits * BigInt(count - 1 - i))) & ((1n << bits) - 1n))
  if (type === 4) return groups(4, 8n).join('.')
  const long = groups(8, 16n)
    .map((group) => group.toString(16))
    .join(':')
  return new URL(`http://[${long}]/`).hostname.slice(1, -1)
}
