import { describe, expect, it } from 'vitest'
import { ALICE, accountOf, PRACTICE_VALIDATOR } from '../../seed/accounts.ts'
import { subtensorModule } from '../core/pallets.ts'
import { hotkeyAlpha, stakeOf } from '../stake/ledger.ts'
import { alice, chat, differences, free, staking, TAO } from '../testing/books.ts'
import { APIS, TestChain } from '../testing/test-chain.ts'

const s = subtensorModule.storage

describe('mining', () => {
  const axon = {
    netuid: 2,
    version: 1,
    ip: 2_130_706_433n,
    port: 8091,
    ip_type: 4,
    protocol: 4,
    placeholder1: 0,
    placeholder2: 0,
  }
  const hotkeyUri = '//NewMiner'
  const hotkey = accountOf(hotkeyUri)

  function registered(): TestChain {
    const chain = new TestChain()
    const receipt = chain.send(ALICE, staking('register_limit', { netuid: 2, hotkey, limit_price: TAO }))
    expect(receipt.events.map(({ value }) => value.type)).toContain('NeuronRegistered')
    return chain
  }

  it('registers, raises the price, and serves from a hotkey without TAO', () => {
    const chain = registered()
    expect(chain.store.get(s.Uids, 2, hotkey)).toBe(35)
    expect(chain.store.get(s.Burn, 2)).toBeGreaterThan(124_000_000n)
    expect(chain.store.get(s.Owner, hotkey)).toBe(alice)
    expect(free(chain, hotkey)).toBe(0n)
    expect(chain.send(hotkeyUri, staking('serve_axon', axon)).ok).toBe(true)
    expect(chain.store.get(s.Axons, 2, hotkey)).toEqual({ ...axon, netuid: undefined, block: BigInt(chain.number) })
    expect(differences(chain)).toEqual([])
  })

  it.each<[string, object, number]>([
    ['another subnet', { netuid: 1 }, 10],
    ['no such kind of address', { ip_type: 5 }, 11],
    ['the broadcast address', { ip: 0xffff_ffffn }, 11],
    ['port 0', { port: 0 }, 13],
  ])('refuses to announce %s before it is in a block', (_what, change, custom) => {
    const chain = registered()
    const bytes = chain.sign(hotkeyUri, staking('serve_axon', { ...axon, ...change }))
    expect(chain.validate(bytes)).toEqual({ ok: false, code: 'custom', custom })
  })

  it('limits how often one may announce', () => {
    const chain = registered()
    chain.send(hotkeyUri, staking('serve_axon', axon))
    expect(chain.validate(chain.sign(hotkeyUri, staking('serve_axon', axon)))).toEqual({
      ok: false,
      code: 'custom',
      custom: 12,
    })
    chain.advance(4)
    expect(chain.validate(chain.sign(hotkeyUri, staking('serve_axon', axon))).ok).toBe(true)
  })

  it('pays a new miner at the next epoch after the practice validator voted for it', () => {
    const chain = registered()
    const uid = chain.store.get(s.Uids, 2, hotkey) as number
    chain.advance(12)
    const vote = staking('set_weights', { netuid: 2, dests: [uid], weights: [65_535], version_key: 0n })
    expect(chain.send(PRACTICE_VALIDATOR.hotkeyUri, vote).ok).toBe(true)
    const due = chain.call(
      'SubnetInfoRuntimeApi_get_next_epoch_start_block',
      APIS.SubnetInfoRuntimeApi.methods.get_next_epoch_start_block,
      { netuid: 2 },
    ) as bigint
    chain.advance(Number(due) - chain.number)
    const position = { hotkey, coldkey: alice, netuid: 2 }
    const emission = chain.store.get(s.Emission, 2)[uid] as bigint
    expect(emission).toBeGreaterThan(5n * TAO)
    expect(stakeOf(chain.store, position)).toBe(emission)
    const paid = chain.events
      .map(({ event }) => event.value)
      .find(({ type }) => type === 'IncentiveAlphaEmittedToMiners')
    expect((paid!.value as { emissions: bigint[] }).emissions[uid]).toBe(emission)
    expect(differences(chain)).toEqual([])
  })

  it('pays to the hotkey that the coldkey chose', () => {
    const chain = registered()
    expect(chain.send(ALICE, staking('set_coldkey_auto_stake_hotkey', { netuid: 2, hotkey: chat.hotkey })).ok).toBe(
      true,
    )
    chain.advance(12)
    chain.send(
      PRACTICE_VALIDATOR.hotkeyUri,
      staking('set_weights', { netuid: 2, dests: [35], weights: [1], version_key: 0n }),
    )
    chain.advance(22)
    expect(stakeOf(chain.store, { hotkey, coldkey: alice, netuid: 2 })).toBe(0n)
    expect(stakeOf(chain.store, { hotkey: chat.hotkey, coldkey: alice, netuid: 2 })).toBeGreaterThan(5n * TAO)
    expect(differences(chain)).toEqual([])
  })

  it('replaces somebody on a full subnet, and leaves their stake alone', () => {
    const chain = new TestChain()
    chain.advance(65)
    const before = new Map(Array.from({ length: 72 }, (_, uid) => [uid, chain.store.get(s.Keys, 4, uid)]))
    expect(chain.send(ALICE, staking('burned_register', { netuid: 4, hotkey })).ok).toBe(true)
    const uid = chain.store.get(s.Uids, 4, hotkey) as number
    const pruned = before.get(uid) as string
    expect(chain.store.get(s.SubnetworkN, 4)).toBe(72)
    expect(chain.store.has(s.Uids, 4, pruned)).toBe(false)
    expect(hotkeyAlpha(chain.store, pruned, 4)).toBeGreaterThan(0n)
    expect(differences(chain)).toEqual([])
  })
})
