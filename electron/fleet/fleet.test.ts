import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer, connect as plainConnect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ConnectionOptions, connect, createServer as createTlsServer, type TLSSocket } from 'node:tls'
import { afterEach, describe, expect, test } from 'vitest'
import { FleetBook } from '../services/fleet-book.ts'
import { StorageFailure } from '../storage/storage.port.ts'
import type { FleetCaller, FleetDoorOptions, PairKey } from './fleet.port.ts'
import { fleetFile } from './fleet-file.ts'
import { FrameReader, writeFrame } from './frames.ts'
import { MOST_ANSWER_BYTES, MOST_KNOCKS, MOST_QUESTION_BYTES } from './limits.ts'
import { nodeFleet } from './node-fleet.ts'
import { TLS_OPTIONS } from './tls-options.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const pairOf = (byte: number): PairKey => nodeFleet.keyOfCode(new Uint8Array(16).fill(byte))
const PAIR = pairOf(1)
const never = new AbortController().signal

interface Opened {
  readonly port: number
  readonly refused: (string | undefined)[]
  readonly present: string[]
  readonly callers: FleetCaller[]
  drop(id: string): void
}
async function doorFor(pairs: readonly PairKey[], change: Partial<FleetDoorOptions> = {}): Promise<Opened> {
  const refused: (string | undefined)[] = []
  const present: string[] = []
  const callers: FleetCaller[] = []
  const door = await nodeFleet.openDoor({
    port: 0,
    onlyHere: true,
    keyOf: (id) => pairs.find((pair) => pair.id === id)?.key,
    onRefused: (id) => void refused.push(id),
    onPresence: (id, here) => void present.push(`${here ? '+' : '-'}${id}`),
    answer: async (caller, message) => {
      callers.push(caller)
      return { echo: message }
    },
    ...change,
  })
  if (!door.ok) throw new Error(door.error.code)
  closers.push(() => door.value.close())
  return { port: door.value.port, refused, present, callers, drop: door.value.drop }
}
const dialTo = (port: number, pair = PAIR) => nodeFleet.dial({ address: '127.0.0.1', port, pair }, never)
async function lineTo(port: number, pair = PAIR) {
  const line = await dialTo(port, pair)
  if (!line.ok) throw new Error(JSON.stringify(line))
  closers.push(() => line.value.close())
  return line.value
}
/** A connection with the key, on which anything can be said. */
const rawTo = (port: number, change: ConnectionOptions = {}): Promise<TLSSocket> =>
  new Promise((resolve, reject) => {
    const socket = connect(
      {
        ...TLS_OPTIONS,
        host: '127.0.0.1',
        port,
        rejectUnauthorized: false,
        pskCallback: () => ({ identity: PAIR.id, psk: PAIR.key }),
        ...change,
      },
      () => resolve(socket),
    )
    socket.on('error', reject)
    closers.push(() => socket.destroy())
  })
const closed = (socket: { once(event: 'close', listener: () => void): unknown; resume(): unknown }): Promise<void> =>
  new Promise((resolve) => {
    socket.resume()
    socket.once('close', () => resolve())
  })

describe('two that share a key', () => {
  test('find each other, and have a new key that only they know', async () => {
    const door = await doorFor([PAIR])
    const line = await lineTo(door.port)
    expect(await line.ask({ a: 1 })).toEqual({ ok: true, value: { echo: { a: 1 } } })
    expect(door.callers[0]).toEqual({ id: PAIR.id, fresh: line.fresh })
    const second = await lineTo(door.port)
    expect(second.fresh.id).not.toBe(line.fresh.id)
    expect(second.fresh.key).not.toEqual(line.fresh.key)
  })

  test('speak TLS 1.3 with a fresh key exchange: what was recorded stays closed when the key is stolen later', async () => {
    const door = await doorFor([PAIR])
    const socket = await rawTo(door.port)
    expect(socket.getProtocol()).toBe('TLSv1.3')
    // An ephemeral group is named only where one was agreed on.
    expect(JSON.stringify(socket.getEphemeralKeyInfo())).toMatch(/X25519|ECDH/)
  })

  test('are apart at once when one is dropped, and it is told who is there', async () => {
    const door = await doorFor([PAIR])
    const line = await lineTo(door.port)
    const gone = new Promise<void>((resolve) => line.onClosed(resolve))
    await line.ask({})
    door.drop(PAIR.id)
    await gone
    expect(await line.ask({})).toMatchObject({ ok: false, error: { kind: 'closed' } })
    expect(door.present).toEqual([`+${PAIR.id}`, `-${PAIR.id}`])
  })
})

