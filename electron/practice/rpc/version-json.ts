import { compact } from '../node/header.ts'
import type { RuntimeVersion } from '../runtime.port.ts'

export const runtimeVersionJson = (version: RuntimeVersion): object => ({
  specName: version.specName,
  implName: version.implName,
  authoringVersion: version.authoringVersion,
  specVersion: version.specVersion,
  implVersion: version.implVersion,
  apis: version.apis.map(([id, apiVersion]) => [id, apiVersion]),
  transactionVersion: version.transactionVersion,
  systemVersion: version.stateVersion,
  stateVersion: version.stateVersion,
})

const u32 = (value: number): Uint8Array => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
const text = (value: string): Uint8Array => {
  const bytes = Buffer.from(value, 'utf8')
  return Buffer.concat([compact(bytes.length), bytes])
}

/** SCALE of `sp_version::RuntimeVersion`, the answer of `Core_version`. */
export function encodeRuntimeVersion(version: RuntimeVersion): Uint8Array {
  return new Uint8Array(
    Buffer.concat([
      text(version.specName),
      text(version.implName),
      u32(version.authoringVersion),
      u32(version.specVersion),
      u32(version.implVersion),
      compact(version.apis.length),
      ...version.apis.flatMap(([id, apiVersion]) => [Buffer.from(id.slice(2), 'hex'), u32(apiVersion)]),
      u32(version.transactionVersion),
      Uint8Array.of(version.stateVersion),
    ]),
  )
}
