import type { RuntimeCall } from '../definitions/runtime-types.ts'
import { signExtrinsic } from '../extrinsic/sign.ts'
import type { PracticeNode } from '../node/practice-node.ts'
import { toHex } from '../state/bytes.ts'
import type { DevKey } from './dev-key.ts'

/** Signs a call for the node's own chain with the key's next free nonce; immortal, no tip. */
export function signedExtrinsic(node: PracticeNode, key: DevKey, call: RuntimeCall): Uint8Array {
  const nonce = node.pool.nextNonce(toHex(key.publicKey))
  return signExtrinsic({ call, signer: key, nonce, genesis: node.chain.genesisHash })
}
