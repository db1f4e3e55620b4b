import { guarded } from '../../../electron/chain/polkadot/failure.ts'
import { metadataHashOf } from '../../../electron/chain/polkadot/runtime/metadata-hash.ts'
import { Runtime } from '../../../electron/chain/polkadot/runtime/runtime.ts'
import { decodePayload } from '../../../electron/chain/polkadot/tx/decode-payload.ts'
import { readWhole } from '../../../electron/keys/worker/signer/check-payload.ts'
import { RuntimeShelf } from '../../../electron/keys/worker/signer/runtime-shelf.ts'
import { readRuntime, type SigningRuntime } from '../../../electron/keys/worker/signer/signing-runtime.ts'
import type { TypeDef } from '../../../electron/keys/worker/signer/type-def.ts'
import { EVERY_INTENT } from '../../support/signing/every-intent.ts'
import { callBytesOf, payloadOf, practiceMetadata } from '../../support/signing/payloads.ts'
import type { Dice } from '../dice.ts'
import { spoiledBytes } from '../mutate.ts'
import { Finding, type Target } from '../target.ts'

/** Longest arrays, types that hold themselves, wrong numbers: what a lying node would try, besides noise. */
function spoiledMetadata(bytes: Uint8Array, dice: Dice): Uint8Array {
  if (dice.percent(50)) return spoiledBytes(bytes, dice)
  const changed = Uint8Array.from(bytes)
  for (let times = 1 + dice.below(40); times > 0; times -= 1) {
    const from = dice.below(changed.length - 8)
    // The definition of an array is 3, then its length in four bytes, most often a small one.
    const at = changed.findIndex((byte, i) => i >= from && byte === 3 && changed[i + 2] === 0 && changed[i + 3] === 0)
    if (at < 0) continue
    changed.set(
      dice.one([
        [0xff, 0xff, 0xff, 0xff],
        [0, 0, 0, 1],
        [0xff, 0xff, 0, 0],
      ]),
      at + 1,
    )
    if (dice.percent(50)) changed[at + 5] = dice.below(256) & 0xfc
  }
  return changed
}

const samplePayloads = (): readonly Uint8Array[] => {
  const runtime = readRuntime(practiceMetadata())
  return EVERY_INTENT.flatMap((intent) => {
    try {
      return [payloadOf(runtime, callBytesOf(runtime, intent))]
    } catch {
      return []
    }
  })
}

/** Metadata of a lying node, given to the signer; what it takes, it then reads payloads with. */
export const signerMetadata: Target = {
  name: 'metadata-signer',
  cases: 4_000,
  slice: 60,
  async prepare() {
    const bytes = practiceMetadata()
    const payloads = samplePayloads()
    return {
      make: (dice: Dice) => spoiledMetadata(bytes, dice),
      async run(input) {
        const shelf = new RuntimeShelf()
        const hash = await shelf.learn(input as Uint8Array)
        if (!hash.ok) return hash.error
        const runtime = shelf.get(hash.value)
        return runtime.ok ? payloads.map((payload) => readWhole(runtime.value, payload)) : runtime.error
      },
    }
  },
}

/** The same, given to the chain adapter. */
export const chainMetadata: Target = {
  name: 'metadata-chain',
  cases: 2_000,
  slice: 30,
  async prepare() {
    const bytes = practiceMetadata()
    const payloads = samplePayloads()
    return {
      make: (dice: Dice) => spoiledMetadata(bytes, dice),
      async run(input) {
        const made = await guarded(async () => {
          const runtime = new Runtime(input as Uint8Array)
          metadataHashOf(runtime.metadata)
          return runtime
        })
        if (!made.ok) return made.error
        return Promise.all(payloads.map((payload) => guarded(async () => decodePayload(made.value, payload, 1_000))))
      },
    }
  },
}

/** Any definition, of any kind, that points anywhere. */
function anyDef(dice: Dice, types: number): TypeDef {
  const of = dice.below(types + 2)
  const fields = Array.from({ length: dice.below(4) }, (_, at) => ({
    name: dice.percent(50) ? `f${at}` : '',
    type: of,
  }))
  return dice.one<TypeDef>([
    { kind: 'int', bytes: dice.one([1, 2, 4, 8, 16, 32]), signed: dice.percent(30) },
    { kind: 'bool' },
    { kind: 'text' },
    { kind: 'compact', of },
    { kind: 'sequence', of },
    { kind: 'array', of, length: dice.one([0, 1, 2, 32, 65_536, 2 ** 32 - 1]) },
    { kind: 'composite', fields },
    { kind: 'option', of },
    { kind: 'variant', variants: new Map([[dice.below(4), { name: 'v', index: 0, fields }]]) },
    { kind: 'unsupported' },
  ])
}

interface Lie {
  readonly changes: ReadonlyMap<number, TypeDef>
  readonly payload: Uint8Array
}

/** A type table that lies, past the parser: the reader must end, whatever the types say. */
export const lyingTypes: Target = {
  name: 'lying-types',
  cases: 100_000,
  slice: 1_500,
  async prepare() {
    const runtime = readRuntime(practiceMetadata())
    const payloads = samplePayloads()
    return {
      make(dice: Dice): Lie {
        const { length } = runtime.types
        const changes = new Map(
          Array.from({ length: 1 + dice.below(60) }, () => [dice.below(length), anyDef(dice, length)]),
        )
        return { changes, payload: spoiledBytes(dice.one(payloads), dice) }
      },
      run(input) {
        const { changes, payload } = input as Lie
        const types = runtime.types.map((def, at) => changes.get(at) ?? def)
        const lying: SigningRuntime = { ...runtime, types }
        const read = readWhole(lying, payload)
        if (read.ok && read.value.payloadHash.length !== 66) throw new Finding('read without a hash')
        return read.ok ? undefined : read.error
      },
    }
  },
}
