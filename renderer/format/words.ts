/** Three sentences in this order, and the code in small. */
export interface ErrorWords {
  readonly what: string
  readonly why: string
  readonly then: string
}
export const words = (what: string, why: string, then: string): ErrorWords => ({ what, why, then })
