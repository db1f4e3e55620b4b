import type { Block } from '../node/block-store.ts'
import type { Header } from '../node/header.ts'
import type { PracticeNode } from '../node/practice-node.ts'
import { toHex } from '../state/bytes.ts'
import type { StateView } from '../state/versioned-state.ts'
import { discardedState, unknownBlock } from './rpc-error.ts'

/** The state that a request's optional block hash names. */
export function stateOf(
  node: PracticeNode,
  hash: string | undefined,
): { number: number; hash: string; view: StateView } {
  const { best } = node.chain
  const wanted = hash ?? best.hash
  const number = node.chain.numberOf(wanted)
  if (number === undefined) throw unknownBlock(wanted)
  const view = node.chain.stateAt(number)
  if (!view) throw discardedState(wanted)
  return { number, hash: wanted, view }
}

export const headerJson = (header: Header): object => ({
  parentHash: header.parentHash,
  number: `0x${header.number.toString(16)}`,
  stateRoot: header.stateRoot,
  extrinsicsRoot: header.extrinsicsRoot,
  digest: { logs: header.digest },
})

export const blockJson = (block: Block): object => ({
  block: { header: headerJson(block.header), extrinsics: block.extrinsics.map(toHex) },
  justifications: null,
})
