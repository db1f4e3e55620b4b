/** Bytes or metadata that cannot be read without doubt. What cannot be read is not signed. */
export class Unreadable extends Error {
  /** `metadata`: the description of the runtime is at fault; `payload`: the bytes to be signed. */
  readonly where: 'metadata' | 'payload'

  constructor(where: 'metadata' | 'payload', what: string) {
    super(what)
    this.where = where
  }
}

export const badMetadata = (what: string): never => {
  throw new Unreadable('metadata', what)
}
export const badPayload = (what: string): never => {
  throw new Unreadable('payload', what)
}
