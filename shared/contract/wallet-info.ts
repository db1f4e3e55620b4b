import { z } from 'zod'
import { wire } from './wire.ts'

/** How a secret lies on the disk. `watch-only`: not at all. */
export const keyFormat = z.enum(['vault', 'nacl', 'ansible', 'fernet', 'plain', 'watch-only'])
export type KeyFormat = z.output<typeof keyFormat>

export const cryptoType = z.enum(['sr25519', 'ed25519'])

export const hotkeyInfo = z.object({
  name: z.string(),
  address: wire.ss58,
  cryptoType,
  encrypted: z.boolean(),
  format: keyFormat,
  /** It can sign now: its file is plain, or it was unlocked since the app started. */
  unlocked: z.boolean(),
})
export type HotkeyView = z.output<typeof hotkeyInfo>

export const walletInfo = z.object({
  name: z.string(),
  address: wire.ss58,
  cryptoType,
  watchOnly: z.boolean(),
  encrypted: z.boolean(),
  format: keyFormat,
  /** Why the file protects less than our own vault does: the same salt for everybody, an old cipher, or no cipher. */
  weaknesses: z.array(z.enum(['constant-salt', 'old-cipher', 'plain-text'])).readonly(),
  /** `unknown`: the file is sealed and was not opened since the app started. */
  hasWords: z.enum(['yes', 'no', 'unknown']),
  unlocked: z.boolean(),
  hotkeys: z.array(hotkeyInfo).readonly(),
})
export type WalletView = z.output<typeof walletInfo>
