import type { NodeError } from './frames.ts'

/** What a node answers instead of a result. */
export class RpcError extends Error {
  readonly code: number
  /** The part in which Substrate puts the reason of a refusal. */
  readonly data: string
  constructor(code: number, message: string, data: string) {
    super(message)
    this.name = 'RpcError'
    this.code = code
    this.data = data
  }
}

/** The method does not exist on this node. @source JSON-RPC 2.0, section 5.1 */
export const METHOD_NOT_FOUND = -32_601

export function rpcErrorOf({ code, message, data }: NodeError): RpcError {
  return new RpcError(code, message, data === undefined ? '' : typeof data === 'string' ? data : JSON.stringify(data))
}

/**
 * Whether a node says that it was asked too much. There is no agreed code: gateways use HTTP's 429, or their own with
 * these words.
 */
export const isRateLimit = ({ code, message, data }: RpcError): boolean =>
  code === 429 || /too many requests|rate.?limit|limit exceeded|quota/i.test(`${message} ${data}`)
