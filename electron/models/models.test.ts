import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type CatalogueEntry, readCatalogue } from './catalogue.ts'
import type { ModelProgress } from './models.port.ts'
import { createModels, type ModelsOptions } from './models.ts'
import { SELF_TEST_SHA256, selfTestModel } from './self-test-model.ts'

const body = Buffer.alloc(300_000, 'a language model would be here. ')
const sha256 = createHash('sha256').update(body).digest('hex')
const never = new AbortController().signal
const root = mkdtempSync(join(tmpdir(), 'taoforge-models-'))
let folder = ''
let source = ''

/** What the server got and does; one test sets it at a time. */
let requests: { url: string; range: string | undefined; ifRange: string | undefined }[] = []
let behave: (request: IncomingMessage, response: ServerResponse) => void
const server = createServer((request, response) => {
  const { range, 'if-range': ifRange } = request.headers
  requests.push({ url: request.url ?? '', range, ifRange: ifRange as string | undefined })
  behave(request, response)
})

/** Cuts once the client has stored everything: an earlier cut may lose what is on its way, and then how much is chance. */
function cutAfterStored(response: ServerResponse, piece: Buffer, storedBytes: number): void {
  response.write(piece)
  const watch = setInterval(() => {
    if (readPart().length < storedBytes && !response.destroyed) return
    clearInterval(watch)
    response.destroy()
  }, 5)
}

/** A server that honours ranges, and cuts the connection after so many bytes. */
function serve({ bytes = body, etag = '"one"', cutAfter = Number.POSITIVE_INFINITY } = {}): typeof behave {
  return ({ headers }, response) => {
    const wanted = headers['if-range'] === undefined || headers['if-range'] === etag
    const from = wanted ? Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0) : 0
    const end = bytes.length - 1
    if (from > 0) response.writeHead(206, { 'content-range': `bytes ${from}-${end}/${bytes.length}`, etag })
    else response.writeHead(200, { 'content-length': bytes.length, etag })
    const piece = bytes.subarray(from, from + cutAfter)
    if (from + piece.length === bytes.length) response.end(piece)
    else cutAfterStored(response, piece, from + piece.length)
  }
}

const entry = (over: Partial<CatalogueEntry> = {}): CatalogueEntry => ({
  id: 'small',
  name: 'Small',
  use: 'For tests.',
  source,
  revision: 'a'.repeat(40),
  file: 'small.gguf',
  sizeBytes: body.length,
  sha256,
  quant: 'Q4_K_M',
  licence: 'MIT',
  licenceUrl: 'https://example.org/licence',
  shape: {
    layers: 10,
    heads: 8,
    keyHeads: 8,
    headLength: 64,
    width: 512,
    contextLength: 2048,
    vocabularySize: 1000,
    source: 'https://example.org/config.json',
  },
  ...over,
})
const models = (over: Partial<ModelsOptions> = {}, one: Partial<CatalogueEntry> = {}) =>
  createModels({ folder, catalogue: [entry(one)], retryMs: 1, ...over })
const left = (): string[] => readdirSync(folder).sort()

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  source = `http://127.0.0.1:${(server.address() as AddressInfo).port}/maker/model`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
  rmSync(root, { recursive: true })
})
beforeEach(() => {
  folder = mkdtempSync(join(root, 'folder-'))
  requests = []
  behave = serve()
})

