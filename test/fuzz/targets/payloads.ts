import { ChainFailure } from '../../../electron/chain/polkadot/failure.ts'
import { Runtime } from '../../../electron/chain/polkadot/runtime/runtime.ts'
import { decodePayload } from '../../../electron/chain/polkadot/tx/decode-payload.ts'
import { intentOfCall } from '../../../electron/chain/polkadot/tx/intent-of-call.ts'
import { callsWithin, callText, readWholeCall } from '../../../electron/chain/polkadot/tx/read-call.ts'
import { checkPayload, readWhole } from '../../../electron/keys/worker/signer/check-payload.ts'
import { readingOf } from '../../../electron/keys/worker/signer/reading-of.ts'
import { readRuntime, type SigningRuntime } from '../../../electron/keys/worker/signer/signing-runtime.ts'
import type { Intent } from '../../../shared/signing/intent.ts'
import { EVERY_INTENT } from '../../support/signing/every-intent.ts'
import { callBytesOf, GENESIS, payloadOf } from '../../support/signing/payloads.ts'
import type { Dice } from '../dice.ts'
import { spoiledBytes } from '../mutate.ts'
import { Finding, type Target } from '../target.ts'
import { everyMetadata } from './runtimes.ts'

interface Sample {
  readonly intent: Intent
  readonly call: Uint8Array
  readonly payload: Uint8Array
}

/** Every intent whose call the runtime has, as the bytes that would be signed. */
function samplesOf(runtime: SigningRuntime): readonly Sample[] {
  return EVERY_INTENT.flatMap((intent) => {
    try {
      const call = callBytesOf(runtime, intent)
      return [{ intent, call, payload: payloadOf(runtime, call) }]
    } catch {
      return []
    }
  })
}

interface Case {
  readonly runtime: number
  readonly sample: number
  readonly bytes: Uint8Array
}

const startsWith = (bytes: Uint8Array, start: Uint8Array): boolean =>
  Buffer.from(bytes.subarray(0, start.length)).equals(Buffer.from(start))

function anyCase(dice: Dice, samples: readonly (readonly Sample[])[]): Case {
  const runtime = dice.below(samples.length)
  const of = samples[runtime] ?? []
  const sample = dice.below(of.length)
  const payload = of[sample]?.payload ?? new Uint8Array()
  return { runtime, sample, bytes: dice.percent(1) ? payload : spoiledBytes(payload, dice) }
}

/** The reader of the signer: what it agrees to sign is, in its call, what was asked for, byte for byte. */
export const signerPayloads: Target = {
  name: 'payload-signer',
  cases: 200_000,
  slice: 2_000,
  async prepare() {
    const runtimes = everyMetadata().map(readRuntime)
    const samples = runtimes.map(samplesOf)
    return {
      make: (dice: Dice) => anyCase(dice, samples),
      run(input) {
        const { runtime: at, sample: which, bytes } = input as Case
        const [runtime, sample] = [runtimes[at], samples[at]?.[which]]
        if (!runtime || !sample) return undefined
        const { intent, call } = sample
        const signer = intent.kind === 'serve-axon' ? { hotkey: 'miner' } : 'coldkey'
        const agreed = checkPayload(runtime, { payload: bytes, intent, signer, genesis: GENESIS })
        if (agreed.ok && !startsWith(bytes, call)) throw new Finding('another call would be signed')
        const read = readWhole(runtime, bytes)
        return [agreed.ok || agreed.error, read.ok ? readingOf(read.value) : read.error]
      },
    }
  },
}

/** What the reader throws by design is a failure with a code; anything else is a finding. */
function orFailure<T>(run: () => T): T | string {
  try {
    return run()
  } catch (cause) {
    if (cause instanceof ChainFailure) return cause.error.code
    throw cause
  }
}

/** The reader of the chain adapter; where both readers take the bytes, they say the same call. */
export const chainPayloads: Target = {
  name: 'payload-chain',
  cases: 120_000,
  slice: 1_500,
  async prepare() {
    const every = everyMetadata()
    const [runtimes, chains] = [every.map(readRuntime), every.map((bytes) => new Runtime(bytes))]
    const samples = runtimes.map(samplesOf)
    return {
      make: (dice: Dice) => anyCase(dice, samples),
      run(input) {
        const { runtime: at, bytes } = input as Case
        const [runtime, chain] = [runtimes[at], chains[at]]
        if (!runtime || !chain) return undefined
        const decoded = orFailure(() => decodePayload(chain, bytes, 1_000))
        const signer = readWhole(runtime, bytes)
        if (signer.ok && typeof decoded !== 'string') {
          const { call, nonce, genesis } = decoded
          const same = [signer.value.call.call, Number(signer.value.nonce), signer.value.genesis]
          if (JSON.stringify([call, nonce, genesis]) !== JSON.stringify(same))
            throw new Finding('two readers, two readings')
        }
        const alone = orFailure(() => {
          const call = readWholeCall(chain, bytes)
          return [callText(call), callsWithin(call).length, intentOfCall(call)?.kind]
        })
        return [decoded, alone]
      },
    }
  },
}
