import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { ApiPromise, WsProvider } from '@polkadot/api'
import type { SubmittableExtrinsic } from '@polkadot/api/types'
import { Keyring } from '@polkadot/keyring'
import { blake2AsHex, createKeyMulti, encodeAddress } from '@polkadot/util-crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { validator } from '../../electron/practice/seed/accounts.ts'
import { devKey } from '../../electron/practice/signing/dev-key.ts'
import { included } from '../support/chain/included.ts'
import { type PracticeProcess, practice } from './practice-process.ts'
import { officialTools } from './python.ts'

const TAO = 1_000_000_000n
const seededValidator = devKey(validator(1).hotkeyUri)
const silent = { extrinsic: {}, payload: {} }
const EXTENSIONS = {
  SudoTransactionExtension: silent,
  CheckShieldedTxValidity: silent,
  SubtensorTransactionExtension: silent,
  DrandPriority: silent,
}

type Tx = SubmittableExtrinsic<'promise'>
interface Outcome {
  readonly events: readonly string[]
  /** `Proxy.Error` and the like; absent when the extrinsic succeeded. */
  readonly error: string | undefined
  readonly data: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly at: { readonly height: number; readonly index: number }
}

/** The library's provider declares an optional field that its own interface does not take as absent. */
const open = (ws: string): Promise<ApiPromise> =>
  ApiPromise.create({ provider: new WsProvider(ws) as never, signedExtensions: EXTENSIONS, noInitWarn: true })
const tx = (api: ApiPromise, pallet: string, name: string, ...args: unknown[]): Tx => api.tx[pallet]![name]!(...args)

async function send(api: ApiPromise, call: Tx, signer: ReturnType<Keyring['addFromUri']>): Promise<Outcome> {
  const { status, events, dispatchError, txIndex } = await included(call, signer)
  const meta = dispatchError?.isModule ? api.registry.findMetaError(dispatchError.asModule) : undefined
  const { number } = await api.rpc.chain.getHeader(status.isInBlock ? status.asInBlock : status.asFinalized)
  const named = events.map(({ event }) => [`${event.section}.${event.method}`, event.toHuman()['data']] as const)
  return {
    events: named.map(([name]) => name),
    error: meta ? `${meta.section}.${meta.name}` : dispatchError?.type,
    data: Object.fromEntries(named) as Outcome['data'],
    at: { height: number.toNumber(), index: txIndex! },
  }
}

describe('polkadot.js', { timeout: 240_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'practice-proxies-'))
  const keys = new Keyring({ type: 'sr25519', ss58Format: 42 })
  const [alice, bob, carol] = ['//Alice', '//Bob', '//Carol'].map((uri) => keys.addFromUri(uri)) as [
    ReturnType<Keyring['addFromUri']>,
    ReturnType<Keyring['addFromUri']>,
    ReturnType<Keyring['addFromUri']>,
  ]
  let chain: PracticeProcess
  let api: ApiPromise
  beforeAll(async () => {
    chain = await practice(['--data', folder, '--no-validator'])
    api = await open(chain.ws)
  }, 60_000)
  afterAll(async () => {
    await api?.disconnect()
    await chain?.kill()
    rmSync(folder, { recursive: true, force: true })
  })

  it('stakes through a delegate, who cannot send money', async () => {
    await send(api, tx(api, 'proxy', 'addProxy', bob.address, 'Staking', 0), alice)
    const stake = tx(api, 'subtensorModule', 'addStake', seededValidator.address, 1, 3n * TAO)
    const staked = await send(api, tx(api, 'proxy', 'proxy', alice.address, null, stake), bob)
    expect(staked.data['proxy.ProxyExecuted']).toEqual({ result: 'Ok' })
    expect(staked.events).toContain('subtensorModule.StakeAdded')
    const transfer = tx(api, 'balances', 'transferKeepAlive', bob.address, TAO)
    const refused = await send(api, tx(api, 'proxy', 'proxy', alice.address, null, transfer), bob)
    expect(refused.data['proxy.ProxyExecuted']).toEqual({
      result: { Err: { Module: { index: '0', error: '0x05000000' } } },
    })
    const [rule] = (await api.call['proxyFilterRuntimeApi']!['getProxyFilter']!(8)).toHuman() as { calls: object[] }[]
    expect(rule?.calls).toContainEqual(
      expect.objectContaining({ palletName: 'SubtensorModule', callName: 'add_stake' }),
    )
  })

  it('keeps delegations and pure accounts over a restart', async () => {
    const made = await send(api, tx(api, 'proxy', 'createPure', 'Any', 0, 0), alice)
    const { pure } = made.data['proxy.PureCreated'] as { pure: string }
    const before = (await api.query['proxy']!['proxies']!(alice.address)).toHex()
    await api.disconnect()
    await chain.kill()
    chain = await practice(['--data', folder, '--no-validator'])
    api = await open(chain.ws)
    expect((await api.query['proxy']!['proxies']!(alice.address)).toHex()).toBe(before)
    const { height, index } = made.at
    const kill = tx(api, 'proxy', 'killPure', alice.address, 'Any', 0, height, index)
    expect((await send(api, tx(api, 'proxy', 'proxy', pure, null, kill), alice)).events).toContain('proxy.PureKilled')
  })

  it('sends money of two out of three', async () => {
    const members = [alice.address, bob.address, carol.address]
    const account = encodeAddress(createKeyMulti(members, 2), 42)
    for (const to of [account, carol.address])
      await send(api, tx(api, 'balances', 'transferKeepAlive', to, 5n * TAO), alice)
    const others = (own: string): string[] =>
      keys.pairs
        .filter(({ address }) => address !== own)
        .sort((a, b) => Buffer.compare(a.publicKey, b.publicKey))
        .map(({ address }) => address)
    const call = tx(api, 'balances', 'transferKeepAlive', bob.address, TAO)
    const { weight } = await call.paymentInfo(carol.address)
    const hash = call.method.hash.toHex()
    const proposed = await send(
      api,
      tx(api, 'multisig', 'approveAsMulti', 2, others(carol.address), null, hash, weight),
      carol,
    )
    expect(proposed.error).toBeUndefined()
    const executed = await send(
      api,
      tx(api, 'multisig', 'asMulti', 2, others(alice.address), proposed.at, call.method, weight),
      alice,
    )
    expect(executed.data['multisig.MultisigExecuted']).toMatchObject({ multisig: account, result: 'Ok' })
  })

  it('announces a coldkey swap, is frozen, and moves once the delay is over', async () => {
    const next = keys.addFromUri('//NewCarol')
    const announce = tx(api, 'subtensorModule', 'announceColdkeySwap', blake2AsHex(next.publicKey, 256))
    const { at } = await send(api, announce, carol)
    const remark = tx(api, 'system', 'remark', '0x00')
    await expect(send(api, remark, carol)).rejects.toThrow('Custom error: 0')
    const [executableAt] = (
      await api.query['subtensorModule']!['coldkeySwapAnnouncements']!(carol.address)
    ).toJSON() as [number, string]
    expect(executableAt - at.height).toBe(
      (await api.query['subtensorModule']!['coldkeySwapAnnouncementDelay']!()).toJSON(),
    )
    await new Promise<void>((resolve, reject) => {
      api.rpc.chain
        .subscribeNewHeads(({ number }) => {
          if (number.toNumber() >= executableAt) resolve()
        })
        .catch(reject)
    })
    const swapped = await send(api, tx(api, 'subtensorModule', 'swapColdkeyAnnounced', next.address), carol)
    expect(swapped.events).toContain('subtensorModule.ColdkeySwapped')
    expect((await send(api, remark, next)).error).toBeUndefined()
  })
})

