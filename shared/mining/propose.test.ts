import { describe, expect, test } from 'vitest'
import { alpha, netuid, rao, raoPerAlpha, ss58 } from '../units/amounts.ts'
import { epochsToEarnBack, minerPay, paysByItsNumbers } from './miner-pay.ts'
import { type ProposeInput, type ProposeModel, type ProposeSubnet, propose } from './propose.ts'

const KEY = ss58('5DfhGyQdFobKM8NsWvEeAKk5EQQgYe9AydgJ7rMB6E1EqRzV')
const TAO = 1_000_000_000n
const paid = (...each: readonly bigint[]) =>
  minerPay({
    block: 1,
    emissions: each.map((n) => alpha(n)),
    tempo: 360,
    price: raoPerAlpha(TAO),
  })
const adapter = {
  id: 'chat',
  title: 'Chat',
  status: 'verified',
  date: '2026-11-22',
  byHand: false,
  needs: 'model',
  writes: true,
} as const
const subnet = (change: Partial<ProposeSubnet> = {}): ProposeSubnet => ({
  netuid: netuid(5),
  name: 'Hermes',
  usable: true,
  owned: false,
  adapters: [adapter],
  registrationPrice: rao(TAO),
  placesTaken: 256,
  places: 256,
  mine: [],
  pay: paid(0n, 0n, 0n, 0n, TAO),
  ...change,
})
const model = (change: Partial<ProposeModel> = {}): ProposeModel => ({
  id: 'qwen',
  name: 'Qwen',
  origin: 'catalogue',
  state: 'absent',
  fits: 'fits',
  sizeBytes: 2e9,
  writes: true,
  licence: 'apache-2.0',
  ...change,
})
const selfTest = model({ id: 'self-test', name: 'Self-test', origin: 'self-test', state: 'ready', sizeBytes: 1e6 })
const input = (change: Partial<ProposeInput> = {}): ProposeInput => ({
  network: 'finney',
  hotkeys: [{ name: 'one', address: KEY }],
  subnets: [subnet()],
  models: [selfTest, model()],
  ...change,
})
const servers = model({ id: 'backends', name: 'tiny', origin: 'servers', state: 'ready', sizeBytes: 0 })
const first = (change: Partial<ProposeInput>) => propose(input(change))[0]

describe('what one press may begin', () => {
  test.each<[string, Partial<ProposeInput>, boolean]>([
    ['practice', { network: 'practice' }, true],
    ['an own subnet', { subnets: [subnet({ owned: true })] }, true],
    ['a verified one that pays', { subnets: [subnet({ pay: paid(TAO, TAO, TAO, TAO, TAO) })] }, true],
    ['a verified one whose middle miner gets nothing', {}, false],
    ['one of whose pay too little is known', { subnets: [subnet({ pay: paid(TAO, TAO) })] }, false],
    ['one of whose pay nothing is known', { subnets: [subnet({ pay: undefined })] }, false],
    [
      'one that pays, by an adapter that nobody tried',
      {
        subnets: [
          subnet({
            pay: paid(TAO, TAO, TAO, TAO, TAO),
            adapters: [{ ...adapter, status: 'unverified', byHand: true }],
          }),
        ],
      },
      false,
    ],
    ['an own subnet with random weights only', { models: [selfTest], subnets: [subnet({ owned: true })] }, false],
    [
      'practice with a model that does not fit',
      { network: 'practice', models: [model({ fits: 'does-not-fit' })] },
      false,
    ],
  ])('%s', (_what, change, proposable) => expect(first(change)?.proposable).toBe(proposable))
})

