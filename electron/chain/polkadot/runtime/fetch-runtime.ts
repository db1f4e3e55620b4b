import { z } from 'zod'
import { badAnswer } from '../failure.ts'
import type { JsonRpc } from '../net/json-rpc.ts'
import { RpcError } from '../net/rpc-error.ts'
import { fromHex } from '../scale/bytes.ts'
import { Cursor } from '../scale/cursor.ts'
import type { MetadataCache, RuntimeId } from './metadata-cache.ts'
import { Runtime } from './runtime.ts'

/** SCALE u32 15: the first metadata version that describes runtime APIs, and the newest that is not still moving. */
const V15 = '0x0f000000'

/**
 * The runtime of a chain at a version: from the disk where it was met before, from the node otherwise.
 * @param at block hash; the newest block if left out
 */
export async function runtimeOf(
  id: RuntimeId,
  { rpc, cache, at }: { readonly rpc: JsonRpc; readonly cache: MetadataCache; readonly at?: string },
): Promise<Runtime> {
  const kept = await cache.load(id)
  if (kept) {
    const runtime = readable(kept)
    if (runtime?.version.specVersion === id.specVersion) return runtime
    await cache.forget(id)
  }
  const fetched = await fetchRuntime(rpc, at)
  // What calls itself another version is read as what it is, and not kept under this name.
  if (fetched.version.specVersion === id.specVersion) await cache.store(id, fetched.metadata.bytes)
  return fetched
}

function readable(bytes: Uint8Array): Runtime | undefined {
  try {
    return new Runtime(bytes)
  } catch {
    return undefined
  }
}

/**
 * Reads the runtime's metadata, V15 where it is served. A runtime that only serves V14 connects, but all that needs
 * runtime APIs then answers `chain/unsupported`.
 */
async function fetchRuntime(rpc: JsonRpc, at?: string): Promise<Runtime> {
  const block = at === undefined ? [] : [at]
  try {
    const answer = await rpc.request('state_call', ['Metadata_metadata_at_version', V15, ...block])
    const metadata = unwrap(fromHex(answer, 'metadata'))
    if (metadata) return new Runtime(metadata)
  } catch (cause) {
    // An old runtime does not know the function; anything else is a failure.
    if (!(cause instanceof RpcError)) throw cause
  }
  return new Runtime(fromHex(await rpc.request('state_getMetadata', block), 'metadata'))
}

/** `Option<OpaqueMetadata>`: opaque = length and bytes. */
function unwrap(bytes: Uint8Array): Uint8Array | undefined {
  const cursor = new Cursor(bytes, 'metadata')
  return cursor.bool() ? cursor.take(cursor.length()) : undefined
}

const version = z.looseObject({ specVersion: z.number().int().nonnegative() })

/** The spec version in an answer of `state_getRuntimeVersion` or a notification. */
export function versionIn(raw: unknown): number {
  const parsed = version.safeParse(raw)
  return parsed.success ? parsed.data.specVersion : badAnswer('runtime version')
}
