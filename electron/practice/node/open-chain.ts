import type { ChainSwitches, PracticeRuntime } from '../runtime.port.ts'
import { type BuiltBlock, Chain, genesisSnapshot } from './chain.ts'
import { type FolderLock, lockFolder } from './folder-lock.ts'
import { type Identity, Journal, JournalError } from './journal.ts'

export interface OpenChainOptions extends ChainSwitches {
  readonly runtime: PracticeRuntime
  /** Absent: whatever the folder holds, else {@link DEFAULT_SEED}. */
  readonly seed: number | undefined
  readonly blockMs: number
  /** Absent: in memory only. */
  readonly folder: string | undefined
}

export interface OpenChain {
  readonly chain: Chain
  readonly store: ((built: BuiltBlock, chain: Chain) => void) | undefined
  close(): void
}

export const DEFAULT_SEED = 1

/** Thrown when another process works on the folder. */
export class FolderInUse extends Error {
  readonly folder: string
  constructor(folder: string) {
    super(`another practice network runs on ${folder}`)
    this.name = 'FolderInUse'
    this.folder = folder
  }
}

/** Continues the chain of a folder, or starts a new one. Throws FolderInUse, JournalError, or the file system's error. */
export async function openChain(options: OpenChainOptions): Promise<OpenChain> {
  const { runtime, folder, blockMs } = options
  if (folder === undefined) {
    const start = genesisSnapshot(runtime, { ...options, seed: options.seed ?? DEFAULT_SEED, blockMs })
    return { chain: new Chain(runtime, start), store: undefined, close: () => undefined }
  }
  const lock = await lockFolder(folder)
  if (!lock) throw new FolderInUse(folder)
  try {
    return openFolder(folder, options, lock)
  } catch (error) {
    lock.release()
    throw error
  }
}

function openFolder(folder: string, options: OpenChainOptions, lock: FolderLock): OpenChain {
  const { runtime } = options
  const found = Journal.identityOf(folder)
  const blockMs = found?.blockMs ?? options.blockMs
  const seed = options.seed ?? found?.seed ?? DEFAULT_SEED
  const genesis = genesisSnapshot(runtime, { ...options, seed, blockMs })
  const identity: Identity = { seed, specVersion: runtime.version.specVersion, genesis: genesis.block.hash, blockMs }
  if (found) refuseOther(found, identity, folder)
  const { journal, chain } = found ? resume(folder, identity, runtime) : begin(folder, identity, { runtime, genesis })
  const close = (): void => {
    journal.close()
    lock.release()
  }
  return { chain, store: (built, at) => journal.append(built, at), close }
}

type Opened = { readonly journal: Journal; readonly chain: Chain }

function begin(
  folder: string,
  identity: Identity,
  from: { runtime: PracticeRuntime; genesis: ReturnType<typeof genesisSnapshot> },
): Opened {
  return { journal: Journal.create(folder, identity, from.genesis), chain: new Chain(from.runtime, from.genesis) }
}

function resume(folder: string, identity: Identity, runtime: PracticeRuntime): Opened {
  const { journal, restored } = Journal.open(folder, identity)
  const chain = new Chain(runtime, restored.snapshot)
  for (const built of restored.blocks) chain.accept(built)
  return { journal, chain }
}

function refuseOther(found: Identity, wanted: Identity, folder: string): void {
  if (found.seed !== wanted.seed) {
    throw new JournalError('other-network', `${folder} holds the network of seed ${found.seed}, not ${wanted.seed}`)
  }
  if (found.specVersion !== wanted.specVersion || found.genesis !== wanted.genesis) {
    const text = `${folder} was made by another version of the practice network (spec ${found.specVersion})`
    throw new JournalError('other-network', `${text}; use another folder`)
  }
}
