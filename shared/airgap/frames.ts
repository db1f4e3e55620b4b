import type { AppError } from '../errors.ts'
import { ok, type Result } from '../result.ts'
import { damaged } from './damaged.ts'
import { joined, sameBytes } from './hex.ts'

/**
 * Bytes of content in one code: fits version 24 at medium correction, which phones and cheap cameras still read from a
 * screen. Other programs cut at 1,024.
 */
export const FRAME_BYTES = 800
/** A transaction with its proof has some thousand bytes. More is not taken in, whatever the frames announce. */
export const MOST_BYTES = 65_536
const MOST_FRAMES = 256
const HEADER = 5
/** @source parity-signer `qr_reader_phone/src/process_payload.rs`, LegacyMulti */
const MULTI = 0x00

/**
 * Cuts content for codes that are shown one after the other: `00`, number of frames, number of this frame (both 16 bits,
 * big end first), part.
 * @errors airgap/damaged when it is empty, or too large to be shown
 */
export function framesOf(content: Uint8Array): Result<readonly Uint8Array[], AppError> {
  if (content.length === 0 || content.length > MOST_BYTES) return damaged(`${content.length} bytes`)
  const count = Math.ceil(content.length / FRAME_BYTES)
  const header = (index: number) => Uint8Array.of(MULTI, count >> 8, count & 255, index >> 8, index & 255)
  return ok(
    Array.from({ length: count }, (_, index) =>
      joined(header(index), content.subarray(index * FRAME_BYTES, (index + 1) * FRAME_BYTES)),
    ),
  )
}

/** Codes seen so far; in any order, each as often as it comes. */
export interface Gathered {
  readonly total: number
  readonly parts: ReadonlyMap<number, Uint8Array>
  /** Set when the last part has come. */
  readonly content?: Uint8Array
}

/**
 * Takes one more code in.
 * @param before `undefined` at first
 * @errors airgap/damaged for what is no frame, or a frame of another series
 */
export function gather(before: Gathered | undefined, frame: Uint8Array): Result<Gathered, AppError> {
  if (frame.length === 0) return damaged('an empty code')
  if (frame[0] !== MULTI) return before && before.total > 1 ? damaged('a code of another series') : single(frame)
  const [, countHigh = 0, countLow = 0, indexHigh = 0, indexLow = 0] = frame
  const total = (countHigh << 8) | countLow
  const index = (indexHigh << 8) | indexLow
  const part = frame.subarray(HEADER)
  if (frame.length <= HEADER || total === 0 || index >= total) return damaged('a code that does not fit its series')
  if (total > MOST_FRAMES) return damaged(`a series of ${total} codes`)
  if (before && before.total !== total) return damaged('a code of another series')
  const known = before?.parts.get(index)
  if (known && !sameBytes(known, part)) return damaged('two codes of one number that differ')
  if (before && known) return ok(before)
  const parts = new Map(before?.parts).set(index, part)
  return complete({ total, parts })
}

function single(content: Uint8Array): Result<Gathered, AppError> {
  if (content.length > MOST_BYTES) return damaged(`${content.length} bytes`)
  return ok({ total: 1, parts: new Map([[0, content]]), content })
}

function complete({ total, parts }: Gathered): Result<Gathered, AppError> {
  const size = [...parts.values()].reduce((sum, part) => sum + part.length, 0)
  if (size > MOST_BYTES) return damaged(`more than ${MOST_BYTES} bytes`)
  if (parts.size < total) return ok({ total, parts })
  const content = joined(...Array.from({ length: total }, (_, index) => parts.get(index) ?? new Uint8Array()))
  return ok({ total, parts, content })
}

/** @errors airgap/damaged also when some are missing */
export function joinFrames(frames: readonly Uint8Array[]): Result<Uint8Array, AppError> {
  let gathered: Gathered | undefined
  for (const frame of frames) {
    const next = gather(gathered, frame)
    if (!next.ok) return next
    gathered = next.value
  }
  if (!gathered) return damaged('no code at all')
  return gathered.content
    ? ok(gathered.content)
    : damaged(`${gathered.total - gathered.parts.size} of ${gathered.total} codes are missing`)
}