describe('download', () => {
  test('fetches the pinned revision, checks it, reports both steps, and leaves only the file', async () => {
    const steps: ModelProgress[] = []
    const made = models()
    expect((await made.list()).find(({ id }) => id === 'small')).toMatchObject({ state: 'absent', downloadedBytes: 0 })
    const result = await made.download('small', { progress: (step) => steps.push(step) }, never)
    expect(result).toMatchObject({ ok: true, value: { state: 'ready', downloadedBytes: body.length } })
    expect(requests[0]?.url).toBe(`/maker/model/resolve/${'a'.repeat(40)}/small.gguf`)
    for (const step of ['downloading', 'checking'] as const) {
      expect(steps).toContainEqual({ id: 'small', downloadedBytes: body.length, totalBytes: body.length, step })
    }
    expect(left()).toEqual(['small.gguf'])
    const path = await made.pathOf('small')
    expect(path.ok && readFileSync(path.value).equals(body)).toBe(true)
  })

  test('asks for nothing that is there already', async () => {
    await models().download('small', {}, never)
    requests = []
    expect((await models().download('small', {}, never)).ok).toBe(true)
    expect(requests).toEqual([])
  })

  test('continues where the connection was cut, as often as it takes', async () => {
    behave = serve({ cutAfter: 100_000 })
    expect((await models().download('small', {}, never)).ok).toBe(true)
    expect(requests.map(({ range }) => range)).toEqual([undefined, 'bytes=100000-', 'bytes=200000-'])
    expect(requests[1]?.ifRange).toBe('"one"')
  })

  test('follows a redirect, also when it continues', async () => {
    const file = serve({ cutAfter: 200_000 })
    behave = (request, response) => {
      if (request.url?.startsWith('/elsewhere')) file(request, response)
      else response.writeHead(302, { location: '/elsewhere?signature=1' }).end()
    }
    expect((await models().download('small', {}, never)).ok).toBe(true)
    expect(requests.at(-1)).toMatchObject({ url: '/elsewhere?signature=1', range: 'bytes=200000-', ifRange: '"one"' })
  })

  test('a cancel keeps the part; a later program continues it', async () => {
    behave = serve({ cutAfter: 100_000 })
    const controller = new AbortController()
    const made = models({ retryMs: 60_000 })
    const running = made.download('small', {}, controller.signal)
    await expect.poll(() => readPart().length).toBe(100_000)
    expect((await made.list())[1]).toMatchObject({ state: 'downloading' })
    controller.abort()
    expect(await running).toEqual({ ok: false, error: { code: 'contract/cancelled' } })
    behave = serve()
    const later = models()
    expect((await later.list())[1]).toMatchObject({ state: 'partial', downloadedBytes: 100_000 })
    expect((await later.download('small', {}, never)).ok).toBe(true)
    expect(requests.at(-1)).toMatchObject({ range: 'bytes=100000-' })
  })

  test('starts again when the file on the server is another one than the part came from', async () => {
    seedPart({ etag: '"old"' })
    expect((await models().download('small', {}, never)).ok).toBe(true)
    expect(requests).toMatchObject([{ range: 'bytes=1000-', ifRange: '"old"' }])
  })

  test.each([
    ['another revision', { url: 'http://127.0.0.1/other' }],
    ['another file', { sha256: 'f'.repeat(64) }],
    ['nothing known', 'not json'],
  ])('throws a part of %s away', async (_, journal) => {
    seedPart(journal)
    expect((await models().download('small', {}, never)).ok).toBe(true)
    expect(requests).toMatchObject([{ range: undefined }])
  })

  test('a wrong file is refused and deleted', async () => {
    const wrong = Buffer.from(body)
    wrong[150_000] = 0
    behave = serve({ bytes: wrong })
    const result = await models().download('small', {}, never)
    expect(result).toMatchObject({ ok: false, error: { code: 'model/hash-mismatch', expected: sha256 } })
    expect(left()).toEqual([])
  })

  test.each([
    ['404', (response: ServerResponse) => response.writeHead(404).end(), /404/],
    [
      'a shorter file',
      (response: ServerResponse) => response.writeHead(200, { 'content-length': 5 }).end('hello'),
      /5 bytes/,
    ],
    [
      'a longer file',
      (response: ServerResponse) => void response.write(Buffer.concat([body, body])),
      /more than the file/,
    ],
    [
      'a range of its own choice',
      (r: ServerResponse) => r.writeHead(206, { 'content-range': 'bytes 7-9/10' }).end('abc'),
      /another/,
    ],
    ['no answer at all', (response: ServerResponse) => response.destroy(), /./],
  ])('%s ends as model/download-failed', async (_, answer, reason) => {
    behave = (_request, response) => void answer(response)
    const result = await models().download('small', {}, never)
    if (result.ok || result.error.code !== 'model/download-failed') throw new Error(JSON.stringify(result))
    expect(result.error.reason).toMatch(reason)
    expect(left()).not.toContain('small.gguf')
  })

  test('a disk without room is found before a byte is fetched', async () => {
    const result = await models({ freeBytes: async () => 1_000_000 }).download('small', {}, never)
    expect(result).toMatchObject({ ok: false, error: { code: 'storage/disk-full', path: folder } })
    expect(requests).toEqual([])
  })

  test('one download of a model at a time, and no removal during it', async () => {
    behave = serve({ cutAfter: 1_000 })
    const controller = new AbortController()
    const made = models({ retryMs: 60_000 })
    const first = made.download('small', {}, controller.signal)
    await expect.poll(() => requests.length).toBe(1)
    const busy = { ok: false, error: { code: 'model/busy', id: 'small' } }
    expect(await made.download('small', {}, never)).toEqual(busy)
    expect(await made.remove('small')).toEqual(busy)
    controller.abort()
    await first
    expect((await made.remove('small')).ok).toBe(true)
    expect(left()).toEqual([])
  })

  test('an unknown id is refused', async () => {
    expect(await models().download('none', {}, never)).toMatchObject({ ok: false, error: { code: 'model/unknown' } })
  })
})

