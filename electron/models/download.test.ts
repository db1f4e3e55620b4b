import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { RangeServer } from '../../test/support/range-server.ts'
import { type Download, type DownloadOptions, type DownloadProgress, downloadFile } from './download.ts'
import { PartFile, partBytes } from './part-file.ts'

const SIZE = 400_000
const PIECE = 65_536
const bytes = randomBytes(SIZE)
const hashOf = (data: Uint8Array): string => createHash('sha256').update(data).digest('hex')
const sha256 = hashOf(bytes)
const pieces = {
  lengthBytes: PIECE,
  sha256: Array.from({ length: Math.ceil(SIZE / PIECE) }, (_, at) =>
    hashOf(bytes.subarray(at * PIECE, (at + 1) * PIECE)),
  ),
}
const root = mkdtempSync(join(tmpdir(), 'taoforge-download-'))
let folder = ''
let target = ''
let server: RangeServer
let base = ''
let steps: DownloadProgress[] = []

beforeAll(async () => {
  server = new RangeServer(bytes)
  base = await server.start()
})
afterAll(async () => {
  await server.stop()
  rmSync(root, { recursive: true })
})
beforeEach(() => {
  folder = mkdtempSync(join(root, 'folder-'))
  target = join(folder, 'm.gguf')
  steps = []
})
afterEach(() => {
  server.asked.splice(0)
  Object.assign(server, { bytes, etag: '"one"', ranges: true, behave: undefined, slowMs: 0, mostOpen: 0, sentBytes: 0 })
  server.cut = () => undefined
})

const run = (over: Partial<Download> = {}, options: Partial<DownloadOptions> = {}) =>
  downloadFile(
    { url: `${base}/file`, target, sizeBytes: SIZE, sha256, ...over },
    {
      freeBytes: async () => undefined,
      onProgress: (step) => steps.push(step),
      signal: new AbortController().signal,
      retryMs: 1,
      smallestShareBytes: 20_000,
      ...options,
    },
  )
const isWhole = (): boolean => readFileSync(target).equals(bytes) && readdirSync(folder).join() === 'm.gguf'
const rangesAsked = () => server.asked.map(({ range }) => range)
const bytesAsked = () =>
  server.asked.reduce((sum, { range }) => {
    const found = /^bytes=(\d+)-(\d+)$/.exec(range ?? '')
    return sum + (found ? Number(found[2]) + 1 - Number(found[1]) : SIZE)
  }, 0)
const failure = async (over?: Partial<Download>, options?: Partial<DownloadOptions>) => {
  const result = await run(over, options)
  return result.ok ? undefined : result.error
}

test('a server that goes on writing after the file is left', { timeout: 20_000 }, async () => {
  server.behave = (request, response) => {
    const [from = 0] = (/bytes=(\d+)-/.exec(request.headers.range ?? '') ?? []).slice(1).map(Number)
    response.writeHead(206, { 'content-range': `bytes ${from}-${SIZE - 1}/${SIZE}` })
    response.write(bytes.subarray(from))
    const more = setInterval(() => response.write('more of it'), 5)
    response.on('close', () => clearInterval(more))
  }
  expect(await run({}, { connections: 1 })).toEqual({ ok: true, value: undefined })
  expect(isWhole()).toBe(true)
})

describe('over several connections', () => {
  test('fetches every byte once, checks, and leaves only the file', async () => {
    server.slowMs = 5
    expect(await run()).toEqual({ ok: true, value: undefined })
    expect(isWhole()).toBe(true)
    expect(server.mostOpen).toBe(4)
    expect(rangesAsked()[0]).toBe('bytes=0-99999')
    expect(steps.some(({ connections }) => connections === 4)).toBe(true)
    expect(steps.at(-1)).toMatchObject({ step: 'checking', bytes: SIZE })
    expect(server.asked.every(({ headers }) => !('cookie' in headers) && !('authorization' in headers))).toBe(true)
  })

  test('one is enough where one is wished, and where the server gives no ranges', async () => {
    expect((await run({}, { connections: 1 })).ok).toBe(true)
    expect(server.asked).toHaveLength(1)
    rmSync(target)
    server.ranges = false
    server.etag = undefined
    expect((await run()).ok).toBe(true)
    expect(server.asked).toHaveLength(2)
    expect(isWhole()).toBe(true)
  })

  test('takes over from a connection that is slow', async () => {
    server.behave = (request, response, nth) => {
      // The first answer gives a little and then nothing: the others finish their own and then its half, again and again.
      if (nth > 0) return server.serve(request, response, nth)
      response.writeHead(206, { 'content-range': `bytes 0-99999/${SIZE}`, etag: '"one"' })
      response.write(bytes.subarray(0, 10_000))
    }
    expect((await run({}, { stallMs: 500 })).ok).toBe(true)
    expect(isWhole()).toBe(true)
    expect(rangesAsked().length).toBeGreaterThan(5)
  })

  test('cut connections go on where they were, and with the tag of what was there', async () => {
    server.cut = (nth) => (nth < 6 ? 30_000 : undefined)
    expect((await run()).ok).toBe(true)
    expect(isWhole()).toBe(true)
    // A share that another connection took over is sent twice at most in part, however slow the machine is.
    expect(server.sentBytes).toBeLessThan(1.5 * SIZE)
    expect(server.asked.slice(1).every(({ ifRange }) => ifRange === '"one"')).toBe(true)
  })

  test('a server that allows one connection gets one', async () => {
    server.behave = (request, response, nth) => {
      if (server.open > 1) response.writeHead(429, { 'retry-after': '0' }).end()
      else server.serve(request, response, nth)
    }
    server.slowMs = 2
    expect((await run()).ok).toBe(true)
    expect(isWhole()).toBe(true)
  })

  test('a limit holds for all connections together', async () => {
    const began = performance.now()
    expect((await run({}, { bytesPerSecond: 1_000_000 })).ok).toBe(true)
    // 400 kB at 1 MB/s, less the last piece of each connection, after which nobody waits.
    expect(performance.now() - began).toBeGreaterThan(100)
  })
})

