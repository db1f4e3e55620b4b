import { expect, test } from 'vitest'
import { alpha, netuid, rao, ss58 } from '../units/amounts.ts'
import { saysToDestroy, wordsToDestroy } from './words-to-destroy.ts'

const hotkey = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const burn = { kind: 'burn-alpha', hotkey, netuid: netuid(2), amount: alpha(12_500_000_000n) } as const

test('names act, amount and subnet, and nothing where nothing is destroyed', () => {
  expect(wordsToDestroy(burn)).toBe('burn 12.5 alpha of netuid 2')
  expect(wordsToDestroy({ ...burn, kind: 'recycle-alpha', amount: alpha(1n) })).toBe(
    'recycle 0.000000001 alpha of netuid 2',
  )
  expect(wordsToDestroy({ ...burn, amount: alpha(100_000_000_000n) })).toBe('burn 100 alpha of netuid 2')
  expect(wordsToDestroy({ kind: 'transfer', to: hotkey, amount: rao(1n) })).toBeUndefined()
})

test('finds what is destroyed inside of other calls', () => {
  const recycle = { ...burn, kind: 'recycle-alpha', netuid: netuid(4) } as const
  const batch = { kind: 'batch', mode: 'all', intents: [burn, recycle] } as const
  expect(wordsToDestroy({ kind: 'proxied', real: hotkey, intent: batch })).toBe(
    'burn 12.5 alpha of netuid 2 and recycle 12.5 alpha of netuid 4',
  )
})

test('takes spaces and capitals as they come, and no other number or word', () => {
  const words = 'burn 12.5 alpha of netuid 2'
  expect(saysToDestroy('  Burn 12.5  alpha of netuid 2 ', words)).toBe(true)
  for (const typed of [undefined, '', 'burn', 'burn 12.50 alpha of netuid 2', 'burn 12.5 alpha of netuid 20'])
    expect(saysToDestroy(typed, words)).toBe(false)
})
