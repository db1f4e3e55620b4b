import { blake3 } from '@noble/hashes/blake3.js'
import { extraInfo, extrinsicMetadata, lookupType, merkleizeMetadata, proof } from '@polkadot-api/merkleize-metadata'
import { describe, expect, it } from 'vitest'
import type { AnyCall } from '../definitions/outer-call.ts'
import { type RuntimeCall, runtimeCall } from '../definitions/runtime-types.ts'
import { mortalEra } from '../extrinsic/era.ts'
import { encodeExtra } from '../extrinsic/extrinsic.ts'
import { concatBytes, fromHex, toHex } from '../scale/hex.ts'
import { metadataBytes } from './metadata.ts'
import { metadataDigest, TOKEN } from './metadata-digest.ts'

const account = `0x${'5a'.repeat(32)}`
const hash = new Uint8Array(32).fill(7)

/** Call, extra and additional, as a hardware signer gets them: 32-byte hashes, mode 1 and a digest. */
function payloadOf(call: AnyCall): Uint8Array {
  const extra = encodeExtra({ era: mortalEra(64, 1_000), nonce: 7, tip: 0n, metadataHash: true })
  const versions = Uint8Array.of(0xa8, 1, 0, 0, 1, 0, 0, 0)
  const additional = concatBytes(versions, hash, hash, Uint8Array.of(1), fromHex(metadataDigest()))
  return concatBytes(runtimeCall.codec.enc(call as RuntimeCall), extra, additional)
}

/** The root that the leaves and sibling hashes of a proof lead to, by RFC 78's own rule. */
function rootOf({ leaves, leafIdxs, proofs }: ReturnType<typeof proof.dec>): Uint8Array {
  const siblings = [...proofs]
  const open = leafIdxs.map((index, at) => ({ index, bytes: lookupType.enc(leaves[at]!) }))
  const isAbove = (node: number, leaf: number): boolean => {
    let at = leaf
    while (at > node) at = Math.floor((at - 1) / 2)
    return at === node
  }
  const nodeHash = (node: number): Uint8Array => {
    const [next] = open
    if (next === undefined || !isAbove(node, next.index)) return siblings.shift()!
    if (next.index === node) return blake3(open.shift()!.bytes)
    return blake3(concatBytes(nodeHash(2 * node + 1), nodeHash(2 * node + 2)))
  }
  return nodeHash(0)
}

const CALLS: readonly (readonly [string, AnyCall])[] = [
  [
    'a transfer',
    {
      type: 'Balances',
      value: { type: 'transfer_keep_alive', value: { dest: { type: 'Id', value: account }, value: 1n } },
    },
  ],
  [
    'a purchase with a limit',
    {
      type: 'SubtensorModule',
      value: {
        type: 'add_stake_limit',
        value: { hotkey: account, netuid: 1, amount_staked: 5n, limit_price: 6n, allow_partial: false },
      },
    },
  ],
  [
    'a batch in which a call carries a call',
    {
      type: 'Utility',
      value: {
        type: 'batch_all',
        value: { calls: [{ type: 'System', value: { type: 'remark', value: { remark: hash } } }] },
      },
    },
  ],
]

describe('the digest of the metadata', () => {
  it('is not moved by the block time, which is no part of what is signed', () => {
    const other = merkleizeMetadata(metadataBytes(15, 250), TOKEN).digest()
    expect(toHex(other)).toBe(metadataDigest())
    expect(metadataDigest()).not.toBe(toHex(merkleizeMetadata(metadataBytes(15), { ...TOKEN, decimals: 8 }).digest()))
  })

  it.each(CALLS)('is what the proof for %s leads to', (_, call) => {
    const shown = proof.dec(merkleizeMetadata(metadataBytes(15), TOKEN).getProofForExtrinsicPayload(payloadOf(call)))
    expect(shown.info).toEqual({
      specVersion: 424,
      specName: 'node-subtensor',
      base58Prefix: 42,
      decimals: 9,
      tokenSymbol: 'TAO',
    })
    // `MetadataDigest::V1` of RFC 78.
    const described = concatBytes(blake3(extrinsicMetadata.enc(shown.extrinsic)), extraInfo.enc(shown.info))
    expect(toHex(blake3(concatBytes(Uint8Array.of(1), rootOf(shown), described)))).toBe(metadataDigest())
  })
})