describe('pause and go on', () => {
  test('a cancel keeps what is there, and nothing of it is fetched again', async () => {
    const stop = new AbortController()
    server.slowMs = 40
    const running = run({}, { signal: stop.signal })
    await expect.poll(() => steps.at(-1)?.bytes ?? 0).toBeGreaterThan(100_000)
    stop.abort()
    expect(await running).toEqual({ ok: false, error: { code: 'contract/cancelled' } })
    const kept = await partBytes(target)
    expect(kept).toBeGreaterThan(100_000)
    server.asked.splice(0)
    server.slowMs = 0
    expect((await run({}, { connections: 1 })).ok).toBe(true)
    expect(bytesAsked()).toBe(SIZE - kept)
    expect(isWhole()).toBe(true)
  })

  test('another source continues it: the hash says what it is, its tags do not', async () => {
    const part = await PartFile.open({ target, sizeBytes: SIZE, of: sha256 })
    await part.write(0, bytes.subarray(0, 300_000))
    part.setTag('https://elsewhere.example/file', '"theirs"')
    await part.save()
    await part.close()
    expect((await run({}, { connections: 1 })).ok).toBe(true)
    expect(bytesAsked()).toBe(100_000)
    expect(server.asked[0]?.ifRange).toBeUndefined()
  })

  test.each([
    ['no journal', 'nothing'],
    ['half a journal', '{"version":2,"of":'],
    ['ranges beyond the file', JSON.stringify({ version: 2, of: sha256, sizeBytes: SIZE, done: [[0, SIZE + 1]] })],
    [
      'ranges that overlap',
      JSON.stringify({
        version: 2,
        of: sha256,
        sizeBytes: SIZE,
        done: [
          [0, 9],
          [5, 20],
        ],
      }),
    ],
    ['another file', JSON.stringify({ version: 2, of: 'f'.repeat(64), sizeBytes: SIZE, done: [[0, 1000]] })],
    ['more than the part has', JSON.stringify({ version: 2, of: sha256, sizeBytes: SIZE, done: [[0, 200_000]] })],
  ])('a part with %s is not believed', async (_, journal) => {
    writeFileSync(`${target}.part`, Buffer.alloc(100_000, 7))
    if (journal !== 'nothing') writeFileSync(`${target}.part.json`, journal)
    expect((await run()).ok).toBe(true)
    expect(isWhole()).toBe(true)
    expect(bytesAsked()).toBeGreaterThanOrEqual(SIZE)
  })

  test('a part that somebody cut is not believed', async () => {
    const part = await PartFile.open({ target, sizeBytes: SIZE, of: sha256 })
    await part.write(0, bytes.subarray(0, 200_000))
    await part.save()
    await part.close()
    truncateSync(`${target}.part`, 1_000)
    expect(await partBytes(target)).toBe(0)
    expect((await run()).ok && isWhole()).toBe(true)
  })
})

describe('a server that changes its mind', () => {
  test('another tag is another file: everything is fetched anew', async () => {
    const part = await PartFile.open({ target, sizeBytes: SIZE, of: sha256 })
    await part.write(0, Buffer.alloc(200_000, 1))
    part.setTag(`${base}/file`, '"old"')
    await part.save()
    await part.close()
    expect((await run()).ok).toBe(true)
    expect(isWhole()).toBe(true)
    expect(server.asked[0]?.ifRange).toBe('"old"')
  })

  test('tags that differ in every answer mean nothing', async () => {
    server.behave = (request, response, nth) => {
      server.etag = `"${nth}"`
      delete request.headers['if-range']
      server.serve(request, response, nth)
    }
    expect((await run()).ok && isWhole()).toBe(true)
  })
})

