import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { subtensorModule } from '../../electron/practice/definitions/pallets/subtensor-module.ts'
import { system } from '../../electron/practice/definitions/pallets/system.ts'
import { extrinsicHash } from '../../electron/practice/extrinsic/extrinsic.ts'
import { metadataDigest } from '../../electron/practice/metadata/metadata-digest.ts'
import { validator } from '../../electron/practice/seed/accounts.ts'
import { devKey } from '../../electron/practice/signing/dev-key.ts'
import { fromHex, toHex } from '../../electron/practice/state/bytes.ts'
import { type PracticeProcess, practice } from './practice-process.ts'
import { officialTools } from './python.ts'

const run = promisify(execFile)
const tools = officialTools()
const title = tools.found ? `btcli and SDK ${tools.version}` : `btcli and SDK — SKIPPED: ${tools.reason}`
if (!tools.found)
  process.stderr.write(`\n*** INTEROP NOT CHECKED: ${tools.reason}. Nothing proves that ${'btcli'} works. ***\n\n`)

/** Mini-secret of //Alice, as published; her TAO is play money only. */
const ALICE_SEED = '0xe5be9a5092b81bca64be81d212e7f2f9eba183bb7a90954f7b76361f6edb5c0a'
const alice = devKey('//Alice')
const recipient = devKey('//Interop//recipient')
const seededValidator = devKey(validator(1).hotkeyUri)
const TAO = 1_000_000_000n

