import { describe, expect, it } from 'vitest'
import { HOME, hrefOf, parseRoute, type Route } from './route.ts'

describe('routes', () => {
  it.each<Route>([
    { view: 'portfolio' },
    { view: 'subnets' },
    { view: 'subnets', stakeTo: 0 },
    { view: 'subnets', stakeTo: 65_535 },
    { view: 'mine' },
    { view: 'mine', several: true },
    { view: 'earnings' },
    { view: 'fleet' },
    { view: 'activity' },
    { view: 'activity', id: 'a b/ü#?' },
    { view: 'settings' },
    { view: 'wallets' },
    { view: 'addresses' },
    { view: 'receive' },
    { view: 'proxies' },
    { view: 'coldkey' },
    { view: 'send' },
    { view: 'send', to: '5Grw' },
    { view: 'subnets', detail: 0 },
    { view: 'validators', netuid: 65_535 },
    { view: 'network' },
    { view: 'holdings' },
    { view: 'holdings', place: { netuid: 1, hotkey: '5Grw' } },
  ])('comes back as it was written: %j', (route) => {
    expect(parseRoute(hrefOf(route))).toEqual(route)
  })
  it('leads home from anything else', () => {
    for (const hash of ['', '#', '#/nowhere', '#token=abc', '#/__proto__']) expect(parseRoute(hash)).toEqual(HOME)
  })
  it('ignores a part that is no netuid or no text', () => {
    for (const rest of ['x', '-1', '65536', '1e3', '999999'])
      expect(parseRoute(`#/subnets/${rest}`)).toEqual({ view: 'subnets' })
    expect(parseRoute('#/holdings/1')).toEqual({ view: 'holdings' })
    expect(parseRoute('#/holdings/x/5Grw')).toEqual({ view: 'holdings' })
    expect(parseRoute('#/validators/x')).toEqual({ view: 'subnets' })
    expect(parseRoute('#/subnets/1/other')).toEqual({ view: 'subnets', stakeTo: 1 })
    expect(parseRoute('#/activity/%zz')).toEqual({ view: 'activity' })
  })
})
