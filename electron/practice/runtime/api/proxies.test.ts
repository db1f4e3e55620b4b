import { describe, expect, it } from 'vitest'
import { APIS, TestChain } from '../testing/test-chain.ts'

const { get_proxy_types, get_proxy_filter } = APIS.ProxyFilterRuntimeApi.methods
const filters = (proxy_type: number | undefined) =>
  new TestChain().call('ProxyFilterRuntimeApi_get_proxy_filter', get_proxy_filter, { proxy_type })

describe('ProxyFilterRuntimeApi', () => {
  it('names every type by its number', () => {
    const types = new TestChain().call('ProxyFilterRuntimeApi_get_proxy_types', get_proxy_types, {})
    expect(types).toHaveLength(18)
    expect(types[8]).toEqual({ name: 'Staking', index: 8, deprecated: false })
    expect(types.filter(({ deprecated }) => deprecated).map(({ name }) => name)).toEqual([
      'Senate',
      'Triumvirate',
      'Governance',
      'RootWeights',
    ])
  })

  it('tells what one of them lets through, or all do', () => {
    const [small] = filters(11)
    expect(small).toMatchObject({ proxy_type: 11, name: 'SmallTransfer', filter_mode: { type: 'Allow' } })
    expect(small?.calls[0]).toEqual({
      pallet_name: 'Balances',
      pallet_index: 5,
      call_name: 'transfer_allow_death',
      call_index: 0,
      condition: { type: 'ParamLessThan', value: { param_name: 'value', limit: 500_000_000n } },
    })
    expect(filters(undefined).map(({ filter_mode }) => filter_mode.type)).toEqual([
      'AllowAll',
      'Allow',
      'Deny',
      'Deny',
      'DenyAll',
      'Deny',
      'DenyAll',
      'DenyAll',
      ...Array(4).fill('Allow'),
      'DenyAll',
      ...Array(5).fill('Allow'),
    ])
    expect(filters(18)).toEqual([])
  })
})
