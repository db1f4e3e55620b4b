import { sealedBox } from '../../../shared/contract/secret.ts'
import type { AppError } from '../../../shared/errors.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { newOneTimeKey, type OneTimeKey, type Sealed, sealFor } from '../../../shared/sealing/sealed.ts'
import { channelOf } from '../sealed-requests.ts'
import { typedPasswordOf } from '../typed-password.ts'
import { isSecretField, type SecretField, wipeSecrets } from '../wire-parts.ts'

/** A key that nobody came back for is dropped when newer ones are made; two windows with a dialog each need a few. */
const KEYS_KEPT = 64

type AnyRequest = { readonly kind: string } & Readonly<Record<string, unknown>>

/** How the opened bytes of each field are read. */
const READERS: { readonly [F in SecretField]: (bytes: Uint8Array) => unknown } = {
  password: typedPasswordOf,
  newPassword: typedPasswordOf,
  sourcePassword: typedPasswordOf,
  accountPassword: typedPasswordOf,
  words: (bytes) => bytes,
  secret: (bytes) => bytes,
  checks: (bytes) => JSON.parse(new TextDecoder().decode(bytes)),
}

/**
 * Where what came sealed is opened. Each key serves one request and is gone after it, whether that opened or not: a
 * request that somebody recorded opens neither again, nor later with the memory of this process in hand.
 */
export class SealingDesk {
  readonly #keys = new Map<string, OneTimeKey>()

  /** @returns the public half of a new key. */
  async issue(): Promise<string> {
    const key = await newOneTimeKey()
    this.#keys.set(key.to, key)
    for (const oldest of this.#keys.keys()) {
      if (this.#keys.size <= KEYS_KEPT) break
      this.#keys.delete(oldest)
    }
    return key.to
  }

  /**
   * @returns the request with everything in it open; `undefined` when nothing was sealed.
   * @errors keys/sealed-stale, keys/sealed-broken
   */
  open(request: AnyRequest): Promise<Result<AnyRequest, AppError>> | undefined {
    const sealed = Object.entries(request).flatMap(([field, value]) => {
      const box = isSecretField(field) ? sealedBox.safeParse(value) : undefined
      return box?.success && isSecretField(field) ? [{ field, sealed: box.data }] : []
    })
    return sealed.length === 0 ? undefined : this.#open(request, sealed)
  }

  /** @throws when `to` is no public key. */
  sealAnswer(kind: string, to: string, answer: unknown): Promise<Sealed> {
    return sealFor(to, { channel: channelOf(kind) ?? '' }, new TextEncoder().encode(JSON.stringify(answer)))
  }

  async #open(
    request: AnyRequest,
    fields: readonly { readonly field: SecretField; readonly sealed: Sealed }[],
  ): Promise<Result<AnyRequest, AppError>> {
    const taken = fields.map(({ field, sealed }) => ({ field, sealed, key: this.#keys.get(sealed.to) }))
    for (const { sealed } of fields) this.#keys.delete(sealed.to)
    const channel = channelOf(request.kind)
    const opened: Partial<Record<SecretField, unknown>> = {}
    try {
      for (const { field, sealed, key } of taken) {
        if (!key) throw new Stale()
        if (channel === undefined) throw new Error('no place for a secret')
        opened[field] = READERS[field](await key.open(sealed, { channel, field }))
      }
      return ok({ ...request, ...opened })
    } catch (cause) {
      wipeSecrets(opened)
      return err({ code: cause instanceof Stale ? 'keys/sealed-stale' : 'keys/sealed-broken' })
    }
  }
}

class Stale extends Error {}
