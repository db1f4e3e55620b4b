import type { PracticeNode } from '../node/practice-node.ts'
import type { Params } from './params.ts'
import type { Session } from './session.ts'

export interface RpcContext {
  readonly node: PracticeNode
  readonly params: Params
  readonly session: Session
}

/** Answers a request; throws RpcError or PoolError. */
export type Method = (context: RpcContext) => unknown
export type Methods = Readonly<Record<string, Method>>
