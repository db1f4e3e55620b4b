import type { ChainContext, GenesisOptions, PracticeRuntime } from '../runtime.port.ts'
import { toHex } from '../state/bytes.ts'
import { Overlay } from '../state/overlay.ts'
import { StateRoot } from '../state/state-root.ts'
import { type Changes, readOnly, type StateView, VersionedState } from '../state/versioned-state.ts'
import { type Block, BlockStore } from './block-store.ts'
import { auraPreRuntime, extrinsicsRoot, hashHeader, timestampInherent } from './header.ts'

/** Blocks whose state can be read: a little more than what mainnet's plain nodes keep at 12 s and 8 hours. */
export const KEEP_BLOCKS = 2_400
/** Mainnet's GRANDPA usually finalizes two or three blocks behind the best one. */
export const FINALITY_LAG = 2

const NO_PARENT = `0x${'00'.repeat(32)}`

/** Everything a restart needs to go on from a block. */
export interface Snapshot {
  readonly block: Block
  readonly state: Changes
  readonly hashes: readonly (readonly [number, string])[]
}

export interface BuiltBlock {
  readonly block: Block
  readonly changes: Changes
}

/** Gives transactions one by one while a block is built. */
export interface BlockFiller {
  /** Applies what it has to `kv` and returns it in order; `firstIndex` is the index of the first one. */
  fill(kv: Overlay, context: ChainContext, firstIndex: number): readonly Uint8Array[]
}

function genesisChanges(runtime: PracticeRuntime, options: GenesisOptions): Changes {
  const nothing: StateView = { get: () => undefined, keys: () => [], page: () => [] }
  const overlay = new Overlay(readOnly(nothing))
  runtime.genesis(overlay, options)
  return overlay.changes()
}

/** The block 0 that this runtime makes from a seed. */
export function genesisSnapshot(runtime: PracticeRuntime, options: GenesisOptions): Snapshot {
  const state = genesisChanges(runtime, options)
  const root = new StateRoot()
  root.apply(state, () => undefined)
  const header = {
    parentHash: NO_PARENT,
    number: 0,
    stateRoot: toHex(root.bytes()),
    extrinsicsRoot: extrinsicsRoot([]),
    digest: [],
  }
  const block: Block = { hash: hashHeader(header), header, timestampMs: 0, extrinsics: [] }
  return { block, state, hashes: [[0, block.hash]] }
}

/** Blocks and the state after each of them. Knows no clock, no network and no pool. */
export class Chain {
  readonly runtime: PracticeRuntime
  readonly genesisHash: string
  readonly #state: VersionedState
  readonly #store: BlockStore

  constructor(runtime: PracticeRuntime, start: Snapshot, keepBlocks = KEEP_BLOCKS) {
    this.runtime = runtime
    const { number } = start.block.header
    this.#state = new VersionedState({ block: number, state: start.state }, keepBlocks)
    this.#store = new BlockStore(start.block, keepBlocks)
    for (const [at, hash] of start.hashes) this.#store.rememberHash(at, hash)
    const genesis = this.#store.hashOf(0)
    if (genesis === undefined) throw new Error('a snapshot must name block 0')
    this.genesisHash = genesis
  }

  get best(): Block {
    return this.#store.best
  }

  get finalized(): Block {
    const hash = this.hashOf(Math.max(0, this.best.header.number - FINALITY_LAG))
    // Just after a restart from a snapshot the block two behind may not be kept: the best one is then final.
    return (hash === undefined ? undefined : this.blockOf(hash)) ?? this.best
  }

  hashOf(number: number): string | undefined {
    return this.#store.hashOf(number)
  }

  numberOf(hash: string): number | undefined {
    return this.#store.numberOf(hash)
  }

  blockOf(hash: string): Block | undefined {
    return this.#store.blockOf(hash)
  }

  /** @returns `undefined` when the block's state is no longer, or not yet, kept. */
  stateAt(number: number): StateView | undefined {
    return number < this.#state.oldest || number > this.#state.head ? undefined : this.#state.at(number)
  }

  changedAt(number: number): readonly string[] {
    return this.#state.changedAt(number)
  }

  /** What a call at that block sees; the block being built has the next number. */
  context(number: number): ChainContext {
    return { number, genesis: this.genesisHash, blockHash: (at) => this.#store.hashOf(at) }
  }

  /** A store on top of the best block whose changes go nowhere. */
  scratch(): Overlay {
    return new Overlay(readOnly(this.#state.at(this.#state.head)))
  }

  /**
   * Runs a runtime API on the state after a block.
   * @errors throws UnknownApi; `undefined` when the state is not kept.
   */
  callApi(method: string, args: Uint8Array, number = this.best.header.number): Uint8Array | undefined {
    const view = this.stateAt(number)
    if (!view) return undefined
    return this.runtime.callApi(new Overlay(readOnly(view)), method, args, this.context(number))
  }

  /** Builds the next block without making it the best one: {@link accept} does that once it is stored. */
  build(slot: number, timestampMs: number, filler: BlockFiller): BuiltBlock {
    const parent = this.best
    const number = parent.header.number + 1
    const context = this.context(number)
    const kv = this.scratch()
    this.runtime.initializeBlock(kv, { number, timestampMs, parentHash: parent.hash })
    const inherent = timestampInherent(timestampMs)
    this.runtime.apply(kv, inherent, 0, context)
    const extrinsics = [inherent, ...filler.fill(kv, context, 1)]
    this.runtime.finalizeBlock(kv)
    const changes = kv.changes()
    const root = new StateRoot(Buffer.from(parent.header.stateRoot.slice(2), 'hex'))
    root.apply(changes, (key) => this.#state.get(key, parent.header.number))
    const header = {
      parentHash: parent.hash,
      number,
      stateRoot: toHex(root.bytes()),
      extrinsicsRoot: extrinsicsRoot(extrinsics),
      digest: [auraPreRuntime(slot)],
    }
    return { block: { hash: hashHeader(header), header, timestampMs, extrinsics }, changes }
  }

  /** Makes a built or stored block the best one. */
  accept({ block, changes }: BuiltBlock): void {
    const parent = this.best
    if (block.header.parentHash !== parent.hash) throw new Error(`block ${block.header.number} has another parent`)
    this.#state.commit(block.header.number, changes)
    this.#store.add(block)
  }

  /** Drops the blocks that are not final. @returns them, oldest first */
  takeBack(): readonly Block[] {
    const dropped: Block[] = []
    for (const final = this.finalized.header.number; this.best.header.number > final; ) {
      dropped.unshift(this.best)
      this.#store.takeBack()
      this.#state.takeBack()
    }
    return dropped
  }

  /** The state after the best block, for a journal's next segment. */
  snapshot(): Snapshot {
    const view = this.#state.at(this.#state.head)
    const state = new Map(view.keys('0x').map((key) => [key, view.get(key)] as const))
    return { block: this.best, state, hashes: this.#store.hashes() }
  }
}
