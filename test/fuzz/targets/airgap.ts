import { framesOf, type Gathered, gather } from '../../../shared/airgap/frames.ts'
import { readSignature } from '../../../shared/airgap/signature.ts'
import {
  readUnsigned,
  readUnsignedFile,
  type Unsigned,
  unsignedBytes,
  unsignedFile,
} from '../../../shared/airgap/unsigned.ts'
import type { Dice } from '../dice.ts'
import { jsonOf, spoiledBytes, spoiledStructure, spoiledText } from '../mutate.ts'
import { Finding, SECRET_HEX, SECRET_PHRASE, type Target } from '../target.ts'

/** The smallest metadata proof there is: no leaf, no node, an extrinsic without extensions. */
const PROOF = Uint8Array.of(0, 0, 0, 4, 21, 21, 21, 0, 1, 0, 0, 0, 4, 0x78, 42, 0, 9, 12, 0x54, 0x41, 0x4f)
const UNSIGNED: Unsigned = {
  scheme: 'sr25519',
  signer: new Uint8Array(32).fill(0xf4),
  proof: PROOF,
  payload: Uint8Array.from({ length: 900 }, (_, at) => at & 255),
  callBytes: 700,
  genesis: new Uint8Array(32).fill(0xb0),
}
const FILE = unsignedFile(UNSIGNED, { address: '5abc', network: 'Practice', specVersion: 1, validUntilBlock: 128 })
const SIGNATURE = `01${'ab'.repeat(64)}`

interface Shown {
  readonly frames: readonly Uint8Array[]
  readonly text: string
}

/** Codes from a camera, files and pasted text on their way over the air gap. */
export const airgap: Target = {
  name: 'airgap',
  cases: 60_000,
  slice: 1_500,
  async prepare() {
    const bytes = unsignedBytes(UNSIGNED)
    const series = framesOf(bytes)
    if (!series.ok) throw new Error(series.error.code)
    const frames = series.value
    const fileIn = (dice: Dice) =>
      dice.percent(60) ? jsonOf(spoiledStructure(JSON.parse(FILE), dice)) : spoiledText(FILE, dice)
    return {
      make(dice: Dice): Shown {
        const shown = Array.from({ length: 1 + dice.below(6) }, () => dice.one([...frames, bytes]))
        const texts = [fileIn(dice), spoiledText(SIGNATURE, dice), spoiledText(SECRET_PHRASE, dice), `0x${SECRET_HEX}`]
        return {
          frames: shown.map((frame) => (dice.percent(50) ? spoiledBytes(frame, dice) : frame)),
          text: dice.one(texts),
        }
      },
      run(input) {
        const { frames: codes, text } = input as Shown
        const outcomes: unknown[] = []
        let gathered: Gathered | undefined
        for (const code of codes) {
          const next = gather(gathered, code)
          if (next.ok) gathered = next.value
          else outcomes.push(next.error)
        }
        for (const whole of [gathered?.content, ...codes]) {
          const read = whole && readUnsigned(whole)
          if (!whole || !read) continue
          outcomes.push(read.ok || read.error)
          // The length of the call may have come in a longer form than we write; everything else is as it came.
          const again = read.ok ? readUnsigned(unsignedBytes(read.value)) : read
          if (jsonOf(again) !== jsonOf(read)) throw new Finding('what was read is not what would be sent on')
        }
        const file = readUnsignedFile(text)
        const signature = readSignature(text, 'sr25519')
        return [outcomes, file.ok || file.error, signature.ok || signature.error]
      },
    }
  },
}
