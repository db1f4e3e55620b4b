/** A failure as JSON-RPC 2.0 carries it. */
export class RpcError extends Error {
  readonly code: number
  readonly data: unknown
  constructor(code: number, message: string, data?: unknown) {
    super(message)
    this.name = 'RpcError'
    this.code = code
    this.data = data
  }
}

export const methodNotFound = (): RpcError => new RpcError(-32601, 'Method not found')
export const invalidParams = (what: string): RpcError => new RpcError(-32602, 'Invalid params', what)
/** Substrate's text and code for a state that a node does not have. */
export const unknownBlock = (hash: string): RpcError =>
  new RpcError(4003, `Client error: UnknownBlock: Header was not found in the database: ${hash}`)
export const discardedState = (hash: string): RpcError =>
  new RpcError(4003, `Client error: UnknownBlock: State already discarded for ${hash}`)