describe('the list', () => {
  test('makes the self-test model on demand, and repairs a damaged one', async () => {
    const made = models({ folder: join(folder, 'not', 'there') })
    for (const damage of [false, true]) {
      const path = await made.pathOf('self-test')
      if (!path.ok) throw new Error(path.error.code)
      expect(createHash('sha256').update(readFileSync(path.value)).digest('hex')).toBe(SELF_TEST_SHA256)
      if (!damage) writeFileSync(path.value, 'damaged')
    }
  })

  test('says what is not downloaded and what is unknown', async () => {
    expect(await models().pathOf('small')).toEqual({ ok: false, error: { code: 'model/not-downloaded', id: 'small' } })
    expect(await models().pathOf('none')).toEqual({ ok: false, error: { code: 'model/unknown', id: 'none' } })
  })

  test('says what fits, and that it does not know without the machine', async () => {
    const machine = { memoryTotalBytes: 8e9, memoryFreeBytes: 4e9, vramFreeBytes: undefined, cores: 4 }
    const fits = async (sizeBytes: number, room = true): Promise<unknown> => {
      const made = models(room ? { room: async () => machine } : {}, { sizeBytes })
      const [, one] = await made.list()
      const [, reserved] = await made.list({ memoryBytes: 4e9 })
      return [one?.fits, reserved?.fits]
    }
    expect(await fits(1e9)).toEqual(['fits', 'does-not-fit'])
    expect(await fits(9e9)).toEqual(['does-not-fit', 'does-not-fit'])
    expect(await fits(1e9, false)).toEqual(['unknown', 'unknown'])
  })

  test('tells of changes', async () => {
    const made = models()
    let changes = 0
    const stop = made.onChange(() => {
      changes += 1
    })
    await made.download('small', {}, never)
    expect(changes).toBe(2)
    stop()
    await made.remove('small')
    expect(changes).toBe(2)
  })
})

describe('import', () => {
  test('names a file where it lies; removing forgets it and leaves the file', async () => {
    const own = join(folder, 'own.gguf')
    writeFileSync(own, selfTestModel())
    const made = models()
    const added = await made.importFile(own)
    if (!added.ok) throw new Error(added.error.code)
    expect(added.value).toMatchObject({ origin: 'imported', state: 'ready', quant: 'F32', file: 'own.gguf' })
    expect((await made.importFile(own)).ok).toBe(true)
    const again = models()
    expect((await again.list()).filter(({ origin }) => origin === 'imported')).toHaveLength(1)
    expect(await again.pathOf(added.value.id)).toEqual({ ok: true, value: own })
    expect((await again.remove(added.value.id)).ok).toBe(true)
    expect((await again.list()).filter(({ origin }) => origin === 'imported')).toHaveLength(0)
    expect(readFileSync(own).equals(selfTestModel())).toBe(true)
  })

  test('a file that went away is told', async () => {
    const own = join(folder, 'own.gguf')
    writeFileSync(own, selfTestModel())
    const made = models()
    const added = await made.importFile(own)
    rmSync(own)
    const id = added.ok ? added.value.id : ''
    expect((await made.list()).at(-1)).toMatchObject({ state: 'absent', downloadedBytes: 0 })
    expect(await made.pathOf(id)).toEqual({ ok: false, error: { code: 'model/file-missing', file: own } })
  })

  test.each([
    ['a missing file', 'model/file-missing', () => join(folder, 'none.gguf')],
    ['a folder', 'model/broken', () => folder],
    ['a foreign file', 'model/broken', () => written(Buffer.from('PK\u0003\u0004 and so on'))],
    ['an empty file', 'model/broken', () => written(Buffer.alloc(0))],
    ['a cut file', 'model/broken', () => written(selfTestModel().subarray(0, 300_000))],
  ])('%s is refused', async (_, code, path) => {
    expect(await models().importFile(path())).toMatchObject({ ok: false, error: { code } })
  })
})

test('the shipped catalogue is well-formed', async () => {
  const shipped = await readCatalogue(new URL('../../resources/models.json', import.meta.url).pathname)
  expect(shipped.length).toBeGreaterThan(0)
})

const readPart = (): Buffer => {
  try {
    return readFileSync(join(folder, 'small.gguf.part'))
  } catch {
    return Buffer.alloc(0)
  }
}
/** A part of 1,000 bytes with a journal that differs from a fitting one as told. */
function seedPart(journal: object | string): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'small.gguf.part'), body.subarray(0, 1000))
  const url = `${source}/resolve/${'a'.repeat(40)}/small.gguf`
  const text = typeof journal === 'string' ? journal : JSON.stringify({ url, sha256, etag: '"one"', ...journal })
  writeFileSync(join(folder, 'small.gguf.part.json'), text)
}
function written(bytes: Buffer): string {
  writeFileSync(join(folder, 'some.gguf'), bytes)
  return join(folder, 'some.gguf')
}
