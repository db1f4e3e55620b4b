import type { z } from 'zod'
import type { Dice } from './dice.ts'
import { SECRET_HEX, SECRET_PASSWORD, SECRET_PHRASE } from './target.ts'

/** What a schema is made of, as far as this file looks into it. */
interface Inside {
  readonly type: string
  readonly shape?: Readonly<Record<string, z.ZodType>>
  readonly element?: z.ZodType
  readonly options?: readonly z.ZodType[]
  readonly values?: readonly unknown[]
  readonly entries?: Readonly<Record<string, unknown>>
  readonly innerType?: z.ZodType
  readonly in?: z.ZodType
  readonly getter?: () => z.ZodType
  readonly keyType?: z.ZodType
  readonly valueType?: z.ZodType
  readonly items?: readonly z.ZodType[]
}
const insideOf = (schema: z.ZodType): Inside => (schema as unknown as { _zod: { def: Inside } })._zod.def

const ADDRESS = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY'
const SECRETS = [SECRET_PHRASE, SECRET_HEX, SECRET_PASSWORD, `${SECRET_PHRASE}//hard/soft///${SECRET_PASSWORD}`]
const SECRET_FIELD = /password|words|secret|trimmed/i
const utf8 = (text: string) => new TextEncoder().encode(text)

const TEXTS: readonly string[] = [
  '1000000000',
  '0',
  'a',
  'owner',
  'miner',
  ADDRESS,
  '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty',
  `0x${'ab'.repeat(32)}`,
  'ab'.repeat(32),
  '20260101T000000Z-0123abcd',
  'practice',
  '{}',
  '8.8.8.8',
  'ws://127.0.0.1:9',
]
const CUSTOM: readonly unknown[] = [ADDRESS, 3, 1_000_000_000n, 0, 64, utf8('bytes'), '1000000000']

/** The first that the schema takes, in an order that the dice say; else the first of all. */
function fitting(schema: z.ZodType, candidates: readonly unknown[], dice: Dice): unknown {
  const from = dice.below(candidates.length)
  for (let step = 0; step < candidates.length; step += 1) {
    const candidate = candidates[(from + step) % candidates.length]
    if (schema.safeParse(candidate).success) return candidate
  }
  return candidates[from]
}

const DEEPEST = 12

/** Builds inputs that a schema takes, most of the time. */
export class FromSchema {
  readonly #extra: Readonly<Record<string, readonly unknown[]>>

  /** @param extra values for fields of a name, used more often than those from here */
  constructor(extra: Readonly<Record<string, readonly unknown[]>> = {}) {
    this.#extra = extra
  }

  make(schema: z.ZodType, dice: Dice, field = '', depth = 0): unknown {
    const known = Object.hasOwn(this.#extra, field) ? this.#extra[field] : undefined
    if (known && dice.percent(80)) return dice.one(known)
    const inside = insideOf(schema)
    const inner = (of: z.ZodType | undefined, name = field) => (of ? this.make(of, dice, name, depth + 1) : null)
    switch (inside.type) {
      case 'object':
        return this.#object(inside.shape ?? {}, dice, depth)
      case 'array':
        return Array.from({ length: depth > DEEPEST ? 0 : dice.below(4) }, () => inner(inside.element))
      case 'union':
        return inner(depth > DEEPEST ? inside.options?.[0] : dice.one(inside.options ?? []))
      case 'literal':
        return dice.one(inside.values ?? [])
      case 'enum':
        return dice.one(Object.values(inside.entries ?? {}))
      case 'optional':
        return dice.percent(60) ? inner(inside.innerType) : undefined
      case 'pipe':
        return inner(inside.in)
      case 'lazy':
        return inner(inside.getter?.())
      case 'tuple':
        return (inside.items ?? []).map((item) => inner(item))
      case 'record':
        return { [dice.one(TEXTS)]: inner(inside.valueType) }
      default:
        return inside.innerType ? inner(inside.innerType) : leaf(schema, { type: inside.type, field, dice })
    }
  }

  #object(shape: Readonly<Record<string, z.ZodType>>, dice: Dice, depth: number): Record<string, unknown> {
    const fields = Object.entries(shape).map(([name, of]) => [name, this.make(of, dice, name, depth + 1)] as const)
    return Object.fromEntries(fields.filter(([, value]) => value !== undefined))
  }
}

interface Leaf {
  readonly type: string
  readonly field: string
  readonly dice: Dice
}

function leaf(schema: z.ZodType, { type, field, dice }: Leaf): unknown {
  switch (type) {
    case 'string':
      return SECRET_FIELD.test(field) ? dice.one(SECRETS) : fitting(schema, TEXTS, dice)
    case 'custom':
      return SECRET_FIELD.test(field) ? utf8(dice.one(SECRETS)) : fitting(schema, CUSTOM, dice)
    case 'number':
      return fitting(schema, [0, 1, 3, 64, 1_000, 65_535, 0.5], dice)
    case 'bigint':
      return dice.one([0n, 1n, (1n << 64n) - 1n])
    case 'boolean':
      return dice.percent(50)
    case 'null':
      return null
    default:
      return dice.one(TEXTS)
  }
}