describe('redirects', () => {
  const redirectTo = (location: string) => {
    server.behave = (request, response, nth) =>
      request.url === '/file' ? response.writeHead(302, { location }).end() : server.serve(request, response, nth)
  }

  test('are followed to the same host and nowhere without encryption', async () => {
    redirectTo('/cdn?signature=1')
    expect((await run()).ok && isWhole()).toBe(true)
    rmSync(target)
    redirectTo('http://models.example/file')
    expect(await failure()).toMatchObject({
      code: 'model/download-failed',
      reason: expect.stringMatching(/not encrypted/),
    })
    redirectTo('https://name:secret@models.example/file')
    expect(await failure()).toMatchObject({ reason: expect.stringMatching(/a name or a password/) })
    redirectTo('/file')
    expect(await failure()).toMatchObject({ reason: expect.stringMatching(/more than 5 times/) })
  })

  test('Hugging Face names hash and size of a large file before it: a wrong one is not fetched', async () => {
    server.behave = (_request, response) =>
      response.writeHead(302, { location: '/cdn', 'x-linked-etag': `"${'f'.repeat(64)}"` }).end()
    expect(await failure()).toMatchObject({ code: 'model/hash-mismatch', expected: sha256, actual: 'f'.repeat(64) })
    server.behave = (_request, response) => response.writeHead(302, { location: '/cdn', 'x-linked-size': '5' }).end()
    expect(await failure()).toMatchObject({ code: 'model/download-failed', reason: expect.stringMatching(/5 bytes/) })
    expect(server.asked.every(({ url }) => url === '/file')).toBe(true)
  })
})

describe('wrong bytes', () => {
  const damaged = (...at: number[]): Buffer => {
    const wrong = Buffer.from(bytes)
    for (const one of at) wrong[one] = (wrong[one] ?? 0) ^ 0xff
    return wrong
  }

  test('without pieces all of it is thrown away, and nothing says which part it was', async () => {
    server.bytes = damaged(150_000)
    const error = await failure()
    expect(error).toMatchObject({ code: 'model/hash-mismatch', expected: sha256 })
    expect(error).not.toHaveProperty('wrongPieces')
    expect(readdirSync(folder)).toEqual([])
  })

  test('with pieces only the wrong ones are fetched again, at once', async () => {
    server.bytes = damaged(10, 150_000, SIZE - 1)
    server.behave = (request, response, nth) => {
      if (steps.some(({ step }) => step === 'checking')) server.bytes = bytes
      server.serve(request, response, nth)
    }
    expect((await run({ pieces }, { connections: 1 })).ok && isWhole()).toBe(true)
    const again = bytesAsked() - SIZE
    expect(again).toBe(2 * PIECE + (SIZE % PIECE))
  })

  test('a source that stays wrong is given up; the good pieces stay for the next', async () => {
    server.bytes = damaged(150_000)
    expect(await failure({ pieces })).toMatchObject({ code: 'model/hash-mismatch', wrongPieces: 1 })
    expect(await partBytes(target)).toBe(SIZE - PIECE)
    expect(existsSync(target)).toBe(false)
    server.bytes = bytes
    server.asked.splice(0)
    expect((await run({ pieces }, { connections: 1 })).ok && isWhole()).toBe(true)
    expect(bytesAsked()).toBe(PIECE)
  })
})

describe('refusals', () => {
  const answering = (status: number, headers = {}) => {
    server.behave = (_request, response) => response.writeHead(status, headers).end()
  }
  test.each([
    [404, {}, /answered 404/, 1],
    [401, {}, /wants an account/, 1],
    [416, {}, /answered 416/, 1],
    [503, { 'retry-after': '0' }, /busy \(answer 503\)/, 9],
    [206, { 'content-range': 'bytes 7-9/10' }, /another file or at another place/, 1],
    [200, { 'content-length': '5' }, /5 bytes instead of/, 1],
  ])('answer %s', async (status, headers, reason, times) => {
    answering(status, headers)
    expect(await failure()).toMatchObject({ code: 'model/download-failed', reason: expect.stringMatching(reason) })
    expect(server.asked).toHaveLength(times)
  })

  test('a connection that is cut again and again without a byte', async () => {
    server.behave = (_request, response) => response.destroy()
    expect(await failure()).toMatchObject({ code: 'model/download-failed' })
    expect(server.asked).toHaveLength(5)
  })

  test('a server that falls silent', async () => {
    server.behave = (_request, response) =>
      void response.writeHead(206, { 'content-range': `bytes 0-99999/${SIZE}` }).flushHeaders()
    expect(await failure({}, { stallMs: 30, connections: 1 })).toMatchObject({
      reason: expect.stringMatching(/nothing arrived for 1 seconds/),
    })
  })

  test('an address that is not encrypted, outside of this computer', async () => {
    expect(await failure({ url: 'http://192.0.2.1/file' })).toMatchObject({
      reason: expect.stringMatching(/not encrypted/),
    })
  })

  test('a disk without room, before a byte is fetched and while it fills', async () => {
    const full = { code: 'storage/disk-full', path: folder }
    expect(await failure({}, { freeBytes: async () => 1_000_000 })).toMatchObject(full)
    expect(server.asked).toEqual([])
    // Bytes that are there have their room already.
    const part = await PartFile.open({ target, sizeBytes: SIZE, of: sha256 })
    await part.write(0, bytes.subarray(0, 390_000))
    await part.save()
    await part.close()
    expect((await run({}, { freeBytes: async () => 64 * 1024 ** 2 + 10_000 })).ok).toBe(true)
  })
})
