import { randomBytes } from 'node:crypto'
import { keyExtractSuri, keyFromPath, mnemonicToMiniSecret, sr25519PairFromSeed } from '@polkadot/util-crypto'
import { addressOf, type Keypair, signPayload } from '../../electron/keys/worker/keypair.ts'
import type { Ss58 } from '../../shared/units/amounts.ts'

/** An account that signs in this process: play money only. */
export interface TestSigner {
  readonly address: Ss58
  readonly pair: Keypair
  /** 65 bytes: the scheme, and the signature. */
  readonly sign: (payload: Uint8Array) => Uint8Array
}

function signerOf(pair: Keypair): TestSigner {
  return { address: addressOf(pair.publicKey), pair, sign: (payload) => signPayload(pair, payload) }
}

/** @param words twelve words or more, with or without a derivation path behind them: `… //Alice` */
export function signerFrom(words: string): TestSigner {
  const { phrase, path } = keyExtractSuri(words)
  const { publicKey, secretKey } = keyFromPath(sr25519PairFromSeed(mnemonicToMiniSecret(phrase)), path, 'sr25519')
  return signerOf({ cryptoType: 'sr25519', publicKey, secretKey })
}

export const freshSigner = (): TestSigner =>
  signerOf({ cryptoType: 'sr25519', ...sr25519PairFromSeed(randomBytes(32)) })