describe('who has no key', () => {
  test.each<[string, PairKey]>([
    ['a name with another key', { id: PAIR.id, key: pairOf(2).key }],
    ['a name that is not known', pairOf(3)],
  ])('is refused: %s', async (_what, pair) => {
    const door = await doorFor([PAIR])
    expect(await dialTo(door.port, pair)).toMatchObject({ ok: false, error: { kind: 'refused' } })
    expect(door.refused).toEqual([pair.id])
    expect(door.callers).toEqual([])
  })

  test('is refused without any key, with an older TLS, and when it forgets that it asked for one', async () => {
    const door = await doorFor([PAIR])
    await expect(rawTo(door.port, { pskCallback: () => null })).rejects.toThrow()
    await expect(rawTo(door.port, { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2', ciphers: 'PSK' })).rejects.toThrow()
    expect(door.callers).toEqual([])
  })

  test('cannot come back with what a session left behind', async () => {
    const keys = [PAIR]
    const door = await doorFor(keys)
    const socket = await rawTo(door.port)
    const session = new Promise<Buffer>((resolve) => socket.once('session', resolve))
    socket.write(writeFrame({}, MOST_QUESTION_BYTES))
    socket.resume()
    const kept = await session
    keys.length = 0
    door.drop(PAIR.id)
    await expect(rawTo(door.port, { session: kept, pskCallback: () => null })).rejects.toThrow()
    expect(door.callers).toHaveLength(1)
  })

  test('is not spoken with after so many knocks', async () => {
    const door = await doorFor([PAIR])
    for (let knock = 0; knock < MOST_KNOCKS; knock += 1) await dialTo(door.port, pairOf(9))
    expect(door.refused).toHaveLength(MOST_KNOCKS)
    expect(await dialTo(door.port, pairOf(9))).toMatchObject({ ok: false, error: { kind: 'unreachable' } })
    expect(door.refused).toHaveLength(MOST_KNOCKS)
  })

  test('does not use up the knocks of its address by coming in', async () => {
    const door = await doorFor([PAIR])
    for (let visit = 0; visit < MOST_KNOCKS + 3; visit += 1) {
      const line = await lineTo(door.port)
      await line.ask({})
      line.close()
    }
    expect(await dialTo(door.port, pairOf(9))).toMatchObject({ ok: false, error: { kind: 'refused' } })
  })
})

describe('who stands in between', () => {
  /** With a certificate of its own, as whoever has no key must. */
  const imposter = async (options: object) => {
    const server = createTlsServer({ ...TLS_OPTIONS, ...options }, (socket) => socket.end('hello'))
    server.on('tlsClientError', () => undefined)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    closers.push(() => server.close())
    return (server.address() as AddressInfo).port
  }

  test('is refused with another key under the right name, and without a key', async () => {
    for (const options of [{ pskCallback: () => Buffer.from(pairOf(7).key) }, {}])
      expect(await dialTo(await imposter(options))).toMatchObject({ ok: false, error: { kind: 'refused' } })
  })

  test('sees nothing of what is said when it passes everything on', async () => {
    const door = await doorFor([PAIR])
    const seen: Buffer[] = []
    const between = createServer((from) => {
      const to = plainConnect(door.port, '127.0.0.1')
      for (const [a, b] of [
        [from, to],
        [to, from],
      ] as const)
        a.on('data', (piece: Buffer) => {
          seen.push(piece)
          b.write(piece)
        }).on('error', () => undefined)
      from.on('close', () => to.destroy())
    })
    await new Promise<void>((resolve) => between.listen(0, '127.0.0.1', resolve))
    closers.push(() => between.close())
    const line = await lineTo((between.address() as AddressInfo).port)
    expect(await line.ask({ hotkey: 'HEREIAM' })).toMatchObject({ ok: true })
    line.close()
    const all = Buffer.concat(seen)
    expect(all.includes('HEREIAM')).toBe(false)
    // What it does see: under which name the two speak.
    expect(all.includes(PAIR.id)).toBe(true)
  })
})

describe('who is in, and behaves badly', () => {
  const says = async (bytes: Buffer | readonly Buffer[]) => {
    const door = await doorFor([PAIR])
    const socket = await rawTo(door.port)
    const gone = closed(socket)
    for (const piece of [bytes].flat()) socket.write(piece)
    await gone
    return door
  }
  test.each<[string, Buffer]>([
    ['a length of four gigabytes', Buffer.from([255, 255, 255, 255])],
    ['a length of nothing', Buffer.alloc(4)],
    ['one byte more than it may', Buffer.from([0, 0, MOST_QUESTION_BYTES >> 8, (MOST_QUESTION_BYTES & 255) + 1])],
    ['no JSON', Buffer.concat([Buffer.from([0, 0, 0, 3]), Buffer.from('{x}')])],
    ['a page request', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
    ['many questions at once', Buffer.concat(Array.from({ length: 12 }, () => writeFrame({}, 100)))],
  ])('is sent away: %s', async (_what, bytes) => {
    const door = await says(bytes)
    expect(door.callers.length).toBeLessThanOrEqual(1)
  })

  test('an answer that is too long, or none at all, does not end the door', async () => {
    let turn = 0
    const door = await doorFor([PAIR], {
      answer: async () => {
        turn += 1
        if (turn === 1) return { text: 'x'.repeat(MOST_ANSWER_BYTES) }
        if (turn === 2) throw new Error('broken')
        return 'well'
      },
    })
    expect(await (await lineTo(door.port)).ask({})).toMatchObject({ ok: false, error: { kind: 'closed' } })
    expect(await (await lineTo(door.port)).ask({})).toMatchObject({ ok: false, error: { kind: 'closed' } })
    expect(await (await lineTo(door.port)).ask({})).toEqual({ ok: true, value: 'well' })
  })

  test.each<[string, readonly Buffer[]]>([
    ['an endless answer', [Buffer.from([0, 255, 255, 255])]],
    ['garbage', [Buffer.from('\u0000\u0000\u0000\u0009{"a":"b}}')]],
    ['two answers', [writeFrame(1, 100), writeFrame(2, 100)]],
  ])('a machine that sends %s is left', async (_what, pieces) => {
    const server = createTlsServer({ ...TLS_OPTIONS, pskCallback: () => Buffer.from(PAIR.key) }, (socket) => {
      socket.on('error', () => undefined)
      socket.once('data', () => socket.write(Buffer.concat([...pieces])))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    closers.push(() => server.close())
    const line = await lineTo((server.address() as AddressInfo).port)
    const gone = new Promise<void>((resolve) => line.onClosed(resolve))
    const asked = line.ask({})
    expect((await asked).ok).toBe(false)
    await gone
  })

  test('a place where nothing of ours listens says so', async () => {
    const server = createServer((socket) => socket.resume().end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    expect(await dialTo(port)).toMatchObject({ ok: false, error: { kind: 'unreachable' } })
    await new Promise((resolve) => server.close(resolve))
    expect(await dialTo(port)).toEqual({
      ok: false,
      error: { kind: 'unreachable', reason: 'nothing listens there' },
    })
  })
})

describe('messages', () => {
  test('come together from any pieces', () => {
    const all = Buffer.concat([writeFrame({ a: 'ü' }, 100), writeFrame([1, 2], 100)])
    for (const size of [1, 2, 3, 7, all.length]) {
      const reader = new FrameReader(100)
      const found: unknown[] = []
      for (let at = 0; at < all.length; at += size) found.push(...(reader.take(all.subarray(at, at + size)) ?? ['?']))
      expect(found).toEqual([{ a: 'ü' }, [1, 2]])
      expect(reader.isMidway()).toBe(false)
    }
  })

  test('end with the first that is none, for good', () => {
    const reader = new FrameReader(100)
    expect(reader.take(Buffer.from([0, 0, 0, 101]))).toBeUndefined()
    expect(reader.take(writeFrame(1, 100))).toBeUndefined()
    expect(() => writeFrame('x'.repeat(100), 100)).toThrow(RangeError)
  })
})

describe('the file of pairs', () => {
  const folder = () => {
    const path = mkdtempSync(join(tmpdir(), 'taoforge-fleet-'))
    closers.push(() => rmSync(path, { recursive: true, force: true }))
    return path
  }
  const KEPT = {
    door: { port: 8094, onlyHere: false },
    viewers: [{ ...PAIR, name: 'desk', mayControl: false, addedAtMs: 1 }],
    machines: [{ ...pairOf(4), name: 'rig', mayControl: true, addedAtMs: 2, address: '192.0.2.1', port: 8094 }],
  }

  test('keeps both sides, and only its owner can read it', () => {
    const path = join(folder(), 'deep', 'fleet.json')
    fleetFile(path).write(KEPT)
    expect(fleetFile(path).read()).toEqual(KEPT)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    const { door: _closed, ...shut } = KEPT
    fleetFile(path).write(shut)
    expect(fleetFile(path).read()).toEqual({ ...shut, door: undefined })
  })

  test('that cannot be read is set aside, not written over', () => {
    const where = folder()
    const path = join(where, 'fleet.json')
    writeFileSync(path, '{"version":1,"viewers":')
    expect(fleetFile(path).read()).toEqual({ viewers: [], machines: [] })
    fleetFile(path).write({ viewers: [], machines: [] })
    expect(readdirSync(where).sort()).toEqual(['fleet.json', 'fleet.json.unreadable'])
    expect(readFileSync(`${path}.unreadable`, 'utf8')).toBe('{"version":1,"viewers":')
  })

  test('that is there and gives nothing is not taken as empty, and nothing is written over it', () => {
    const path = join(folder(), 'fleet.json')
    mkdirSync(path)
    const book = new FleetBook(fleetFile(path))
    expect(() => fleetFile(path).read()).toThrow(StorageFailure)
    // Nobody is let in meanwhile.
    expect(book.kept()).toEqual({ viewers: [], machines: [] })
    expect(() => book.change({ viewers: KEPT.viewers })).toThrow(StorageFailure)
    rmSync(path, { recursive: true })
    fleetFile(path).write(KEPT)
    book.change({ door: undefined })
    expect(fleetFile(path).read()).toEqual({ ...KEPT, door: undefined })
  })
})
