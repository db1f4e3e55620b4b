import { z } from 'zod'
import { isSs58Shape, type Ss58 } from '../../shared/units/amounts.ts'
import type { FoundWallet, HotkeyInfo, WalletInfo } from './keys.port.ts'

// What requests and answers between host and signer are put together from.

export const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array)
export const address = z.custom<Ss58>(isSs58Shape)
export const name = z.string().max(200)
export const path = z.string().max(4096)
export const cryptoType = z.enum(['sr25519', 'ed25519'])
export const newFormat = z.enum(['vault', 'btwallet'])
export const keyFormat = z.enum(['vault', 'nacl', 'ansible', 'fernet', 'plain', 'watch-only'])

/** A longer one would only cost time; none of the formats knows a limit. */
const secretBytes = bytes.refine((secret) => secret.length <= 65_536)

/** A password as it opens a file: trimmed, as btwallet does, and as typed where that differs. */
export const typedPassword = z.strictObject({
  trimmed: secretBytes,
  /** What was typed, when trimming changed it: old files were written without trimming. */
  untrimmed: secretBytes.exactOptional(),
})
export type TypedPassword = z.infer<typeof typedPassword>

/** Any other secret: words, a seed, a private key. */
export const secretText = secretBytes

export const hotkeyInfo: z.ZodType<HotkeyInfo> = z.strictObject({
  name,
  address,
  encrypted: z.boolean(),
  format: keyFormat,
  cryptoType,
  unlocked: z.boolean(),
})
export const walletInfo: z.ZodType<WalletInfo> = z.strictObject({
  name,
  address,
  cryptoType,
  watchOnly: z.boolean(),
  encrypted: z.boolean(),
  format: keyFormat,
  weaknesses: z.array(z.enum(['constant-salt', 'old-cipher', 'plain-text'])),
  hasWords: z.enum(['yes', 'no', 'unknown']),
  unlocked: z.boolean(),
  hotkeys: z.array(hotkeyInfo),
})
export const foundWallet: z.ZodType<FoundWallet> = z.strictObject({
  name: z.string(),
  path: z.string(),
  address: z.union([address, z.undefined()]),
  watchOnly: z.boolean(),
  encrypted: z.boolean(),
  hotkeys: z.array(hotkeyInfo),
})

/** Fields that carry a secret inwards, in whatever request. */
const SECRET_FIELDS = [
  'password',
  'newPassword',
  'sourcePassword',
  'accountPassword',
  'words',
  'secret',
  'checks',
] as const
export type SecretField = (typeof SECRET_FIELDS)[number]
export const isSecretField = (field: string): field is SecretField =>
  (SECRET_FIELDS as readonly string[]).includes(field)

/** Overwrites what a request carried inwards; each end does it with its own copy. */
export function wipeSecrets(request: object): void {
  for (const [field, value] of Object.entries(request)) if (isSecretField(field)) wipe(value)
}

function wipe(value: unknown): void {
  if (value instanceof Uint8Array) value.fill(0)
  else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) wipe(part)
}
