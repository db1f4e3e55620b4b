import {
  blake2AsU8a,
  encodeAddress,
  mnemonicToMiniSecret,
  sr25519PairFromSeed,
  sr25519Sign,
} from '@polkadot/util-crypto'
import type { SubmitEvent } from '../../../electron/chain/chain.port.ts'
import type { Intent } from '../../../shared/signing/intent.ts'
import { ss58 } from '../../../shared/units/amounts.ts'
import { must, never, newChain, submitAndWait } from './chain-session.ts'

/**
 * Another program, elsewhere, that holds the same words: what a thief has, or a person with two wallets.
 * @returns how it ended: `finalized`, or why the chain did not take it
 */
export async function signElsewhere(endpoint: string, words: string, intent: Intent): Promise<SubmitEvent | undefined> {
  const chain = newChain()
  must(await chain.connect({ endpoint }, never))
  try {
    const pair = sr25519PairFromSeed(mnemonicToMiniSecret(words))
    const { payload, handle } = must(await chain.prepareCall(ss58(encodeAddress(pair.publicKey, 42)), intent))
    const message = payload.length > 256 ? blake2AsU8a(payload) : payload
    const signature = Uint8Array.of(1, ...sr25519Sign(message, pair))
    const { accepted, ended } = submitAndWait(chain, handle, signature)
    must(await accepted)
    return (await ended).at(-1)
  } finally {
    await chain.disconnect()
  }
}
