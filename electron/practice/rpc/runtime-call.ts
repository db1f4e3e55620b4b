import { compact } from '../node/header.ts'
import type { PracticeNode } from '../node/practice-node.ts'
import { UnknownApi } from '../runtime.port.ts'
import { discardedState, RpcError } from './rpc-error.ts'
import { encodeRuntimeVersion } from './version-json.ts'

const opaque = (bytes: Uint8Array): Uint8Array => Buffer.concat([compact(bytes.length), bytes])

/** The runtime APIs that need no state: metadata in versions 14 and 15, and the version of the rules. */
function stateless(node: PracticeNode, method: string, args: Uint8Array): Uint8Array | undefined {
  const { runtime } = node.chain
  switch (method) {
    case 'Core_version':
      return encodeRuntimeVersion(runtime.version)
    case 'Metadata_metadata':
      return opaque(runtime.metadata(14, node.blockMs))
    case 'Metadata_metadata_versions':
      return Uint8Array.of(2 << 2, 14, 0, 0, 0, 15, 0, 0, 0)
    case 'Metadata_metadata_at_version': {
      if (args.length !== 4) throw executionFailed(method, 'expected a u32')
      const wanted = Buffer.from(args).readUInt32LE(0)
      if (wanted !== 14 && wanted !== 15) return Uint8Array.of(0)
      return Buffer.concat([Uint8Array.of(1), opaque(runtime.metadata(wanted, node.blockMs))])
    }
    default:
      return undefined
  }
}

function executionFailed(method: string, reason: string): RpcError {
  return new RpcError(4003, `Client error: Execution failed: Other: ${method}: ${reason}`)
}

/** `state_call` on the state after a block. */
export function runtimeCall(
  node: PracticeNode,
  call: { readonly method: string; readonly args: Uint8Array },
  at: { readonly number: number; readonly hash: string },
): Uint8Array {
  const { method, args } = call
  const answer = stateless(node, method, args)
  if (answer) return answer
  let result: Uint8Array | undefined
  try {
    result = node.chain.callApi(method, args, at.number)
  } catch (error) {
    if (error instanceof UnknownApi) {
      throw new RpcError(4003, `Client error: Execution failed: Other: Exported method ${method} is not found`)
    }
    // Arguments that do not decode make a real runtime trap; the text names the method, never our stack.
    throw executionFailed(method, error instanceof Error ? error.message : 'the runtime refused its arguments')
  }
  if (!result) throw discardedState(at.hash)
  return result
}
