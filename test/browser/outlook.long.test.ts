import { afterEach, expect, test } from 'vitest'
import { type OutlookFacts, outlookOf } from '../../shared/registration/outlook.ts'
import { planRegister, type RegisterPlan } from '../../shared/registration/plan-register.ts'
import { ok } from '../../shared/result.ts'
import { alpha, netuid, type Rao, rao } from '../../shared/units/amounts.ts'
import { playScene, type Scene } from './fake-host.ts'
import { PageDriver } from './page-driver.ts'
import { real } from './scenes.ts'
import { mineByHand } from './steps.ts'

const TAO = 1_000_000_000n
const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const base = real
const wallet = base.wallets.wallets[0]
if (!wallet?.hotkeys[0]) throw new Error('the scene has a hotkey')
const hotkey = wallet.hotkeys[0].address
const NETUID = netuid(8)

const plan: RegisterPlan = {
  kind: 'register',
  coldkey: wallet.address,
  request: { netuid: NETUID, hotkey, tolerancePpm: 300_000 },
  atBlock: 9_583_214,
  price: rao(382_114_090n),
  limitPrice: rao(496_748_317n),
  txFee: rao(138_214n),
  mostCost: rao(496_886_531n),
  freeAfterAtMost: rao(9n * TAO),
  replacesAnother: true,
  immunityBlocks: 4_096,
}

/** 60 miners of whom a third got nothing, and a validator. */
const facts = (registeredLately: number, miners = 60): OutlookFacts => ({
  netuid: NETUID,
  block: 9_583_214,
  price: plan.price,
  rules: { minPrice: rao(500_000n), maxPrice: rao(100n * TAO), halfLife: 360, increasePpm: 1_260_000 },
  open: true,
  tempo: 360,
  lastEpochBlock: 9_583_000,
  most: 61,
  immunityBlocks: 4_096,
  minNonImmune: 10,
  places: Array.from({ length: miners + 1 }, (_, uid) => ({
    uid,
    hotkey,
    emission: uid === miners ? 900n * TAO : uid < miners / 3 ? 0n : BigInt(uid) * 3_141_592n,
    incentive: 0,
    registeredAt: uid < registeredLately ? 9_580_000 : 1_000,
    permit: uid === miners,
    ownersOwn: false,
  })),
})

const option = {
  netuid: NETUID,
  name: 'Chat',
  adapterId: 'practice-chat',
  adapters: [],
  usable: true,
  reason: 'ready',
  registrationPrice: plan.price,
  places: 61,
  placesTaken: 61,
  mine: [],
}

async function show(
  of: OutlookFacts,
  sold: readonly (Rao | undefined)[],
  answers: Scene['answers'] = {},
): Promise<PageDriver> {
  const scene: Scene = {
    ...base,
    options: [option],
    answers: {
      ...base.answers,
      'registration.plan': async () => ok(plan),
      'registration.outlook': async () => ok(outlookOf(of, sold, plan.mostCost)),
      'registration.course': async () =>
        ok({
          ...{ netuid: NETUID, block: of.block, price: of.price, rules: of.rules, open: true, registrations: [] },
          ...{ lines: [[{ block: of.block, price: of.price }]], days: [], pace: undefined },
          projected: outlookOf(of, sold, plan.mostCost).projected,
        }),
      ...answers,
    },
  }
  const host = await playScene(scene)
  closers.push(host.stop)
  const driver = await PageDriver.open(host.url)
  closers.push(driver.close)
  await mineByHand(driver)
  await driver.page.getByRole('heading', { name: 'What a place brings to those who have one' }).waitFor()
  return driver
}

test.each<[string, OutlookFacts, readonly (Rao | undefined)[], RegExp]>([
  ['busy', facts(20), [rao(0n), rao(4_000_000n), rao(80_000_000n)], /33 % got nothing.*would not earn it back/],
  ['quiet', facts(0), [rao(0n), rao(4_000_000n), rao(800_000_000n)], /Nobody registered lately/],
  ['unsold', facts(20), [], /cannot be valued/],
  ['few', facts(1, 3), [], /Too few mine here/],
])('what a place brings, %s, is told in light and dark', { timeout: 90_000 }, async (name, of, sold, words) => {
  const driver = await show(of, sold)
  expect(await driver.page.getByRole('region', { name: 'What a place brings' }).textContent()).toMatch(words)
  await driver.page.getByRole('region', { name: 'What a place brings' }).scrollIntoViewIfNeeded()
  expect(await driver.look(`outlook-${name}`, { narrow: true })).toEqual([])
  expect(driver.complaints).toEqual([])
})

