import { type Keypair, wipePair } from './keypair.ts'

/** A key with what it was made from; words and seed are known only where they alone give this very key. */
export interface KeySource {
  readonly pair: Keypair
  readonly words?: readonly string[]
  readonly seed?: Uint8Array
}

export function wipeSource(source: KeySource): void {
  wipePair(source.pair)
  source.seed?.fill(0)
}
