import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PALLETS } from '../../electron/practice/definitions/pallets.ts'
import { accountOf, validator } from '../../electron/practice/seed/accounts.ts'
import { devKey } from '../../electron/practice/signing/dev-key.ts'
import { netuid as netuidOf, ss58 } from '../../shared/units/amounts.ts'
import { must, never, newChain } from '../support/chain/chain-session.ts'
import { callOn, sudoOn, write, writeOn } from '../support/practice-caller.ts'
import { type PracticeProcess, practice } from './practice-process.ts'
import { officialTools } from './python.ts'

// Child keys, and a subnet that gives its number to another one, on the practice chain: what the SDK reads of them. The product has
// no read of its own for children; for the rest both must say the same.

const run = promisify(execFile)
const tools = officialTools()
const title = tools.found ? `SDK ${tools.version}` : `SDK — SKIPPED: ${tools.reason}`
if (!tools.found)
  process.stderr.write(`\n*** INTEROP NOT CHECKED: ${tools.reason}. Nobody else reads child keys here. ***\n\n`)

const s = PALLETS.SubtensorModule.storage
const call = (type: string, value: object) => ({ type: 'SubtensorModule', value: { type, value } })
const addressOf = (uri: string) => ss58(devKey(uri).address)
const [PARENT, CHILD] = [validator(1), validator(2)]
const NETUID = 1
const HALF = 1n << 63n
const chain = newChain()

interface Seen {
  readonly children: readonly (readonly [number, string])[]
  readonly parents: readonly (readonly [number, string])[]
  readonly pending: { readonly children: readonly (readonly [number, string])[] }
  readonly cost: number
  readonly prune: number | null
  readonly subnets: readonly number[]
  /** Amounts as text: a JSON number would be rounded. */
  readonly stakes: readonly (readonly [number, string, string])[]
  readonly weights: readonly number[]
}

describe.skipIf(!tools.found)(title, { timeout: 240_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'sdk-rare-'))
  let network: PracticeProcess

  const newest = async () => Number(((await network.rpc('chain_getHeader')) as { number: string }).number)
  async function see(block: number): Promise<Seen> {
    if (!tools.found) throw new Error(tools.reason)
    const script = fileURLToPath(new URL('rare.py', import.meta.url))
    const ask = {
      ...{ block, netuid: NETUID, coldkey: addressOf('//Alice') },
      ...{ parent: addressOf(PARENT.hotkeyUri), child: addressOf(CHILD.hotkeyUri) },
    }
    // The SDK keeps metadata by genesis and spec version; what it kept of another build would be read as this one's.
    const env = { ...process.env, BITTENSOR_RUNTIME_CACHE_DIR: folder }
    const { stdout } = await run(tools.python, [script, network.ws, JSON.stringify(ask)], { env })
    return JSON.parse(stdout) as Seen
  }
  async function until(block: number): Promise<void> {
    while ((await newest()) < block) await new Promise((resolve) => setTimeout(resolve, 200))
  }
  /** Both of the same block, and that one is final. */
  async function agree(): Promise<Seen> {
    const block = await newest()
    await until(block + 4)
    const seen = await see(block)
    const stakes = must(await chain.stakesAt(addressOf('//Alice'), block))
    const ours = stakes.map(({ netuid, hotkey, alpha }) => [netuid, hotkey, String(alpha)])
    expect([...seen.stakes].map(String).sort()).toEqual(ours.map(String).sort())
    const { subnets } = must(await chain.subnets())
    expect(seen.subnets.filter((netuid) => netuid !== 0)).toEqual(
      subnets.map(({ netuid }) => netuid as number).filter((netuid) => netuid !== 0),
    )
    const removal = must(await chain.removalFacts([netuidOf(NETUID)]))
    expect(seen.prune ?? undefined).toBe(removal.next)
    return seen
  }

  beforeAll(async () => {
    network = await practice([])
    must(await chain.connect({ endpoint: network.ws, genesis: network.genesis }, never))
    await sudoOn(network.ws, call('set_pending_childkey_cooldown', { cooldown: 2n }))
    const hotkey = accountOf(PARENT.hotkeyUri)
    await callOn(network.ws, '//Alice', call('add_stake', { hotkey, netuid: NETUID, amount_staked: 5_000_000_000n }))
    const children = [[HALF, accountOf(CHILD.hotkeyUri)]]
    await callOn(network.ws, PARENT.coldkeyUri, call('set_children', { hotkey, netuid: NETUID, children }))
  }, 120_000)
  afterAll(async () => {
    await chain.disconnect()
    await network?.kill()
    rmSync(folder, { recursive: true, force: true })
  })

  it('reads children that wait, children that count, and their weight', async () => {
    const before = await see(await newest())
    expect([before.children, before.parents]).toEqual([[], []])
    expect(before.pending.children.map(([, child]) => child)).toEqual([addressOf(CHILD.hotkeyUri)])
    await until(50)
    const after = await agree()
    expect(after.pending.children).toEqual([])
    expect(after.children).toEqual([[Number(HALF), addressOf(CHILD.hotkeyUri)]])
    expect(after.parents).toEqual([[Number(HALF), addressOf(PARENT.hotkeyUri)]])
    const [total, was] = [after.weights[2] ?? 0, before.weights[2] ?? 0]
    // Half of a validator that has more than itself came on top.
    expect(total).toBeGreaterThan(was * 1.4)
  })

  it('reads that a subnet goes, and another one that has its number', async () => {
    await writeOn(network.ws, [
      write(s.SubnetLimit, [], 7),
      write(s.NetworkImmunityPeriod, [], 1n),
      write(s.SubnetMovingPrice, [NETUID], { bits: 0n }),
      ...[6, 7].map((netuid) => write(s.SubnetMovingPrice, [netuid], { bits: 1n << 32n })),
    ])
    const before = await agree()
    expect(before.prune).toBe(NETUID)
    expect(before.stakes.map(([netuid]) => netuid)).toEqual([NETUID])
    await callOn(network.ws, '//Alice', {
      type: 'Balances',
      value: {
        type: 'transfer_keep_alive',
        value: { dest: { type: 'Id', value: accountOf(CHILD.coldkeyUri) }, value: 2_000_000_000_000n },
      },
    })
    await callOn(network.ws, CHILD.coldkeyUri, call('register_network', { hotkey: accountOf(CHILD.hotkeyUri) }))
    const after = await agree()
    expect(after.stakes).toEqual([])
    expect(after.subnets).toEqual(before.subnets)
    expect(after.cost).toBeGreaterThan(before.cost)
    // Validators of root are parents of the new owner; who was one on the old subnet is not by that.
    expect(after.children).toEqual([[Number((1n << 64n) - 1n), addressOf(CHILD.hotkeyUri)]])
    expect(after.parents.length).toBeGreaterThan(5)
  })
})
