import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCases, smallest, whyWrong } from './run-cases.ts'
import { leakIn, type Prepared, SECRET_PASSWORD, SECRET_PHRASE } from './target.ts'
import { TARGETS } from './targets.ts'

/** The same cases each time; `npm run fuzz` takes a million, and another seed if told. */
const SEED = 1

describe.each(TARGETS)('hostile input: $name', ({ name, slice, prepare }) => {
  let prepared: Prepared
  beforeAll(async () => {
    prepared = await prepare()
  })
  afterAll(() => prepared?.end?.())

  test('nothing is thrown, nothing takes long, no secret is told', { timeout: 120_000 }, async () => {
    const { wrong, cases } = await runCases({ target: name, prepared, seed: SEED, from: 0, to: slice })
    expect(wrong).toEqual([])
    expect(cases).toBe(slice)
  })
})

describe('the fuzzer itself', () => {
  const fragile: Prepared = {
    make: (dice) => dice.bytes(64),
    run: (input) => {
      if ((input as Uint8Array).includes(7)) throw new RangeError('seven')
      return (input as Uint8Array).includes(9) ? { error: `wrong: ${SECRET_PASSWORD}` } : 'fine'
    },
  }

  test('notices what is thrown and what is told, and has it again by its seed', async () => {
    const [first, second] = await Promise.all(
      [5, 5].map((seed) => runCases({ target: 'fragile', prepared: fragile, seed, from: 0, to: 60 })),
    )
    expect(first).toMatchObject({ cases: second?.cases, wrong: second?.wrong.map(({ number }) => ({ number })) })
    const whys = first?.wrong.map(({ why }) => why.split('\n')[0]) ?? []
    expect(whys).toContain('RangeError: seven')
    expect(whys.some((why) => why?.startsWith('a secret in the answer'))).toBe(true)
  })

  test('makes a failing input as short as it can', async () => {
    const long = Uint8Array.from({ length: 300 }, (_, at) => (at === 200 ? 7 : 1))
    expect(await smallest(fragile, long)).toEqual(Uint8Array.of(7))
    expect(await whyWrong(fragile, Uint8Array.of(1))).toBeUndefined()
  })

  test('finds a secret in text, in bytes and inside of structures', () => {
    expect(leakIn({ a: [{ b: `x ${SECRET_PHRASE}` }] })).toBe('kangaroo')
    expect(leakIn(new TextEncoder().encode(SECRET_PASSWORD))).toBe(SECRET_PASSWORD.slice(0, 12))
    expect(leakIn(new Map([[1, SECRET_PASSWORD]]))).toBe(SECRET_PASSWORD.slice(0, 12))
    expect(leakIn({ a: 1n })).toBeUndefined()
  })
})
