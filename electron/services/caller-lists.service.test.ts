import { describe, expect, test } from 'vitest'
import type { CallerLists } from '../../shared/mining/caller-lists.ts'
import { DEFAULT_SETTINGS, type Settings } from '../../shared/settings/settings.ts'
import { ss58 } from '../../shared/units/amounts.ts'
import { settingsFromText } from '../storage/records.ts'
import { CallerListsService } from './caller-lists.service.ts'

const ONE = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const TWO = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')

function world(kept: Partial<Settings> = {}) {
  const told: CallerLists[] = []
  let settings: Settings = { ...DEFAULT_SETTINGS, ...kept }
  const service = new CallerListsService({
    axon: { setCallerLists: (lists) => void told.push(lists) },
    chain: { isAddress: (address) => address !== TWO },
    settings: {
      get: () => settings,
      remember: (change) => {
        settings = { ...settings, ...change }
        return settings
      },
    },
  })
  return { service, told, kept: () => settings.callerLists }
}

describe('the lists of callers', () => {
  test('are kept and told to the server: what was kept at the start, and every change', () => {
    const { service, told, kept } = world({ callerLists: { denied: [ONE] } })
    expect(told).toEqual([{ denied: [ONE] }])
    expect(service.set({ denied: [], allowed: [` ${ONE} `, ONE] })).toEqual({
      ok: true,
      value: { denied: [], allowed: [ONE] },
    })
    expect([told.at(-1), kept(), service.get()]).toEqual(Array(3).fill({ denied: [], allowed: [ONE] }))
    service.set({ denied: [] })
    expect(kept()).toEqual({ denied: [] })
  })

  test.each([
    ['a word', { denied: [ONE, 'everybody'] }, 'everybody', 'too-short'],
    [
      'another chain',
      { denied: [], allowed: ['15oF4uVJwmo4TdGW7VfQxNLavjCXviqxT9S1MgbjMNHr6Sp5'] },
      undefined,
      'other-chain',
    ],
    ['wrong check digits', { denied: [TWO] }, TWO, 'checksum'],
    ['nothing', { denied: [''] }, '', 'empty'],
  ])('with %s in them are refused, and nothing is changed', (_what, typed, text, problem) => {
    const { service, told, kept } = world({ callerLists: { denied: [ONE] } })
    const refused = service.set(typed)
    expect(refused).toMatchObject({ ok: false, error: { code: 'mining/bad-caller', problem } })
    if (!refused.ok && text !== undefined) expect(refused.error).toMatchObject({ text })
    expect([kept(), told]).toEqual([{ denied: [ONE] }, [{ denied: [ONE] }]])
  })

  test('that cannot be read from the disk let nobody in, and do not cost the other settings', () => {
    const text = JSON.stringify({ ...DEFAULT_SETTINGS, minerPort: 9_000, callerLists: { denied: 'all' } })
    expect(settingsFromText(text)).toMatchObject({ minerPort: 9_000, callerLists: { denied: [], allowed: [] } })
    expect(settingsFromText(JSON.stringify(DEFAULT_SETTINGS)).callerLists).toBeUndefined()
  })
})
