import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { explainDispatchError, explainedRefusals } from '../../../../shared/words/explain-dispatch-error.ts'
import { practiceMetadata } from '../../../../test/support/signing/payloads.ts'
import { Runtime } from '../runtime/runtime.ts'

const folder = new URL('../../../../../shared/data/metadata/', import.meta.url)
const present = existsSync(folder)
if (!present)
  process.stderr.write(`SKIPPED: real metadata is not there (${folder.pathname}); mainnet’s refusals are not checked\n`)
const FILES = ['finney-424-v16', 'finney-393-v16', 'finney-365-v16', 'runtime-293-v15'] as const

/** Pallets that a wallet or miner comes across; all others speak for themselves. */
const OURS =
  /^(SubtensorModule|Swap|Balances|Proxy|Multisig|Utility|System|MevShield|LimitOrders|Commitments|SafeMode|AdminUtils)\./

interface Named {
  readonly name: string
  readonly docs: string
}
/** All errors of all pallets. An index has one byte. */
function errorsOf(metadata: Uint8Array): readonly Named[] {
  const runtime = new Runtime(metadata)
  const bytes = Array.from({ length: 256 }, (_, index) => index)
  return bytes.flatMap((pallet) => bytes.flatMap((code) => runtime.moduleError(pallet, code) ?? []))
}
function metadataOf(file: string): Uint8Array {
  const bytes = readFileSync(new URL(`${file}.scale`, folder))
  return new Uint8Array(bytes.subarray(bytes.indexOf('meta')))
}

function everyNameHasWords(errors: readonly Named[]): void {
  const ours = errors.map(({ name }) => name).filter((name) => OURS.test(name))
  expect(ours.length).toBeGreaterThan(50)
  expect(ours.filter((name) => !explainedRefusals.includes(name))).toEqual([])
  for (const { name, docs } of errors.filter((error) => !OURS.test(error.name))) {
    const { why } = explainDispatchError({ name, docs, block: 7 })
    expect(why.toLowerCase(), name).toContain(
      docs
        .replace(/\s+/g, ' ')
        .replace(/[\s.]+$/, '')
        .toLowerCase(),
    )
  }
}

test('every refusal of the practice network has words', () => everyNameHasWords(errorsOf(practiceMetadata())))

describe.skipIf(!present)('every refusal of mainnet', () => {
  test.each(FILES)('%s has words, or those of the chain', (file) => everyNameHasWords(errorsOf(metadataOf(file))))
})
