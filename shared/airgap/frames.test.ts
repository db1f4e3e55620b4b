import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FRAME_BYTES, framesOf, type Gathered, gather, joinFrames, MOST_BYTES } from './frames.ts'

const content = (length: number) => Uint8Array.from({ length }, (_, at) => (at * 31 + 5) & 255)
const framed = (length: number): readonly Uint8Array[] => {
  const frames = framesOf(content(length))
  if (!frames.ok) throw new Error(frames.error.code)
  return frames.value
}
const damaged = (what: string) => ({ ok: false, error: { code: 'airgap/damaged', what } })

test('a frame says how many there are and which it is, as other wallets write it', () => {
  const [first, second] = framed(FRAME_BYTES + 2)
  expect([...(first ?? []).slice(0, 6)]).toEqual([0, 0, 2, 0, 0, content(1)[0]])
  expect([...(second ?? [])]).toEqual([0, 0, 2, 0, 1, ...content(FRAME_BYTES + 2).slice(FRAME_BYTES)])
})

test('whatever the order, and however often each comes, the content is the same', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5 * FRAME_BYTES }),
      fc.array(fc.nat({ max: 40 }), { maxLength: 30 }),
      (length, extra) => {
        const frames = framed(length)
        const shown = [...extra.map((n) => frames[n % frames.length] as Uint8Array), ...[...frames].reverse()]
        expect(joinFrames(shown)).toEqual({ ok: true, value: content(length) })
      },
    ),
    { numRuns: 60 },
  )
})

test('a single code without a series is taken as it is', () => {
  expect(joinFrames([Uint8Array.of(0x53, 1, 2)])).toEqual({ ok: true, value: Uint8Array.of(0x53, 1, 2) })
})

describe('refuses', () => {
  const [first, second, third] = framed(3 * FRAME_BYTES) as [Uint8Array, Uint8Array, Uint8Array]
  const changed = (frame: Uint8Array, at: number, value: number) =>
    Uint8Array.from(frame, (byte, i) => (i === at ? value : byte))

  test('a series with a gap', () => {
    expect(joinFrames([first, third])).toEqual(damaged('1 of 3 codes are missing'))
    expect(joinFrames([])).toEqual(damaged('no code at all'))
  })

  test('codes of two series, and two that contradict each other', () => {
    expect(joinFrames([first, framed(10)[0] as Uint8Array])).toEqual(damaged('a code of another series'))
    expect(joinFrames([first, Uint8Array.of(0x53)])).toEqual(damaged('a code of another series'))
    expect(joinFrames([first, changed(first, 7, 99)])).toEqual(damaged('two codes of one number that differ'))
  })

  test('a code that says it is one too many, or nothing', () => {
    expect(joinFrames([changed(second, 4, 3)])).toEqual(damaged('a code that does not fit its series'))
    expect(joinFrames([first.subarray(0, 5)])).toEqual(damaged('a code that does not fit its series'))
    expect(joinFrames([new Uint8Array()])).toEqual(damaged('an empty code'))
    expect(joinFrames([Uint8Array.of(0, 255, 255, 0, 0, 1)])).toEqual(damaged('a series of 65535 codes'))
  })

  test('more than it would keep, before it has kept it', () => {
    const part = new Uint8Array(MOST_BYTES / 2)
    let gathered: Gathered | undefined
    let last: ReturnType<typeof gather> | undefined
    for (let index = 0; index < 4; index += 1) {
      last = gather(gathered, Uint8Array.of(0, 0, 4, 0, index, ...part))
      if (last.ok) gathered = last.value
    }
    expect(last).toEqual(damaged(`more than ${MOST_BYTES} bytes`))
    expect(framesOf(new Uint8Array(MOST_BYTES + 1))).toMatchObject(damaged(`${MOST_BYTES + 1} bytes`))
    expect(framesOf(new Uint8Array())).toMatchObject({ ok: false })
  })
})
