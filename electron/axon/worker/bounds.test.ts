import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MAX_DEPTH, parseBoundedJson } from './bounded-json.ts'
import { Buckets, senderOf } from './buckets.ts'
import { Ending } from './ending.ts'
import { BoundedQueue } from './queue.ts'

describe('Buckets', () => {
  test('allow a burst, then the rate, per name', () => {
    const buckets = new Buckets(2, 1)
    const taken = [0, 0, 0, 500, 1_000, 1_000].map((at) => buckets.take('a', at))
    expect(taken).toEqual([true, true, false, false, true, false])
    expect(buckets.take('b', 0)).toBe(true)
  })
  test('a charge makes a debt', () => {
    const buckets = new Buckets(2, 1)
    buckets.charge('a', 4, 0)
    expect([buckets.take('a', 2_000), buckets.take('a', 3_000)]).toEqual([false, true])
  })
  test('a clock that goes back gives nothing', () => {
    const buckets = new Buckets(1, 1)
    expect([buckets.take('a', 5_000), buckets.take('a', 0), buckets.take('a', 500)]).toEqual([true, false, false])
  })
  test('remembers a bounded number of names', () => {
    const buckets = new Buckets(1, 0.001)
    buckets.take('first', 0)
    for (let i = 0; i < 10_000; i++) buckets.take(`name ${i}`, 0)
    expect(buckets.take('first', 0)).toBe(true)
    expect(buckets.take('name 9999', 0)).toBe(false)
  })
})

describe('senderOf', () => {
  test.each([
    ['8.8.8.8', '8.8.8.8'],
    ['::ffff:8.8.8.8', '8.8.8.8'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2::9', '2001:db8:1:2'],
    ['2001:db8::9', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    [undefined, 'unknown'],
  ])('%s counts as %s', (address, sender) => expect(senderOf(address)).toBe(sender))
})

describe('parseBoundedJson', () => {
  const bytes = (text: string) => new TextEncoder().encode(text)
  const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
  test('counts nesting, not brackets in text', () => {
    expect(parseBoundedJson(bytes(nested(MAX_DEPTH))).ok).toBe(true)
    expect(parseBoundedJson(bytes(nested(MAX_DEPTH + 1))).ok).toBe(false)
    const text = JSON.stringify({ a: `${nested(500)}\\"${nested(500)}"` })
    expect(parseBoundedJson(bytes(text))).toEqual({ ok: true, value: JSON.parse(text) })
  })
  test('agrees with JSON.parse on everything shallow, and never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json({ maxDepth: 5 }), fc.string()), (text) => {
        let expected: unknown
        try {
          expected = { ok: true, value: JSON.parse(text) }
        } catch {
          expected = { ok: false, error: 'not JSON' }
        }
        expect(parseBoundedJson(bytes(text))).toEqual(expected)
      }),
    )
    fc.assert(fc.property(fc.uint8Array(), (raw) => void parseBoundedJson(raw)))
  })
  test('refuses broken UTF-8', () => {
    expect(parseBoundedJson(Uint8Array.of(0x22, 0xff, 0x22))).toEqual({ ok: false, error: 'not JSON' })
  })
})

describe('Ending', () => {
  test('is told once to each that listens, at once to who comes late, and never to who no longer listens', () => {
    const ending = new Ending()
    const heard: string[] = []
    const gone = () => heard.push('gone')
    ending.whenOver(() => heard.push('first'))
    ending.whenOver(gone)
    ending.whenOver(() => heard.push('second'))
    ending.forget(gone)
    expect([ending.over, heard]).toEqual([false, []])
    ending.end()
    ending.end()
    ending.whenOver(() => heard.push('late'))
    expect([ending.over, heard]).toEqual([true, ['first', 'second', 'late']])
  })
})

describe('BoundedQueue', () => {
  test('never runs more than it may, never forgets anyone, whatever leaves', async () => {
    const plan = fc.array(fc.constantFrom<'enter' | 'release' | 'leave'>('enter', 'release', 'leave'), {
      maxLength: 60,
    })
    await fc.assert(
      fc.asyncProperty(plan, fc.integer({ min: 1, max: 3 }), fc.nat(3), async (steps, concurrency, room) => {
        const queue = new BoundedQueue(concurrency, room)
        const places: (() => void)[] = []
        const waiting: Ending[] = []
        let ended = 0
        let asked = 0
        for (const step of steps) {
          if (step === 'release') places.shift()?.()
          else if (step === 'leave') waiting.shift()?.end()
          else {
            const ending = new Ending()
            asked += 1
            waiting.push(ending)
            void queue.enter(ending, BigInt(asked % 3)).then((place) => {
              waiting.splice(waiting.indexOf(ending), waiting.includes(ending) ? 1 : 0)
              if (typeof place === 'function') places.push(place)
              else ended += 1
            })
          }
          await new Promise((resolve) => setImmediate(resolve))
          expect(queue.state.running).toBeLessThanOrEqual(concurrency)
          expect(queue.state.waiting).toBeLessThanOrEqual(room)
          expect(queue.state.running).toBe(places.length)
        }
        while (places.length > 0) {
          places.shift()?.()
          ended += 1
          await new Promise((resolve) => setImmediate(resolve))
        }
        expect(queue.state).toEqual({ running: 0, waiting: 0, room })
        expect(ended).toBeLessThanOrEqual(asked)
      }),
    )
  })

  test('a place given back twice counts once', async () => {
    const queue = new BoundedQueue(2, 0)
    const ending = new Ending()
    const [first] = [await queue.enter(ending, 0n), await queue.enter(ending, 0n)]
    if (typeof first !== 'function') throw new Error('no place')
    first()
    first()
    expect(queue.state.running).toBe(1)
  })

  test('serves the highest stake first, equals in turn, and sends the lowest away for a higher one', async () => {
    const queue = new BoundedQueue(1, 3)
    const ending = new Ending()
    const first = await queue.enter(ending, 0n)
    if (typeof first !== 'function') throw new Error('no place')
    const ends: string[] = []
    const come = (name: string, priority: bigint) =>
      queue.enter(ending, priority).then((place) => {
        ends.push(`${name} ${typeof place === 'function' ? 'runs' : place}`)
        if (typeof place === 'function') place()
      })
    const all = [come('a', 1n), come('b', 5n), come('c', 5n), come('d', 1n), come('e', 9n)]
    await Promise.all([all[3], all[0]])
    expect(ends).toEqual(['d full', 'a full'])
    first()
    await Promise.all(all)
    expect(ends.slice(2)).toEqual(['e runs', 'b runs', 'c runs'])
  })
})
