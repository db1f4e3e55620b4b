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

/**
 * The node's error in what the provider rejects with; `undefined` where it is none (a lost socket, no result).
 * The provider writes `code: message: data`, shortened; the node's own message is cut out again.
 */
export function rpcErrorIn(cause: unknown): RpcError | undefined {
  if (!(cause instanceof Error) || cause.name !== 'RpcError' || !('code' in cause)) return undefined
  const { code, data } = cause as Error & { code: unknown; data?: unknown }
  if (typeof code !== 'number') return undefined
  const words = cause.message.slice(`${code}: `.length)
  const told = data === undefined ? '' : typeof data === 'string' ? data : JSON.stringify(data)
  const end = told === '' ? -1 : words.lastIndexOf(`: ${/^\w*/.exec(told)?.[0] ?? ''}`)
  return new RpcError(code, end < 0 ? words : words.slice(0, end), told)
}
