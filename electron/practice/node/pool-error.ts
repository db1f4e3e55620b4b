/** Why the pool refused a transaction: JSON-RPC codes and texts as Substrate's `author` API words them. */
export class PoolError extends Error {
  readonly code: number
  readonly data: string | undefined
  constructor(code: number, message: string, data?: string) {
    super(message)
    this.name = 'PoolError'
    this.code = code
    this.data = data
  }
}
