import type { Sealed, SecretText } from '../../shared/sealing/sealed.ts'
import { typedPasswordOf } from './typed-password.ts'
import type { HotkeyOperation, WalletOperation } from './wallet-operations.port.ts'
import type { KeysRequest } from './wire.ts'
import type { TypedPassword } from './wire-parts.ts'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

/** A typed password as bytes, in the form that btwallet uses and, where it differs, as typed. */
export const passwordBytes = (typed: string): TypedPassword => typedPasswordOf(utf8(typed))

/** Text becomes bytes that can be wiped; what is sealed goes on as it is. */
export const passwordOnWire = (password: SecretText): TypedPassword | Sealed =>
  typeof password === 'string' ? passwordBytes(password) : password
export const secretOnWire = (secret: SecretText): Uint8Array | Sealed =>
  typeof secret === 'string' ? utf8(secret) : secret

const ENCODERS: Readonly<Record<string, (text: string) => unknown>> = {
  password: passwordBytes,
  newPassword: passwordBytes,
  sourcePassword: passwordBytes,
  accountPassword: passwordBytes,
  secret: utf8,
  words: utf8,
}

/** Secret text becomes bytes that can be wiped; fields that are not given are left out. */
export function onWire(operation: WalletOperation | HotkeyOperation | { readonly kind: string }): KeysRequest {
  const fields = Object.entries(operation).flatMap(([name, value]) => {
    if (value === undefined) return []
    const encode = Object.hasOwn(ENCODERS, name) ? ENCODERS[name] : undefined
    return [[name, encode && typeof value === 'string' ? encode(value) : value] as const]
  })
  // The cast: fields and names are those of the operation; the worker checks every request by its schema.
  return Object.fromEntries(fields) as KeysRequest
}
