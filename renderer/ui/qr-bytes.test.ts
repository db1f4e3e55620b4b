import encodeQR from 'qr'
import { expect, test } from 'vitest'
import { framesOf, joinFrames } from '../../shared/airgap/frames.ts'
import { hexOf } from '../../shared/airgap/hex.ts'
import { signatureText } from '../../shared/airgap/signature.ts'
import { codeOfBytes, contentOfPicture, type Picture } from './qr-bytes.ts'

/** As a camera sees it: grey instead of black and white, each point a little off, darker towards one side. */
function photographed(rows: readonly (readonly boolean[])[], points: number): Picture {
  const size = rows.length * points
  const data = new Uint8ClampedArray(size * size * 4)
  let noise = 7
  for (let at = 0; at < size * size; at += 1) {
    const [x, y] = [at % size, Math.floor(at / size)]
    noise = (noise * 1_103_515_245 + 12_345) & 0x7fffffff
    const dark = rows[Math.floor(y / points)]?.[Math.floor(x / points)] === true
    const grey = (dark ? 60 : 190) + (noise % 24) - 12 - Math.floor((30 * x) / size)
    data.set([grey, grey, grey, 255], at * 4)
  }
  return { width: size, height: size, data }
}
const bytesIn = (content: string | undefined) => Uint8Array.from(content ?? '', (letter) => letter.charCodeAt(0))

test('a transaction of several codes comes back from their pictures, byte for byte', () => {
  // Every byte there is, zero and above 127 among them.
  const content = Uint8Array.from({ length: 2_345 }, (_, at) => (at * 37 + (at >> 8)) & 255)
  const frames = framesOf(content)
  if (!frames.ok) throw new Error(frames.error.code)
  expect(frames.value.length).toBe(3)
  const seen = frames.value.map((frame) => bytesIn(contentOfPicture(photographed(codeOfBytes(hexOf(frame)), 3))))
  expect(joinFrames(seen.reverse())).toEqual({ ok: true, value: content })
})

test('a signature comes back from its picture', () => {
  const text = signatureText(Uint8Array.from({ length: 65 }, (_, at) => (at * 11 + 1) & 255))
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: 4 })
  expect(contentOfPicture(photographed(rows, 4))).toBe(text)
})

test('a picture without a code holds nothing', () => {
  expect(
    contentOfPicture(
      photographed(
        [
          [true, false],
          [false, true],
        ],
        60,
      ),
    ),
  ).toBeUndefined()
})
