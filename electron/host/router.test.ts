import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { command, query, subscription } from '../../shared/contract/define.ts'
import { wire } from '../../shared/contract/wire.ts'
import { err, ok } from '../../shared/result.ts'
import { rao } from '../../shared/units/amounts.ts'
import { createRouter } from './router.ts'

const contract = {
  'money.double': query('Doubles.', { input: z.object({ amount: wire.rao }), output: z.object({ amount: wire.rao }) }),
  'money.refuse': command('Refuses.', { input: z.strictObject({}), output: z.null() }),
  'money.throw': command('Throws.', { input: z.strictObject({}), output: z.null() }),
  'money.desktop': command('Desktop only.', { input: z.strictObject({}), output: z.null(), reach: 'desktop' }),
  'money.list': subscription('A list.', {
    input: z.object({ list: z.array(z.number()).readonly() }),
    output: z.null(),
  }),
  'money.ticks': subscription('Ticks.', { input: z.strictObject({}), output: z.object({ amount: wire.rao }) }),
}

function make() {
  const reported: unknown[] = []
  let emitTick: (value: { amount: ReturnType<typeof rao> }) => void = () => undefined
  const router = createRouter(
    contract,
    {
      'money.double': async ({ amount }) => ok({ amount: rao(amount * 2n) }),
      'money.refuse': async () => err({ code: 'stake/too-small', minimum: rao(2_000_000n) }),
      'money.throw': async () => {
        throw new Error('secret detail')
      },
      'money.desktop': async () => ok(null),
      'money.list': () => undefined,
      'money.ticks': (_input, emit) => {
        emitTick = emit
        emit({ amount: rao(1n) })
      },
    },
    (cause) => {
      reported.push(cause)
      return { code: 'internal', incident: 'incident-1' }
    },
  )
  return { router, reported, tick: (n: bigint) => emitTick({ amount: rao(n) }) }
}
const never = () => new AbortController().signal
const throughJson = (value: unknown) => JSON.parse(JSON.stringify(value))

describe('router', () => {
  test('carries amounts as decimal text, also through JSON', async () => {
    const reply = await make().router.call('money.double', { amount: '9007199254740993' }, 'anywhere', never())
    expect(throughJson(reply)).toEqual({ ok: true, value: { amount: '18014398509481986' } })
  })

  test.each([
    ['unknown channel', 'money.none', {}, 'contract/unknown-channel'],
    ['a name of Object itself', 'constructor', {}, 'contract/unknown-channel'],
    ['a subscription that is called', 'money.ticks', {}, 'contract/unknown-channel'],
    ['an amount as number', 'money.double', { amount: 5 }, 'contract/bad-input'],
    ['a negative amount', 'money.double', { amount: '-5' }, 'contract/bad-input'],
    ['an amount above u64', 'money.double', { amount: '18446744073709551616' }, 'contract/bad-input'],
    ['no input at all', 'money.double', undefined, 'contract/bad-input'],
    ['a desktop channel from a browser', 'money.desktop', {}, 'contract/desktop-only'],
  ])('refuses %s', async (_why, name, input, code) => {
    expect(await make().router.call(name, input, 'anywhere', never())).toMatchObject({ ok: false, error: { code } })
  })

  test('refuses bytes in the place of a list, which make the schema library throw', () => {
    const ask = { name: 'money.list', raw: { list: Uint8Array.of(1) }, reach: 'anywhere' } as const
    expect(make().router.subscribe(ask, () => undefined, never())).toMatchObject({
      ok: false,
      error: { code: 'contract/bad-input' },
    })
  })

  test('encodes the amounts of an error', async () => {
    const reply = await make().router.call('money.refuse', {}, 'anywhere', never())
    expect(throughJson(reply)).toEqual({ ok: false, error: { code: 'stake/too-small', minimum: '2000000' } })
  })

  test('turns a thrown cause into an incident and keeps its text', async () => {
    const { router, reported } = make()
    const reply = await router.call('money.throw', {}, 'anywhere', never())
    expect(JSON.stringify(reply)).not.toContain('secret detail')
    expect(reply).toEqual({ ok: false, error: { code: 'internal', incident: 'incident-1' } })
    expect(reported).toHaveLength(1)
  })

  test('a subscription sends the current value first and nothing after the abort', () => {
    const { router, tick } = make()
    const seen: unknown[] = []
    const gone = new AbortController()
    const reply = router.subscribe(
      { name: 'money.ticks', raw: {}, reach: 'anywhere' },
      (value) => seen.push(value),
      gone.signal,
    )
    tick(2n)
    gone.abort()
    tick(3n)
    expect(reply).toEqual({ ok: true, value: null })
    expect(seen).toEqual([{ amount: '1' }, { amount: '2' }])
  })
})
