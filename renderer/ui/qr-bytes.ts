import encodeQR from 'qr'
import decodeQR from 'qr/decode.js'

/** Light modules around the code that a scanner needs. @source ISO/IEC 18004, 4 modules */
const QUIET = 4
/** Some light and some focus are missing in most pictures: a quarter of a second of trying is not felt. */
const EFFORT = { timeLimit: 250, effort: 4 } as const

const fromHex = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
/** Letters stand for bytes, so that nothing is lost between the code and whoever reads it. */
const textDecoder = (bytes: Uint8Array): string => String.fromCharCode(...bytes)

/** Rows of a code that holds bytes as they are; true is dark. */
export const codeOfBytes = (hex: string): readonly (readonly boolean[])[] =>
  encodeQR(textDecoder(fromHex(hex)), 'raw', {
    ecc: 'medium',
    border: QUIET,
    encoding: 'byte',
    textEncoder: (text) => Uint8Array.from(text, (letter) => letter.charCodeAt(0)),
  })

export interface Picture {
  readonly width: number
  readonly height: number
  /** Red, green, blue, opacity of each point. */
  readonly data: Uint8ClampedArray
}

/** What the code in a picture holds, each letter one byte; `undefined` when none can be read. */
export function contentOfPicture({ width, height, data }: Picture): string | undefined {
  try {
    return decodeQR({ width, height, data }, { textDecoder, ...EFFORT })
  } catch {
    // No code in this picture: the next one may have it.
    return undefined
  }
}