describe('the order', () => {
  test('on practice a model that is here comes before one that has to be fetched', () => {
    expect(first({ network: 'practice' })).toMatchObject({ modelId: 'self-test', downloadBytes: 0 })
    expect(first({ network: 'practice', models: [selfTest, model({ state: 'ready' })] })?.modelId).toBe('qwen')
  })

  test('elsewhere random weights come last, and what fits comes first', () => {
    const models = [selfTest, model({ id: 'slow', fits: 'slow' }), model()]
    expect(propose(input({ models })).map(({ modelId }) => modelId)).toEqual(['qwen', 'slow', 'self-test'])
  })

  test('a hotkey that has its place comes first, and nothing is spent', () => {
    const other = ss58('5GNJqTPyNqANBkUVMN1LPPrxXnFouWXoe2wNSmmEoLctxiZY')
    const best = first({
      hotkeys: [
        { name: 'one', address: KEY },
        { name: 'two', address: other },
      ],
      subnets: [subnet({ mine: [{ hotkey: other, uid: 7 }] })],
    })
    expect(best).toMatchObject({ hotkey: other, uid: 7 })
    expect(best?.good.join(' ')).toContain('uid 7: nothing is spent')
  })

  test('without a hotkey one is going to be made', () => {
    const best = first({ network: 'practice', hotkeys: [] })
    expect(best).not.toHaveProperty('hotkey')
    expect(best?.hotkeyName).toBe('miner')
  })

  test('a list of strangers stays readable', () => {
    const subnets = Array.from({ length: 100 }, (_, n) => subnet({ netuid: netuid(n + 1) }))
    expect(propose(input({ subnets })).length).toBe(12)
  })
})

describe('the reasons', () => {
  test('say what it costs and what the middle miner got, and promise nothing', () => {
    const best = first({
      subnets: [subnet({ pay: paid(0n, TAO, TAO, TAO, 5n * TAO), registrationPrice: rao(4n * TAO) })],
    })
    const all = [...(best?.good ?? []), ...(best?.bad ?? [])].join(' ')
    expect(all).toContain('A place costs 4.000000000 TAO now, and it does not come back.')
    expect(all).toContain('the middle one of 5 miners got 1.000000000 alpha')
    expect(all).toContain('earned back after 4 epochs; nobody says that yours earns it.')
    expect(all).toContain('Qwen has to be downloaded first: 2.0 GB.')
  })

  test('say unknown where it is', () => {
    const best = first({ subnets: [subnet({ pay: paid(TAO, TAO), registrationPrice: undefined })] })
    expect(best?.bad.join(' ')).toContain('What a miner earns there is unknown: only 2 mine it.')
    expect(best?.bad.join(' ')).toContain('What a place costs is unknown.')
  })
})

describe('minerPay', () => {
  test('is the middle of all, those that got nothing too', () => {
    expect(paid(0n, 0n, 0n, 3n, 9n)).toMatchObject({ miners: 5, earning: 2, median: 0n, best: 9n })
    expect(paid(1n, 2n)).not.toHaveProperty('median')
    expect(paid()).toMatchObject({ miners: 0, earning: 0, best: 0n })
  })

  test('a place is never earned back by nothing', () => {
    expect(epochsToEarnBack(paid(0n, 0n, 0n, 0n, 9n), rao(1n))).toBeUndefined()
    expect(epochsToEarnBack(paid(TAO, TAO, TAO, TAO, TAO), rao(TAO + 1n))).toBe(2)
    expect(paysByItsNumbers(paid(TAO, TAO, TAO, TAO, TAO), rao(600n * TAO))).toBe(true)
    expect(paysByItsNumbers(paid(TAO, TAO, TAO, TAO, TAO), rao(601n * TAO))).toBe(false)
  })
})

test('servers of one’s own that answer are proposed before a model of this computer, and before a download', () => {
  const here = model({ id: 'here', state: 'ready' })
  for (const network of ['practice', 'finney'] as const) {
    const best = first({ network, subnets: [subnet({ owned: true })], models: [selfTest, model(), here, servers] })
    expect(best).toMatchObject({ modelId: 'backends', modelName: 'tiny', downloadBytes: 0, proposable: true })
    expect(best?.good).toContain('Your own servers answer now: tiny. Nothing has to be downloaded.')
  }
  expect(first({ models: [selfTest, servers] })).toMatchObject({ modelId: 'backends', proposable: false })
})
