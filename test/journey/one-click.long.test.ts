import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freeBalance, type HostSession, importWallet, LONG_PASSWORD, sessionWith } from '../support/host-session.ts'
import { type OwnHost, startHost, taoforge } from '../support/running-host.ts'

// From an empty data folder to earned alpha, killed on the way; what is refused changes nothing.

interface View {
  readonly phase: string
  readonly step: string
  readonly uid?: number
  readonly stoppedBy?: string
  readonly endpoint?: { readonly port: number }
  readonly terms?: { readonly place?: { readonly mostCost: string } }
}
interface Earned {
  readonly data?: {
    readonly rows: readonly { readonly netuid: number; readonly source: string; readonly earned: string }[]
  }
}

const data = mkdtempSync(join(tmpdir(), 'taoforge-go-'))
let host: OwnHost
let session: HostSession

async function open(): Promise<void> {
  host = await startHost({ data, args: ['--network', 'practice', '--block-ms', '500'] })
  session = await sessionWith(host)
  await session.until<{ state: string }>('network.status', ({ state }) => state === 'ready')
}
async function killed(): Promise<void> {
  await session.close().catch(() => undefined)
  await host.crash()
  await open()
}
const view = () => session.until<View>('oneClick.watch')
const until = (phase: string) => session.until<View>('oneClick.watch', (now) => now.phase === phase)
const code = async (name: string, input: object = {}): Promise<string> => {
  const reply = await session.call(name, input)
  return reply.ok ? 'it was not refused' : (reply.error as { code: string }).code
}

beforeAll(open, 120_000)
afterAll(async () => {
  await session?.close()
  await host?.stop()
  rmSync(data, { recursive: true, force: true })
}, 60_000)

describe('one press', { timeout: 180_000 }, () => {
  test('needs a wallet, and says so', async () => {
    expect(await code('oneClick.go')).toBe('keys/no-wallet')
    expect((await view()).phase).toBe('idle')
  })

  test('gets ready without a rao, on another port where its own is taken', async () => {
    await importWallet(session)
    const taken = createServer()
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
    const { port } = taken.address() as { port: number }
    await session.must('settings.change', { minerPort: port })
    await session.must('oneClick.go')
    const asking = await until('asking')
    taken.close()
    expect([asking.step, asking.endpoint?.port]).toEqual(['confirm', 0])
    // Play money came for the place, and nothing of it was spent.
    expect(await freeBalance(session)).toBe('1000000000000')
    expect(await code('oneClick.go')).toBe('mining/already-running')
    expect(await code('oneClick.confirm', { mostCost: '1' })).toBe('register/price-above-limit')
  })

  test('killed while it asks, it stands still afterwards, and asks again', async () => {
    await killed()
    expect(await view()).toMatchObject({ phase: 'stopped', stoppedBy: 'restart', step: 'confirm' })
    await session.must('oneClick.resume')
    const { terms } = await until('asking')
    const mostCost = terms?.place?.mostCost ?? '0'
    expect(await code('oneClick.confirm', { mostCost })).toBe('keys/locked')
    expect(await freeBalance(session)).toBe('1000000000000')
  })

  test('a cancel takes everything back; from a terminal it goes on to mining, within its bound', async () => {
    await session.must('oneClick.cancel')
    expect(await view()).toMatchObject({ phase: 'stopped', stoppedBy: 'cancel' })
    const tooLittle = await taoforge(['mine', 'go', '--yes-spend-up-to', '0.000001', '--data', data])
    expect(tooLittle.json).toMatchObject({ ok: false, error: { code: 'register/price-above-limit' } })
    await session.must('wallet.unlock', { name: 'a', password: LONG_PASSWORD })
    const walked = await taoforge(['mine', 'go', '--yes-spend-up-to', '2', '--data', data])
    expect(walked.json).toMatchObject({ ok: true, value: { netuid: 2 }, unit: 'play' })
    expect(await view()).toMatchObject({ phase: 'mining', step: 'mine' })
  })

  test('it earns', async () => {
    await session.until<Earned>(
      'earnings.watch',
      (now) => now.data?.rows.some((row) => row.source === 'mined' && BigInt(row.earned) > 0n) === true,
    )
  })

  test('killed while it mines, it goes on with its place, and pays for no other', async () => {
    const before = await view()
    await killed()
    const free = await freeBalance(session)
    expect(await view()).toMatchObject({ phase: 'stopped', stoppedBy: 'restart', step: 'mine' })
    await session.must('oneClick.resume')
    expect(await until('mining')).toMatchObject({ uid: before.uid })
    expect(await freeBalance(session)).toBe(free)
    await session.must('mining.stop')
    await until('idle')
  })
})
