import { blake2b } from '@noble/hashes/blake2.js'
import { compact } from '../node/header.ts'
import type { PracticeNode } from '../node/practice-node.ts'
import { toHex } from '../state/bytes.ts'
import type { DevKey } from './dev-key.ts'

const u32 = (value: number): Uint8Array => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

/**
 * Signs a call for the node's own chain with the next free nonce: immortal, no tip, no metadata hash.
 * Only CheckMortality, CheckNonce, ChargeTransactionPayment and CheckMetadataHash of the chain's thirteen
 * extensions write bytes into an extrinsic.
 *
 * @param call  pallet index, call index, arguments.
 * @returns the extrinsic, version 4, with its length prefix.
 */
export function signedExtrinsic(node: PracticeNode, key: DevKey, call: Uint8Array): Uint8Array {
  const { specVersion, transactionVersion } = node.chain.runtime.version
  const genesis = Buffer.from(node.chain.genesisHash.slice(2), 'hex')
  const nonce = compact(node.pool.nextNonce(toHex(key.publicKey)))
  const extra = Buffer.concat([Uint8Array.of(0), nonce, compact(0), Uint8Array.of(0)])
  const additional = Buffer.concat([u32(specVersion), u32(transactionVersion), genesis, genesis, Uint8Array.of(0)])
  const payload = Buffer.concat([call, extra, additional])
  const signature = key.sign(payload.length > 256 ? blake2b(payload, { dkLen: 32 }) : payload)
  const body = Buffer.concat([Uint8Array.of(0x84, 0), key.publicKey, Uint8Array.of(1), signature, extra, call])
  return new Uint8Array(Buffer.concat([compact(body.length), body]))
}
