import { existsSync, readFileSync } from 'node:fs'
import { practiceMetadata } from '../../support/signing/payloads.ts'

const folder = new URL('../../../../shared/data/metadata/', import.meta.url)
const FILES = ['finney-424-v16', 'finney-393-v16', 'finney-365-v16', 'runtime-293-v15'] as const

/** Metadata of the practice chain, and of four runtimes of mainnet where their files are there. */
export function everyMetadata(): readonly Uint8Array[] {
  const real = existsSync(folder)
    ? FILES.map((name) => {
        const bytes = readFileSync(new URL(`${name}.scale`, folder))
        return new Uint8Array(bytes.subarray(bytes.indexOf('meta')))
      })
    : []
  return [practiceMetadata(), ...real]
}
