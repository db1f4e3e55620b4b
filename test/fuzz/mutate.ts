import type { Dice } from './dice.ts'
import { SECRET_HEX, SECRET_PASSWORD, SECRET_PHRASE } from './target.ts'

// Ways to spoil what was right. Each takes something valid and gives something near it.

const EDGES = [0x00, 0x01, 0x03, 0x7f, 0x80, 0xfc, 0xfe, 0xff] as const

function spoiledOnce(bytes: Uint8Array, dice: Dice): Uint8Array {
  const at = dice.below(bytes.length)
  const length = 1 + dice.below(16)
  switch (dice.below(8)) {
    case 0:
    case 1: {
      const changed = Uint8Array.from(bytes)
      changed[at] = (changed[at] ?? 0) ^ (1 << dice.below(8))
      return changed
    }
    case 2: {
      const changed = Uint8Array.from(bytes)
      changed[at] = dice.one(EDGES)
      return changed
    }
    case 3:
      return bytes.slice(0, at)
    case 4:
      return join(bytes.subarray(0, at), bytes.subarray(at + length))
    case 5:
      return join(bytes.subarray(0, at), dice.bytes(length), bytes.subarray(at))
    case 6: {
      const from = dice.below(bytes.length)
      return join(bytes.subarray(0, at), bytes.subarray(from, from + 4 * length), bytes.subarray(at))
    }
    default: {
      const changed = Uint8Array.from(bytes)
      changed.set(dice.bytes(Math.min(length, bytes.length - at)), at)
      return changed
    }
  }
}

const join = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts))

/** One to four changes; now and then nothing but noise. */
export function spoiledBytes(bytes: Uint8Array, dice: Dice): Uint8Array {
  if (dice.percent(3)) return dice.bytes(dice.below(300))
  let changed = bytes
  for (let times = 1 + dice.below(4); times > 0; times -= 1) changed = spoiledOnce(changed, dice)
  return changed
}

const LETTERS = [
  ...' \t\n\r\0"\'\\/{}[],:;$%&<>|`~^#',
  '\u200b',
  '\u202e',
  '\ufeff',
  '\u0301',
  '\ud800',
  '\ufdfa',
  'ß',
  'İ',
  'ﬀ',
  '１',
  '🦘',
] as const

function spoiledTextOnce(text: string, dice: Dice): string {
  const at = dice.below(text.length + 1)
  const length = 1 + dice.below(12)
  switch (dice.below(7)) {
    case 0:
      return text.slice(0, at) + dice.one(LETTERS).repeat(1 + dice.below(3)) + text.slice(at)
    case 1:
      return text.slice(0, at) + text.slice(at + length)
    case 2:
      return text.slice(0, at) + text.slice(dice.below(text.length + 1)) + text.slice(at)
    case 3:
      return text.slice(0, at)
    case 4:
      return text.slice(0, at) + dice.one(LETTERS).repeat(200 + dice.below(2_000)) + text.slice(at)
    case 5:
      return dice.percent(50) ? text.toUpperCase() : [...text].reverse().join('')
    default:
      return text.slice(0, at) + String.fromCharCode(dice.below(65_536)) + text.slice(at + 1)
  }
}

export function spoiledText(text: string, dice: Dice): string {
  let changed = text
  for (let times = 1 + dice.below(3); times > 0; times -= 1) changed = spoiledTextOnce(changed, dice).slice(0, 40_000)
  return changed
}

/** Something of another kind than whatever stood there. */
export function junk(dice: Dice, depth = 0): unknown {
  switch (dice.below(16)) {
    case 0:
      return null
    case 1:
      return undefined
    case 2:
      return dice.one([Number.NaN, Number.POSITIVE_INFINITY, -0, -1, 0.1, 2 ** 53, 2 ** 31, 1e308, 65_536])
    case 3:
      return dice.one([0n, -1n, 1n << 64n, (1n << 64n) - 1n, 1n << 4_000n])
    case 4:
      return dice.one(['', '0', '-0', '1e3', '0x', '__proto__', 'constructor', 'toString', '../..', '\0'])
    case 5:
      return dice.bytes(dice.below(80))
    case 6:
      return spoiledText(dice.one([SECRET_PHRASE, SECRET_HEX, SECRET_PASSWORD]), dice)
    case 7:
      return 'x'.repeat(dice.below(100_000))
    case 8:
      return dice.percent(50)
    case 9:
      return nested(1 + dice.below(2_000))
    case 10:
      return new Date(dice.below(2 ** 31))
    case 11:
      return new Map([[1, 2]])
    case 12:
      return depth > 3 ? [] : Array.from({ length: dice.below(6) }, () => junk(dice, depth + 1))
    case 13:
      return Array.from({ length: dice.below(3_000) }, () => 0)
    default:
      return depth > 3 ? {} : { kind: junk(dice, depth + 1), name: junk(dice, depth + 1) }
  }
}

function nested(depth: number): unknown {
  let value: unknown = []
  for (let at = 0; at < depth; at += 1) value = [value]
  return value
}

/** As JSON, with big numbers as digits; a value that JSON does not know becomes nothing. */
export const jsonOf = (value: unknown): string =>
  JSON.stringify(value, (_key, part) => (typeof part === 'bigint' ? part.toString() : part)) ?? ''

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

/** Changes one place of a structure: another kind of value, a missing or foreign field, a longer list, a spoiled text. */
export function spoiledStructure(value: unknown, dice: Dice): unknown {
  if (typeof value === 'string' && dice.percent(60)) return spoiledText(value, dice)
  if (value instanceof Uint8Array && dice.percent(60)) return spoiledBytes(value, dice)
  const keys = isRecord(value) ? Object.keys(value) : []
  if (isRecord(value) && keys.length > 0 && dice.percent(85)) {
    const key = dice.one(keys)
    const { [key]: chosen, ...others } = value
    if (dice.percent(15)) return others
    if (dice.percent(15)) return JSON.parse(`{"__proto__":{"kind":"list"},"constructor":1,"extra":[]}`)
    if (dice.percent(15)) return { ...value, [dice.one(['extra', 'toString', 'then', 'id'])]: junk(dice) }
    return { ...value, [key]: spoiledStructure(chosen, dice) }
  }
  if (Array.isArray(value) && value.length > 0 && dice.percent(80)) {
    if (dice.percent(20)) return Array.from({ length: 1 + dice.below(600) }, () => value[0])
    const at = dice.below(value.length)
    return value.map((item: unknown, index) => (index === at ? spoiledStructure(item, dice) : item))
  }
  return junk(dice)
}