describe.skipIf(!tools.found)(title, { timeout: 120_000 }, () => {
  let home: string
  let chain: PracticeProcess
  let hotkey = ''

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'practice-interop-'))
    chain = await practice([])
    const made = await btcli('wallet', 'regen-coldkey', '--seed', ALICE_SEED, '--no-password')
    expect(made).toMatchObject({ ss58: alice.address })
    hotkey = ((await btcli('wallet', 'new-hotkey')) as { ss58: string }).ss58
  }, 120_000)
  afterAll(async () => {
    await chain?.kill()
    rmSync(home, { recursive: true, force: true })
  })

  /** Nothing of the caller's own `~/.bittensor` is read or written. */
  const env = (): NodeJS.ProcessEnv => ({ PATH: process.env['PATH'], HOME: home, NO_COLOR: '1' })

  async function btcli(...args: string[]): Promise<unknown> {
    if (!tools.found) throw new Error(tools.reason)
    const where = ['--json', '--yes', '--network', chain.ws, '--wallet', 'alice', '--fallback-endpoints', 'none']
    const options = { env: env(), timeout: 100_000 }
    const { stdout } = await run(tools.btcli, [...where, '--archive-endpoints', 'none', ...args], options)
    return JSON.parse(stdout)
  }

  /** By raw RPC, without the tools that are tested. Unit: rao. */
  async function freeOf(publicKey: Uint8Array): Promise<bigint> {
    const raw = await chain.rpc('state_getStorage', system.storage.Account.key(toHex(publicKey)))
    return typeof raw === 'string' ? system.storage.Account.type.codec.dec(fromHex(raw)!).data.free : 0n
  }

  it('balance', async () => {
    const shown = (await btcli('wallet', 'balance')) as { free_tao: number; coldkey: string }
    expect(shown.coldkey).toBe(alice.address)
    expect(shown.free_tao).toBeCloseTo(Number(await freeOf(alice.publicKey)) / 1e9, 6)
  })

  it('subnets', async () => {
    const shown = (await btcli('subnets', 'list')) as { netuid: number; name: string }[]
    const prefix = subtensorModule.storage.NetworksAdded.prefix()
    const keys = (await chain.rpc('state_getKeysPaged', prefix, 100)) as string[]
    expect(shown.map(({ netuid }) => netuid).sort()).toEqual(
      keys.map((key) => subtensorModule.storage.NetworksAdded.decodeKeys(key)[0]).sort(),
    )
    expect(shown.find(({ netuid }) => netuid === 2)?.name).toBe('Practice chat')
  })

  it('metagraph', async () => {
    const shown = (await btcli('subnets', 'metagraph', '1')) as { netuid: number; hotkeys: string[] }
    const raw = (await chain.rpc('state_getStorage', subtensorModule.storage.SubnetworkN.key(1))) as string
    expect(shown.hotkeys).toHaveLength(subtensorModule.storage.SubnetworkN.type.codec.dec(fromHex(raw)!))
  })

  it('transfer', async () => {
    const before = await freeOf(recipient.publicKey)
    expect(await btcli('wallet', 'transfer', '--dest', recipient.address, '--amount', '1.5')).toMatchObject({
      success: true,
    })
    expect((await freeOf(recipient.publicKey)) - before).toBe((3n * TAO) / 2n)
  })

  it('register, hidden from everybody but the author of the block', async () => {
    const done = await btcli('subnets', 'register', '--netuid', '2')
    expect(done).toMatchObject({ success: true, data: { shielded: true } })
    const shown = (await btcli('subnets', 'metagraph', '2')) as { hotkeys: string[] }
    expect(shown.hotkeys).toContain(hotkey)
    const { data, block_hash } = done as { data: { inner_extrinsic_hash: string }; block_hash: string }
    const { block } = (await chain.rpc('chain_getBlock', block_hash)) as { block: { extrinsics: string[] } }
    expect(block.extrinsics.map((bytes) => extrinsicHash(fromHex(bytes)!))).toContain(data.inner_extrinsic_hash)
  })

  it('register on another subnet, with a price limit and in the open', async () => {
    const args = JSON.stringify({ netuid: 1, hotkey, limit_price: 100_000_000_000 })
    expect(await btcli('call', 'SubtensorModule.register_limit', '--args', args)).toMatchObject({ success: true })
    const shown = (await btcli('subnets', 'metagraph', '1')) as { hotkeys: string[] }
    expect(shown.hotkeys).toContain(hotkey)
  })

  it('add and remove stake', async () => {
    const free = await freeOf(alice.publicKey)
    const hidden = { success: true, data: { shielded: true } }
    expect(await btcli('stake', 'add', '--netuid', '2', '--amount', '3')).toMatchObject(hidden)
    const spent = free - (await freeOf(alice.publicKey))
    expect(spent).toBeGreaterThanOrEqual(3n * TAO)
    expect(spent).toBeLessThan(3n * TAO + TAO / 100n)
    const [position] = (await btcli('stake', 'list')) as { netuid: number; hotkey: string; stake_amount: number }[]
    expect(position).toMatchObject({ netuid: 2, hotkey })
    expect(position!.stake_amount).toBeGreaterThan(0)
    expect(await btcli('stake', 'remove', '--netuid', '2', '--amount', 'all')).toMatchObject(hidden)
    expect(await btcli('stake', 'list')).toEqual([])
    expect(await freeOf(alice.publicKey)).toBeGreaterThan(free - TAO / 10n)
  })

  it('the SDK reads, transfers, stakes and unstakes, in the open and hidden, and signs as a Ledger does', async () => {
    if (!tools.found) throw new Error(tools.reason)
    const script = fileURLToPath(new URL('sdk.py', import.meta.url))
    const args = [script, chain.ws, `${home}/.bittensor/wallets`, recipient.address, seededValidator.address]
    const { stdout } = await run(tools.python, args, { env: env(), timeout: 100_000 })
    const seen = JSON.parse(stdout) as Record<'staked' | 'after' | 'received', number> & Record<string, unknown>
    expect(seen).toMatchObject({ success: [true, true, true], spec: 424, left: 0 })
    expect(seen['hidden']).toEqual([true, true, 'Success'])
    expect(seen['emptied']).toEqual([true, 'Success'])
    expect(seen['proven']).toEqual([true, 'Success'])
    expect(seen['digest']).toBe(metadataDigest())
    expect(seen['subnets']).toContain(2)
    expect(seen.staked).toBeGreaterThan(0)
    expect(BigInt(seen.after)).toBe(await freeOf(alice.publicKey))
    expect(BigInt(seen.received)).toBe(await freeOf(recipient.publicKey))
  })
})
