import { createHash } from 'node:crypto'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { selfTestModel } from '../../electron/models/self-test-model.ts'
import { sourceResources } from '../../electron/node-ports.ts'
import { takePlaces } from '../support/chain/price-mover.ts'
import { freeBalance, type HostSession, importWallet, LONG_PASSWORD, sessionWith } from '../support/host-session.ts'
import { RangeServer } from '../support/range-server.ts'
import { type OwnHost, startHostWith, taoforge } from '../support/running-host.ts'
import { smallDisk } from '../support/small-disk.ts'

// From an empty data folder to earned alpha with a model that comes over the wire, and everything that can come between.

interface View {
  readonly phase: string
  readonly step: string
  readonly fraction?: number
  readonly uid?: number
  readonly stoppedBy?: string
  readonly error?: { readonly code: string }
  readonly terms?: { readonly place?: { readonly mostCost: string } }
}
interface Earned {
  readonly data?: { readonly rows: readonly { readonly source: string; readonly earned: string }[] }
}
interface Sent {
  readonly kind: string
  readonly stage: string
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')
const PIECE = 65_536
const good = selfTestModel()
/** The sixth piece is another one. */
const wrong = Buffer.from(good)
wrong[5 * PIECE + 7] = (wrong[5 * PIECE + 7] ?? 0) ^ 0xff
const WRONG_PIECE = `bytes=${5 * PIECE}-${6 * PIECE - 1}`

const ENTRY = {
  id: 'small',
  name: 'Small',
  use: 'For a test.',
  uses: ['chat'],
  source: 'https://models.example/small',
  revision: 'a'.repeat(40),
  file: 'small.gguf',
  sizeBytes: good.length,
  sha256: sha256(good),
  pieces: {
    lengthBytes: PIECE,
    sha256: Array.from({ length: Math.ceil(good.length / PIECE) }, (_, at) =>
      sha256(good.subarray(at * PIECE, (at + 1) * PIECE)),
    ),
  },
  quant: 'F32',
  licence: 'Apache-2.0',
  licenceUrl: 'https://models.example/licence',
  shape: {
    ...{ layers: 2, heads: 4, keyHeads: 4, headLength: 16, width: 64, contextLength: 8192, vocabularySize: 262 },
    source: 'https://models.example/config.json',
  },
}

const data = mkdtempSync(join(tmpdir(), 'taoforge-fetch-'))
const resources = mkdtempSync(join(tmpdir(), 'taoforge-resources-'))
// The check keeps 256 MiB for everything else.
const disk = smallDisk(320)
const server = new RangeServer(good)
let source: string
let host: OwnHost
let session: HostSession

async function open(): Promise<void> {
  host = await startHostWith(data, resources)
  session = await sessionWith(host)
  await session.must('network.select', { kind: 'practice' })
  await session.until<{ state: string }>('network.status', ({ state }) => state === 'ready')
}
async function killed(): Promise<void> {
  await host.crash()
  await session.close().catch(() => undefined)
  await open()
}
const view = () => session.until<View>('oneClick.watch')
const until = (wanted: (now: View) => boolean) => session.until<View>('oneClick.watch', wanted)
const stands = () => until(({ phase }) => phase !== 'running')
const code = async (name: string, input: object = {}): Promise<string> => {
  const reply = await session.call(name, input)
  return reply.ok ? 'it was not refused' : (reply.error as { code: string }).code
}
const most = async (): Promise<string> => (await view()).terms?.place?.mostCost ?? '0'
const firstByte = ({ range }: { readonly range: string | undefined }): number =>
  Number(/^bytes=(\d+)/.exec(range ?? '')?.[1] ?? 0)

beforeAll(async () => {
  cpSync(sourceResources, resources, { recursive: true })
  writeFileSync(join(resources, 'models.json'), JSON.stringify({ models: [ENTRY] }))
  source = await server.start()
  await open()
  await importWallet(session)
  await session.must('settings.change', { models: { source, ...(disk ? { folder: disk.folder } : {}) } })
}, 120_000)
afterAll(async () => {
  await session?.close()
  await host?.stop()
  await server.stop()
  disk?.remove()
  for (const folder of [data, resources]) rmSync(folder, { recursive: true, force: true })
}, 60_000)

describe('one press, with a model that has to come first', { timeout: 90_000 }, () => {
  test('asks nobody for a byte before its licence is accepted; said once at a terminal, it goes on', async () => {
    const without = await taoforge(['mine', 'go', '--model', 'small', '--yes-spend-up-to', '0', '--data', data])
    expect(without.json).toMatchObject({ ok: false, error: { code: 'model/licence-not-accepted' } })
    expect([server.asked.length, (await view()).step]).toEqual([0, 'download'])
    server.behave = (_request, response) => response.writeHead(404).end()
    const args = ['--accept-licence', 'Apache-2.0', '--yes-spend-up-to', '0']
    const gone = await taoforge(['mine', 'go', '--model', 'small', ...args, '--data', data])
    expect(gone.json).toMatchObject({ ok: false, error: { code: 'model/download-failed' } })
    expect(await view()).toMatchObject({ phase: 'failed', step: 'download' })
    server.behave = undefined
  })

  test.runIf(disk)('a disk that is full ends it before a byte, and in the middle; the part stays', async () => {
    disk?.fill()
    const { length } = server.asked
    await session.must('oneClick.resume')
    expect(await stands()).toMatchObject({ phase: 'failed', step: 'check', error: { code: 'storage/disk-full' } })
    expect(server.asked.length).toBe(length)
    disk?.empty()
    server.slowMs = 250
    await session.must('oneClick.resume')
    await until(({ step, fraction = 0 }) => step === 'download' && fraction > 0.1)
    disk?.fill()
    const ended = await stands()
    expect(ended).toMatchObject({ phase: 'failed', step: 'download', error: { code: 'storage/disk-full' } })
    disk?.empty()
  })

  test('killed in the middle, it goes on with its part; of what came wrong one piece comes again', async () => {
    server.slowMs = 250
    server.behave = (request, response, nth) => {
      server.bytes = request.headers.range === WRONG_PIECE ? good : wrong
      server.serve(request, response, nth)
    }
    await session.must('oneClick.resume')
    await until(({ step, fraction = 0 }) => step === 'download' && fraction > 0.5)
    await killed()
    expect(await view()).toMatchObject({ phase: 'stopped', stoppedBy: 'restart', step: 'download' })
    server.slowMs = 0
    const { length } = server.asked
    await session.must('oneClick.resume')
    expect(await stands()).toMatchObject({ phase: 'asking', step: 'confirm' })
    const asked = server.asked.slice(length)
    expect(firstByte(asked[0] ?? { range: undefined })).toBeGreaterThan(0)
    expect(asked.at(-1)?.range).toBe(WRONG_PIECE)
    expect(asked.filter(({ range }) => range === WRONG_PIECE)).toHaveLength(1)
  })
})

describe('then its place', { timeout: 90_000 }, () => {
  test('that got dearer than what was agreed to is asked about again, before anything is spent', async () => {
    await session.must('wallet.unlock', { name: 'a', password: LONG_PASSWORD })
    const before = await freeBalance(session)
    const agreed = await most()
    const { endpoint } = await session.until<{ endpoint?: string }>('network.status')
    await takePlaces(endpoint ?? '', 2, 2)
    expect(await code('oneClick.confirm', { mostCost: agreed })).toBe('register/price-above-limit')
    expect(await view()).toMatchObject({ phase: 'asking', step: 'confirm' })
    expect(BigInt(await most())).toBeGreaterThan(BigInt(agreed))
    expect(await freeBalance(session)).toBe(before)
  })

  test('is paid for once, though it was killed while it was sent', async () => {
    const before = BigInt(await freeBalance(session))
    const mostCost = await most()
    void session.call('oneClick.confirm', { mostCost }).catch(() => undefined)
    const file = join(data, 'one-click.json')
    while (!readFileSync(file, 'utf8').includes('"sent":"')) await new Promise((resolve) => setTimeout(resolve, 5))
    await killed()
    expect(await view()).toMatchObject({ phase: 'stopped', step: 'register' })
    await session.must('wallet.unlock', { name: 'a', password: LONG_PASSWORD })
    await session.must('oneClick.resume')
    let now = await stands()
    // What never got into a block is asked about again, and not sent by itself.
    if (now.phase !== 'mining') {
      expect(BigInt(await freeBalance(session))).toBe(before)
      if (now.phase === 'failed') await session.must('oneClick.resume')
      now = await stands()
      await session.must('oneClick.confirm', { mostCost: await most() })
      now = await stands()
    }
    expect(now).toMatchObject({ phase: 'mining', step: 'mine' })
    const sent = await session.until<readonly Sent[]>('activity.watch')
    expect(sent.filter(({ kind, stage }) => kind === 'register' && stage !== 'failed')).toHaveLength(1)
    const spent = before - BigInt(await freeBalance(session))
    expect(spent).toBeGreaterThan(0n)
    expect(spent).toBeLessThan(2n * BigInt(mostCost))
    expect((await session.until<{ model?: { name: string } }>('mining.status')).model?.name).toContain('Self-test')
  })

  test('and it earns', async () => {
    await session.until<Earned>(
      'earnings.watch',
      ({ data: now }) => now?.rows.some((row) => row.source === 'mined' && BigInt(row.earned) > 0n) === true,
    )
    await session.must('mining.stop')
  })
})
