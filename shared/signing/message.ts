import type { Ss58 } from '../units/amounts.ts'

/**
 * `bytes`: with the mark `<Bytes>…</Bytes>` around it, as browser wallets sign, unless it is there already.
 * `plain`: the text alone, as `btcli wallet sign` does.
 */
export type MessageForm = 'bytes' | 'plain'

const OPEN = '<Bytes>'
const CLOSE = '</Bytes>'

export const isWrapped = (text: string): boolean =>
  text.length >= OPEN.length + CLOSE.length && text.startsWith(OPEN) && text.endsWith(CLOSE)

/** What is signed for a text. */
export const wrapped = (text: string): string => (isWrapped(text) ? text : `${OPEN}${text}${CLOSE}`)

export interface SignedMessage {
  readonly address: Ss58
  /** `0x` and 128 hex digits. */
  readonly signature: string
  readonly scheme: 'sr25519' | 'ed25519'
  /** The very text that was signed. */
  readonly signedText: string
  /** Whether the mark was put around it here. */
  readonly wrappedHere: boolean
}

/** `as`: which reading of the text fits. `hex`: the bytes that a text beginning with 0x spells, as Python's tools read it. */
export type VerifiedMessage =
  | { readonly valid: true; readonly scheme: 'sr25519' | 'ed25519'; readonly as: 'plain' | 'wrapped' | 'hex' }
  | { readonly valid: false }
