import type { Dice } from './dice.ts'

/** Something that takes input from outside. */
export interface Target {
  readonly name: string
  /** Cases of a whole run; the slower the fewer. */
  readonly cases: number
  /** Cases of the fixed slice that runs with the tests. */
  readonly slice: number
  prepare(): Promise<Prepared>
}

export interface Prepared {
  /** The same dice give the same input. */
  make(dice: Dice): unknown
  /**
   * Feeds the input to the product.
   * @returns everything that the product gave back and that may be shown or logged: no secret may be in it
   * @throws whatever the product must not throw, and {@link Finding} for anything else that must not happen
   */
  run(input: unknown): unknown
  end?(): Promise<void>
}

/** A wrong outcome that is no exception by itself. */
export class Finding extends Error {}

/** Words, chosen from the list for being in no sentence of the app. The last one makes the checksum right. */
export const SECRET_WORDS: readonly string[] =
  'kangaroo lobster mosquito tortoise raccoon squirrel walnut velvet hamster giraffe dinosaur pelican'.split(' ')
export const SECRET_PHRASE: string = SECRET_WORDS.join(' ')
/** A seed that no error has by chance. */
export const SECRET_HEX = 'c0ffee5eed15c0ffee5eed15c0ffee5eed15c0ffee5eed15c0ffee5eed15c0ff'
export const SECRET_PASSWORD = 'Quokka-9-marmalade'
/** Of the wallets that lie in the folder of the keys worker; no message holds it. */
export const OWNER_PASSWORD = 'Wombat-4-trampoline'

/** Any of these in an output is a leak. Parts count: half of a secret is too much. */
const FORBIDDEN: readonly string[] = [
  ...SECRET_WORDS,
  SECRET_HEX.slice(4, 24),
  SECRET_PASSWORD.slice(0, 12),
  OWNER_PASSWORD.slice(0, 12),
]

function plain(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString()
  if (value instanceof Map) return [...value]
  if (value instanceof Uint8Array)
    return `${Buffer.from(value).toString('hex')} ${Buffer.from(value).toString('latin1')}`
  return value instanceof Error ? `${value.name} ${value.message}` : value
}

/** What was leaked, or `undefined`. */
export function leakIn(output: unknown): string | undefined {
  const text = typeof output === 'string' ? output : (JSON.stringify(output, plain) ?? '')
  return FORBIDDEN.find((secret) => text.includes(secret))
}
