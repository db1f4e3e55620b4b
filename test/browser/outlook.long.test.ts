import { afterEach, expect, test } from 'vitest'
import { type OutlookFacts, outlookOf } from '../../shared/registration/outlook.ts'
import type { RegisterPlan } from '../../shared/registration/plan-register.ts'
import { ok } from '../../shared/result.ts'
import { netuid, type Rao, rao } from '../../shared/units/amounts.ts'
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

async function show(of: OutlookFacts, sold: readonly (Rao | undefined)[]): Promise<PageDriver> {
  const scene: Scene = {
    ...base,
    options: [option],
    answers: {
      ...base.answers,
      'registration.plan': async () => ok(plan),
      'registration.outlook': async () => ok(outlookOf(of, sold, plan.mostCost)),
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
])('what a place brings, %s, is told in light and dark', async (name, of, sold, words) => {
  const driver = await show(of, sold)
  expect(await driver.page.getByRole('region', { name: 'What a place brings' }).textContent()).toMatch(words)
  await driver.page.getByRole('region', { name: 'What a place brings' }).scrollIntoViewIfNeeded()
  expect(await driver.look(`outlook-${name}`, { narrow: true })).toEqual([])
  expect(driver.complaints).toEqual([])
})