const run = promisify(execFile)
const tools = officialTools()
const title = tools.found ? `btcli ${tools.version}` : `btcli — SKIPPED: ${tools.reason}`
if (!tools.found) process.stderr.write(`\n*** PROXIES NOT CHECKED WITH BTCLI: ${tools.reason}. ***\n\n`)

/** Mini-secrets of the published development accounts; play money only. */
const SEEDS = {
  alice: '0xe5be9a5092b81bca64be81d212e7f2f9eba183bb7a90954f7b76361f6edb5c0a',
  bob: '0x398f0c28f98885e046333d4a41c19cee4c37368a9832c6502f6cfd182e2aef89',
} as const

describe.skipIf(!tools.found)(title, { timeout: 240_000 }, () => {
  const alice = devKey('//Alice')
  const bob = devKey('//Bob')
  let home: string
  let chain: PracticeProcess
  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'practice-proxy-'))
    chain = await practice(['--no-validator'])
    for (const [name, seed] of Object.entries(SEEDS))
      await btcli(name, 'wallet', 'regen-coldkey', '--seed', seed, '--no-password')
  }, 120_000)
  afterAll(async () => {
    await chain?.kill()
    rmSync(home, { recursive: true, force: true })
  })

  /** Nothing of the caller's own `~/.bittensor` is read or written. */
  async function btcli(wallet: string, ...args: string[]): Promise<unknown> {
    if (!tools.found) throw new Error(tools.reason)
    const where = ['--json', '--yes', '--network', chain.ws, '--wallet', wallet, '--fallback-endpoints', 'none']
    const env = { PATH: process.env['PATH'], HOME: home, NO_COLOR: '1' }
    const options = { env, timeout: 100_000 }
    const { stdout } = await run(tools.btcli, [...where, '--archive-endpoints', 'none', ...args], options)
    return JSON.parse(stdout)
  }

  it('adds a delegate, who stakes for the account', async () => {
    const add = ['proxy', 'add', '--delegate', bob.address, '--proxy-type', 'Staking']
    expect(await btcli('alice', ...add)).toMatchObject({ success: true })
    expect(JSON.stringify(await btcli('alice', 'proxy', 'list'))).toContain(bob.address)
    const stake = ['stake', 'add', '--netuid', '1', '--amount', '3', '--hotkey', seededValidator.address]
    expect(await btcli('bob', ...stake, '--proxy-for', alice.address)).toMatchObject({ success: true })
    expect(await btcli('alice', 'stake', 'list')).toMatchObject([{ netuid: 1, hotkey: seededValidator.address }])
    expect(await btcli('bob', 'stake', 'list')).toEqual([])
  })

  it('announces a coldkey swap and sees it', async () => {
    const next = devKey('//Interop//next').address
    expect(await btcli('bob', 'wallet', 'announce-coldkey-swap', '--new-coldkey', next)).toMatchObject({
      success: true,
    })
    const seen = JSON.stringify(await btcli('bob', 'wallet', 'swap-check'))
    expect(seen).toContain(blake2AsHex(devKey('//Interop//next').publicKey, 256))
    const sent = btcli('bob', 'wallet', 'transfer', '--dest', alice.address, '--amount', '1')
    await expect(sent).rejects.toMatchObject({ stdout: expect.stringContaining('"ColdkeySwapAnnounced"') })
  })
})
