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
