import { openChain } from './node/open-chain.ts'
import type { PracticeNode } from './node/practice-node.ts'
import { PracticeNode as Node } from './node/practice-node.ts'
import { allMethods } from './rpc/all-methods.ts'
import { startRpcServer } from './rpc/server.ts'
import type { ChainSwitches, PracticeRuntime } from './runtime.port.ts'

export interface NetworkOptions extends ChainSwitches {
  readonly runtime: PracticeRuntime
  /** 0 = any free port. */
  readonly port: number
  readonly blockMs: number
  readonly folder?: string
  readonly seed?: number
  /** Told about bugs: the chain goes on without what caused them. */
  readonly onFault: (error: unknown) => void
  /** The chain cannot go on, for example because the disk is full. */
  readonly onFailure: (error: unknown) => void
}

export interface Network {
  readonly node: PracticeNode
  readonly ws: string
  readonly genesis: string
  readonly spec: number
  close(): Promise<void>
}

/** Opens the chain, its door and its clock. Rejects with the reason when any of them fails. */
export async function startNetwork(options: NetworkOptions): Promise<Network> {
  const { blockMs, onFault, runtime } = options
  const opened = await openChain({ ...options, seed: options.seed, folder: options.folder })
  const { chain, store } = opened
  const node = new Node({ chain, blockMs, nowMs: Date.now, onFault, ...(store ? { store } : {}) })
  const server = await startRpcServer({ node, methods: allMethods, port: options.port, onFault }).catch((error) => {
    opened.close()
    throw error
  })
  node.start(options.onFailure)
  const close = async (): Promise<void> => {
    node.stop()
    await server.close()
    opened.close()
  }
  return { node, ws: server.url, genesis: chain.genesisHash, spec: runtime.version.specVersion, close }
}
