import type { RuntimeCall } from '../definitions/runtime-types.ts'
import type { PracticeNode } from '../node/practice-node.ts'
import { type DevKey, devKey } from '../signing/dev-key.ts'
import { signedExtrinsic } from '../signing/signed-extrinsic.ts'
import { toHex } from '../state/bytes.ts'
import type { Method, Methods } from './method.ts'
import { invalidParams, RpcError } from './rpc-error.ts'
import { publicKeyOf } from './ss58.ts'

/** Rao per call: 10,000 play TAO, enough for everything that can be practised at once. */
const MOST_PER_CALL = 10_000n * 1_000_000_000n

let alice: DevKey | undefined

const transferCall = (to: Uint8Array, rao: bigint): RuntimeCall => ({
  type: 'Balances',
  value: { type: 'transfer_keep_alive', value: { dest: { type: 'Id', value: toHex(to) }, value: rao } },
})

/** Resolves with the number of the block that includes it. */
function included(node: PracticeNode, extrinsic: Uint8Array): Promise<{ txHash: string; block: number }> {
  return new Promise((resolve, reject) => {
    const txHash: string = node.pool.submit(extrinsic, (status) => {
      if (typeof status === 'object' && 'inBlock' in status) {
        resolve({ txHash, block: node.chain.numberOf(status.inBlock) ?? node.chain.best.header.number })
      } else if (status === 'invalid' || status === 'dropped') {
        reject(new RpcError(1010, 'Invalid Transaction', `the faucet's transfer is ${status}`))
      }
    })
  })
}

/** Play money from //Alice to an address; a real transfer, signed here because everybody has that key. */
const faucet: Method = ({ node, params }) => {
  const to = publicKeyOf(params.text(0))
  if (!to) throw invalidParams('parameter 0: expected an address')
  const text = params.text(1)
  const rao = /^[1-9]\d{0,19}$/.test(text) ? BigInt(text) : 0n
  if (rao === 0n || rao > MOST_PER_CALL) {
    throw invalidParams(`parameter 1: expected rao as decimal text, 1 to ${MOST_PER_CALL}`)
  }
  alice ??= devKey('//Alice')
  return included(node, signedExtrinsic(node, alice, transferCall(to, rao)))
}

/** Practises what happens when another branch wins. */
const reorganize: Method = ({ node }) => ({ dropped: node.reorganize(), best: node.chain.best.hash })

/** Methods that no other chain has. */
export const practiceMethods: Methods = { practice_faucet: faucet, practice_reorganize: reorganize }
