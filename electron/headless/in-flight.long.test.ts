import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { netuid, rao } from '../../shared/units/amounts.ts'
import { must, never, newChain, untilBlock } from '../../test/support/chain/chain-session.ts'
import { type PracticeNetwork, startPractice } from '../../test/support/chain/practice-network.ts'
import type { Asker } from '../cli/asker.ts'
import { socketAsker } from '../cli/socket-asker.ts'
import { type TypedClient, typedClient } from '../cli/typed-client.ts'
import type { HostFile } from './host-file.ts'

// The real host as its own process, killed while a transaction waits in the pool of a chain that goes on without it.
const MAIN = fileURLToPath(new URL('main.ts', import.meta.url))
const PASSWORD = 'practice only, nothing real'
const AMOUNT = rao(5_000_000_000n)
const WAIT_MS = 90_000

let network: PracticeNetwork
let folder = ''
let child: ChildProcess | undefined
let asker: Asker | undefined

/** @param target only the first time: afterwards the host remembers its network by itself */
async function start(target: readonly string[] = []): Promise<TypedClient> {
  const host = spawn(process.execPath, [MAIN, '--no-open', '--data', folder, ...target], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  child = host
  await once(createInterface({ input: host.stdout }), 'line')
  const facts = JSON.parse(readFileSync(join(folder, 'host.json'), 'utf8')) as HostFile
  asker = await socketAsker(facts)
  const client = typedClient(asker)
  must(await client.firstWhere('network.status', ({ state }) => state === 'ready', WAIT_MS))
  return client
}
async function end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill(signal)
  await gone
}

beforeAll(async () => {
  network = await startPractice(['--block-ms', '2000'])
  folder = mkdtempSync(join(tmpdir(), 'taoforge-flight-'))
}, WAIT_MS)
afterAll(async () => {
  await end('SIGTERM')
  await network?.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function walletOf(client: TypedClient) {
  const draft = must(await client.call('wallet.draft', {}))
  const checks = [1, 5, 9].map((position) => ({ position, word: draft.words[position] ?? '' }))
  const made = { draftId: draft.draftId, name: 'flight', password: PASSWORD, checks }
  return must(await client.call('wallet.create', made)).address
}

test('a transaction in flight when the host is killed ends with the facts of its block after the next start', async () => {
  const chain = newChain()
  must(await chain.connect({ endpoint: network.ws, genesis: network.genesis }, never))
  try {
    const client = await start(['--network', network.ws])
    const address = await walletOf(client)
    const { block } = must(await chain.playMoney(address, rao(100_000_000_000n)))
    await untilBlock(chain, block + 1)
    const { hotkey } = must(await chain.validators(netuid(1)))[0]!
    const add = { kind: 'add', netuid: netuid(1), hotkey, amount: AMOUNT } as const
    const plan = must(await client.call('staking.planMoves', { moves: [add], tolerancePpm: 100_000 }))
    const { preparedId } = must(await client.call('transaction.prepare', { plan }))
    const sending = client.call('transaction.send', { preparedId })
    const inPool = (records: readonly { stage: string }[]) => records[0]?.stage === 'in-pool'
    const [sent] = must(await client.firstWhere('activity.watch', inPool, WAIT_MS))
    await end('SIGKILL')
    expect(await sending).toMatchObject({ ok: false, error: { code: 'host/unreachable' } })

    const state = chain.state()
    await untilBlock(chain, (state.state === 'ready' ? state.best.number : 0) + 4)
    const again = await start()
    const over = (records: readonly { stage: string }[]) => ['finalized', 'failed'].includes(records[0]?.stage ?? '')
    const [found, ...others] = must(await again.firstWhere('activity.watch', over, WAIT_MS))
    expect(others).toEqual([])
    expect(found).toMatchObject({
      id: sent?.id,
      txHash: sent?.txHash,
      stage: 'finalized',
      outcome: { feeRao: expect.any(BigInt), stakeAdded: { taoRao: AMOUNT } },
    })
    const { positions } = must(await chain.portfolio(address, false))
    // One stake, not two: it may have earned since, but not doubled.
    expect(positions).toMatchObject([{ hotkey }])
    expect(positions[0]!.alpha).toBeLessThan(((found?.outcome?.stakeAdded?.alpha ?? 0n) * 3n) / 2n)

    await end('SIGTERM')
    const third = await start()
    expect(must(await third.firstWhere('activity.watch', () => true, WAIT_MS))).toEqual([found])
  } finally {
    await chain.disconnect()
  }
}, 240_000)
