import { describe, expect, it } from 'vitest'
import { RUNTIME_APIS } from '../../definitions/runtime-apis.ts'
import { UnknownApi } from '../../runtime.port.ts'
import { concatBytes } from '../../scale/hex.ts'
import { u32 } from '../../scale/primitives.ts'
import { accountOf, BOB, keysOf, nominator, subnetOwner, validator } from '../../seed/accounts.ts'
import { SUBNETS } from '../../seed/subnets.ts'
import { system } from '../core/pallets.ts'
import { createRuntime } from '../create-runtime.ts'
import { alice, chat, staking, TAO, transferTo } from '../testing/books.ts'
import { TestChain } from '../testing/test-chain.ts'

const subnetApi = RUNTIME_APIS.SubnetInfoRuntimeApi.methods
const stakeApi = RUNTIME_APIS.StakeInfoRuntimeApi.methods
const swapApi = RUNTIME_APIS.SwapRuntimeApi.methods

function seasoned(): TestChain {
  const chain = new TestChain()
  chain.advance(24)
  return chain
}
const chain = seasoned()

describe('every method', () => {
  const account = alice
  const inputs: Readonly<Record<string, unknown>> = {
    netuid: 2,
    uid: 1,
    mecid: 0,
    subid: 0,
    metagraph_indexes: Array.from({ length: 74 }, (_, n) => n),
    coldkey: account,
    hotkey: account,
    account,
    coldkey_account: account,
    coldkey_accounts: [account, chat.coldkey],
    hotkey_account: chat.hotkey,
    netuids: undefined,
    delegate_account: chat.hotkey,
    delegatee_account: chat.coldkey,
    origin: undefined,
    destination: [chat.hotkey, 2],
    origin_coldkey_account: account,
    destination_coldkey_account: account,
    amount: TAO,
    tao: TAO,
    alpha: TAO,
    version: 15,
    weight: { ref_time: 1n, proof_size: 0n },
    length: 100,
    len: 140,
    call: transferTo(accountOf(BOB), TAO),
  }
  const methods = Object.entries(RUNTIME_APIS).flatMap(([api, { methods: all }]) =>
    Object.entries(all).map(([name, method]) => [`${api}_${name}`, method] as const),
  )

  // True here: no auto-stake was chosen, every subnet is immune, and nothing is ever locked.
  const absent = new Set([
    'SubnetInfoRuntimeApi_get_coldkey_auto_stake_hotkey',
    'SubnetInfoRuntimeApi_get_subnet_to_prune',
    'StakeInfoRuntimeApi_get_coldkey_lock',
  ])

  it.each(methods)('%s answers bytes of its own type', (name, method) => {
    const uxt = chain.sign('//Alice', transferTo(accountOf(BOB), TAO))
    const values = { ...inputs, uxt: uxt.subarray(2) }
    const answer = chain.call(name, method as never, values as never)
    expect(answer === undefined).toBe(absent.has(name))
  })

  it('that does not exist is named in the refusal', () => {
    const runtime = createRuntime()
    for (const name of ['SubnetInfoRuntimeApi_get_nothing', 'Nothing_at_all', 'SubnetInfoRuntimeApi_toString', ''])
      expect(() => runtime.callApi(chain.kv, name, new Uint8Array(), chain.context)).toThrow(UnknownApi)
  })
})

