import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { compareReadings } from '../../../../shared/signing/compare-readings.ts'
import type { Intent } from '../../../../shared/signing/intent.ts'
import type { SignerReading } from '../../../../shared/signing/reading.ts'
import { EVERY_INTENT } from '../../../../test/support/signing/every-intent.ts'
import { callBytesOf, payloadOf, practiceMetadata } from '../../../../test/support/signing/payloads.ts'
import { Runtime } from '../../../chain/polkadot/runtime/runtime.ts'
import { decodePayload } from '../../../chain/polkadot/tx/decode-payload.ts'
import { readWhole } from './check-payload.ts'
import { readingOf } from './reading-of.ts'
import { readRuntime } from './signing-runtime.ts'

const mainnet = new URL('../../../../../shared/data/metadata/finney-424-v16.scale', import.meta.url)
const present = existsSync(mainnet)
if (!present)
  process.stderr.write(`SKIPPED: real metadata is not there (${mainnet.pathname}); mainnet is not checked\n`)
const bytesOf = (): Uint8Array => {
  const file = readFileSync(mainnet)
  return new Uint8Array(file.subarray(file.indexOf('meta')))
}

/** Both readers of the app, on the same bytes. */
function bothOf(metadata: Uint8Array) {
  const runtime = readRuntime(metadata)
  const client = new Runtime(metadata)
  return (intent: Intent) => {
    let call: Uint8Array
    try {
      call = callBytesOf(runtime, intent)
    } catch {
      // A runtime of another age lacks this call.
      return undefined
    }
    const payload = payloadOf(runtime, call)
    const read = readWhole(runtime, payload)
    if (!read.ok) throw new Error(read.error.code)
    return { client: decodePayload(client, payload, 1000), signer: readingOf(read.value) }
  }
}

describe.each([['practice', practiceMetadata] as const, ...(present ? ([['mainnet 424', bytesOf]] as const) : [])])(
  'two readers of the bytes, %s',
  (_name, metadata) => {
    const both = bothOf(metadata())
    test.each(EVERY_INTENT.map((intent, at) => [`${at} ${intent.kind}`, intent] as const))(
      '%s: agree',
      (_kind, intent) => {
        const read = both(intent)
        if (read) expect(compareReadings(read.client, read.signer)).toEqual([])
      },
    )

    test.each(EVERY_INTENT.map((intent, at) => [`${at} ${intent.kind}`, intent] as const))(
      '%s: whatever one of them reads otherwise shows',
      (_kind, intent) => {
        const read = both(intent)
        if (!read) return
        for (const changed of everyChange(read.signer))
          expect(compareReadings(read.client, changed), JSON.stringify(changed)).not.toEqual([])
      },
    )
  },
)

/** The reading with one thing changed, for each thing in it. */
function* everyChange(reading: SignerReading): Generator<SignerReading> {
  yield { ...reading, nonce: reading.nonce + 1 }
  yield { ...reading, tip: '1' }
  yield { ...reading, genesis: `0x${'99'.repeat(32)}` }
  yield { ...reading, specVersion: reading.specVersion + 1 }
  const { eraPeriod: _mortal, ...immortal } = reading
  yield immortal
  for (const [at, call] of reading.calls.entries()) {
    const put = (other: typeof call): SignerReading => ({ ...reading, calls: reading.calls.with(at, other) })
    yield put({ ...call, call: 'System.remark' })
    yield { ...reading, calls: reading.calls.toSpliced(at, 1) }
    for (const [index, argument] of call.args.entries()) {
      yield put({ ...call, args: call.args.with(index, { ...argument, value: '424242' }) })
      yield put({ ...call, args: call.args.toSpliced(index, 1) })
    }
  }
}
