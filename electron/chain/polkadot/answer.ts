import {
  type Alpha,
  isAlpha,
  isNetuid,
  isRao,
  isRaoPerAlpha,
  isSs58Shape,
  type Netuid,
  type Rao,
  type RaoPerAlpha,
  type Ss58,
} from '../../../shared/units/amounts.ts'
import { badAnswer } from './failure.ts'
import type { Tagged } from './scale/decode.ts'

// Decoded values are `unknown` until one of these looked at them: a runtime may have changed a type under a known name.

const bad = (what: string): never => badAnswer(what)

/** One decoded struct with typed access to its fields. */
export class Answer {
  readonly #fields: Readonly<Record<string, unknown>>
  readonly #what: string

  constructor(value: unknown, what: string) {
    this.#fields = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : bad(what)
    this.#what = what
  }

  raw(name: string): unknown {
    return name in this.#fields ? this.#fields[name] : bad(`${this.#what}.${name}`)
  }
  /** Fields come and go with runtimes. */
  has = (name: string): boolean => name in this.#fields
  answer = (name: string): Answer => new Answer(this.raw(name), this.#name(name))
  number = (name: string): number => asNumber(this.raw(name), this.#name(name))
  rao = (name: string): Rao => asRao(this.raw(name), this.#name(name))
  alpha = (name: string): Alpha => asAlpha(this.raw(name), this.#name(name))
  price = (name: string): RaoPerAlpha => asPrice(this.raw(name), this.#name(name))
  netuid = (name: string): Netuid => asNetuid(this.raw(name), this.#name(name))
  address = (name: string): Ss58 => asAddress(this.raw(name), this.#name(name))
  flag = (name: string): boolean => asFlag(this.raw(name), this.#name(name))
  text = (name: string): string => asText(this.raw(name), this.#name(name))
  list = (name: string): readonly unknown[] => asList(this.raw(name), this.#name(name))

  #name(name: string): string {
    return `${this.#what}.${name}`
  }
}

/** Block numbers and counts: exact below 2^53, refused above. */
export function asNumber(value: unknown, what: string): number {
  const number = typeof value === 'bigint' ? Number(value) : value
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : bad(what)
}
export function asBigint(value: unknown, what: string): bigint {
  if (typeof value === 'bigint') return value
  return Number.isSafeInteger(value) ? BigInt(value as number) : bad(what)
}
export function asRao(value: unknown, what: string): Rao {
  const amount = asBigint(value, what)
  return isRao(amount) ? amount : bad(what)
}
export function asAlpha(value: unknown, what: string): Alpha {
  const amount = asBigint(value, what)
  return isAlpha(amount) ? amount : bad(what)
}
export function asPrice(value: unknown, what: string): RaoPerAlpha {
  const amount = asBigint(value, what)
  return isRaoPerAlpha(amount) ? amount : bad(what)
}
export const asNetuid = (value: unknown, what: string): Netuid => (isNetuid(value) ? value : bad(what))
/** Accounts are turned into addresses by the decoder alone. */
export const asAddress = (value: unknown, what: string): Ss58 => (isSs58Shape(value) ? value : bad(what))
export const asFlag = (value: unknown, what: string): boolean => (typeof value === 'boolean' ? value : bad(what))
export const asList = (value: unknown, what: string): readonly unknown[] => (Array.isArray(value) ? value : bad(what))

/** Text of strangers: UTF-8 where it is, the replacement character where it is not. Never trusted as markup. */
export const asText = (value: unknown, what: string): string =>
  value instanceof Uint8Array ? new TextDecoder().decode(value) : typeof value === 'string' ? value : bad(what)

export function asTagged(value: unknown, what: string): Tagged {
  const { type } = (value ?? {}) as { type?: unknown }
  return typeof type === 'string' ? (value as Tagged) : bad(what)
}