describe('answers', () => {
  it('list every subnet under its name, with pools and prices', () => {
    const all = chain.call('SubnetInfoRuntimeApi_get_all_dynamic_info', subnetApi.get_all_dynamic_info, {})
    expect(all.map((info) => info?.subnet_name)).toEqual(['Root', ...SUBNETS.map(({ name }) => name)])
    const prices = chain.call('SwapRuntimeApi_current_alpha_price_all', swapApi.current_alpha_price_all, {})
    expect(prices.map(({ netuid }) => netuid)).toEqual([1, 2, 3, 4, 5, 6, 7])
    // The epoch sold root's part, so the price is a little under the 0.05 of genesis.
    expect(prices[1]?.price).toBeLessThan(50_000_000n)
    expect(prices[1]?.price).toBeGreaterThan(49_900_000n)
  })

  it('give a metagraph with lists of one length', () => {
    const graph = chain.call('SubnetInfoRuntimeApi_get_metagraph', subnetApi.get_metagraph, { netuid: 2 })!
    expect(graph.num_uids).toBe(35)
    for (const list of [
      graph.hotkeys,
      graph.axons,
      graph.incentives,
      graph.emission,
      graph.total_stake,
      graph.identities,
    ])
      expect(list).toHaveLength(35)
    expect(graph.identities[0]?.name).toBe('Practice validator')
    expect(graph.block).toBe(24n)
  })

  it('give the chosen fields only', () => {
    const some = chain.call('SubnetInfoRuntimeApi_get_selective_metagraph', subnetApi.get_selective_metagraph, {
      netuid: 2,
      metagraph_indexes: [1, 32, 72, 999],
    })!
    expect(some).toMatchObject({ netuid: 2, name: 'Practice chat', validators: [0, 1, 2, 3, 4] })
    expect(some.burn).toBeGreaterThan(90_000_000n)
    expect(Object.values(some).filter((value) => value !== undefined)).toHaveLength(4)
  })

  it('know what a nominator holds and may take', () => {
    const coldkey = accountOf(nominator(0))
    const held = chain.call('StakeInfoRuntimeApi_get_stake_info_for_coldkey', stakeApi.get_stake_info_for_coldkey, {
      coldkey_account: coldkey,
    })
    expect(held.map(({ netuid }) => netuid).sort()).toEqual([0, 1, 4])
    const [[, free] = []] = chain.call(
      'StakeInfoRuntimeApi_get_stake_availability_for_coldkeys',
      stakeApi.get_stake_availability_for_coldkeys,
      { coldkey_accounts: [coldkey], netuids: [1] },
    )
    expect(free?.[0]?.[1].available).toBe(held.find(({ netuid }) => netuid === 1)?.stake)
  })

  it('show a delegate with its nominators', () => {
    const api = RUNTIME_APIS.DelegateInfoRuntimeApi.methods.get_delegate
    const lead = keysOf(validator(1))
    const info = chain.call('DelegateInfoRuntimeApi_get_delegate', api, { delegate_account: lead.hotkey })!
    expect(info.owner_ss58).toBe(lead.coldkey)
    expect(info.registrations).toEqual([0, 1])
    expect(info.nominators.map(([who]) => who)).toContain(lead.coldkey)
  })

  it('say nothing about a subnet that is not there', () => {
    expect(chain.call('SubnetInfoRuntimeApi_get_metagraph', subnetApi.get_metagraph, { netuid: 99 })).toBeUndefined()
    const next = subnetApi.get_next_epoch_start_block
    expect(chain.call('SubnetInfoRuntimeApi_get_next_epoch_start_block', next, { netuid: 6 })).toBeUndefined()
  })

  it('simulate nothing but zeros where a swap is impossible', () => {
    const sim = chain.call('SwapRuntimeApi_sim_swap_tao_for_alpha', swapApi.sim_swap_tao_for_alpha, {
      netuid: 7,
      tao: 900_000n * TAO,
    })
    expect(Object.values(sim)).toEqual([0n, 0n, 0n, 0n, 0n, 0n])
  })

  it('tell the fee that is then paid', () => {
    const own = seasoned()
    const call = staking('add_stake', { hotkey: keysOf(subnetOwner(1)).hotkey, netuid: 1, amount_staked: TAO })
    const bytes = own.sign('//Alice', call)
    const runtime = createRuntime()
    const answer = runtime.callApi(
      own.kv,
      'TransactionPaymentApi_query_info',
      concatBytes(bytes, u32.codec.enc(bytes.length)),
      own.context,
    )
    const info = RUNTIME_APIS.TransactionPaymentApi.methods.query_info.output.codec.dec(answer)
    const before = own.store.get(system.storage.Account, alice).data.free
    own.send('//Alice', call)
    expect(before - own.store.get(system.storage.Account, alice).data.free - TAO).toBe(info.partial_fee)
  })
})