test('a place of which a part is bound from before, and whose room for a rise is changed', {
  timeout: 90_000,
}, async () => {
  const collateral = {
    share: 32_768,
    freesPpm: 1_000_000,
    stands: { alpha: alpha(9n * TAO), worth: rao(120_000_000n) },
  }
  const { coldkey, price, txFee, immunityBlocks } = plan
  const snapshot = {
    ...{ coldkey, price, txFee, immunityBlocks, collateral, block: plan.atBlock, free: rao(9n * TAO) },
    ...{ existentialDeposit: rao(500n), open: true, exists: true, places: 61, placesTaken: 61 },
  }
  const asked: unknown[] = []
  const driver = await show(facts(20), [rao(0n), rao(4_000_000n), rao(80_000_000n)], {
    'registration.plan': async (request) => planRegister(request, snapshot),
    'transaction.prepare': async ({ plan: made }) => ok({ ...prepared, plan: made }),
    'registration.outlook': async (input) => {
      asked.push(input)
      return ok(outlookOf(facts(20), [rao(0n), rao(4_000_000n), rao(80_000_000n)], price))
    },
  })
  const costs = driver.page.locator('dl', { hasText: 'Of it bound as collateral, at most' })
  await costs.getByText('Bound from an earlier place, and counted').waitFor()
  await costs.getByText('So taken at the price of now').waitFor()
  await costs.scrollIntoViewIfNeeded()
  expect(await driver.look('register-bound', { narrow: true })).toEqual([])
  const region = driver.page.getByRole('region', { name: 'What a place brings' })
  const before = await region.textContent()
  await driver.page.getByRole('button', { name: /^More, now/ }).click()
  // Dearer at the most, so later earned back; what was asked about pay is not asked again.
  await expect.poll(() => region.textContent()).not.toBe(before)
  expect(asked).toEqual([{ netuid: NETUID }])
  await driver.page.getByRole('checkbox', { name: /I expect to lose this money/ }).check()
  await driver.press(/^Register for at most/)
  await driver.page.getByRole('dialog').getByText('Taken now').waitFor()
  expect(await driver.look('confirm-register-bound', { narrow: true })).toEqual([])
  expect(driver.complaints).toEqual([])
})

const genesis = base.network.facts?.genesis ?? ''
const prepared = {
  preparedId: 'p-1',
  plan,
  decoded: {
    call: 'SubtensorModule.register_limit',
    args: [{ name: 'limit_price', type: 'u64', value: '496748317' }],
    docs: '',
    nonce: 7,
    validUntilBlock: 9_583_342,
    genesis,
    specVersion: 475,
    tip: '0',
    payloadHex: '0x0708',
  },
}
/** Of a source that a person chose: some 312 euros for a TAO. */
const inMoney = (price: object): Scene['answers'] => ({
  'fiat.watch': (_input, emit) =>
    emit({
      source: { currency: 'EUR', url: 'https://prices.example/tao', path: 'price' },
      worthless: false,
      stale: false,
      ...price,
    }),
  'transaction.prepare': async () => ok(prepared),
})

test.each([
  [
    'priced',
    { price: { nanosPerTao: 312_450_100_000n, atMs: Date.now() - 120_000, host: 'prices.example' } },
    /≈ 155\.25 EUR, by prices\.example at/,
  ],
  ['unpriced', { error: { code: 'fiat/no-answer', host: 'prices.example', reason: '503' } as const }, /unknown/],
])('a place, before it is signed, in ordinary money: %s', { timeout: 90_000 }, async (name, price, words) => {
  const driver = await show(facts(20), [rao(0n), rao(4_000_000n), rao(80_000_000n)], inMoney(price))
  await driver.page.getByRole('checkbox', { name: /I expect to lose this money/ }).check()
  await driver.press(/^Register for at most/)
  const most = driver.page.getByRole('dialog').locator('dd', { hasText: '0.496886531' })
  await most.getByText(words).waitFor()
  expect(await driver.look(`confirm-register-${name}`, { narrow: true })).toEqual([])
  // All of the hotkey is seen, also in a narrow window.
  await driver.page.setViewportSize({ width: 640, height: 800 })
  const [dialog, shown] = [driver.page.getByRole('dialog'), driver.page.getByRole('dialog').locator('.addr').first()]
  const [around, inside] = [await dialog.boundingBox(), await shown.boundingBox()]
  if (!around || !inside) throw new Error('not drawn')
  expect(inside.x + inside.width).toBeLessThanOrEqual(around.x + around.width)
  expect(driver.complaints).toEqual([])
})
