import { mevShield } from '../../definitions/pallets/mev-shield.ts'
import { ALICE, accountOf } from '../../seed/accounts.ts'
import type { Ctx } from '../core/ctx.ts'

const s = mevShield.storage

/** Who builds the blocks, as on a development chain: its first authority. */
export const AUTHOR = accountOf(ALICE)

const CURRENT = s.CurrentKey.key()
const PENDING = s.PendingKey.key()
const NEXT = s.NextKey.key()
const ANNOUNCED = s.AuthorKeys.key(AUTHOR)

/** The very bytes go over: a block then keeps one new key, not four copies. */
function copy({ store: { kv } }: Ctx, from: string, to: string): boolean {
  const bytes = kv.get(from)
  if (bytes === undefined) kv.delete(to)
  else kv.set(to, bytes)
  return bytes !== undefined
}

/**
 * Moves every key one block on and takes the author's new one: `CurrentKey` ← `PendingKey` ← `NextKey` ← the author's
 * last one. With a single author the author after next is itself.
 * @param key  undefined withdraws the author from what can be shielded
 * @source subtensor `pallets/shield/src/lib.rs`, announce_next_key
 */
export function rotateKeys(ctx: Ctx, key: Uint8Array | undefined): void {
  const { store, block } = ctx
  copy(ctx, PENDING, CURRENT)
  const pending = copy(ctx, NEXT, PENDING)
  const next = copy(ctx, ANNOUNCED, NEXT)
  if (key === undefined) store.delete(s.AuthorKeys, AUTHOR)
  else store.set(s.AuthorKeys, [AUTHOR], key)
  if (pending) store.set(s.PendingKeyExpiresAt, [], block + 2)
  else store.delete(s.PendingKeyExpiresAt)
  if (next) store.set(s.NextKeyExpiresAt, [], block + 3)
  else store.delete(s.NextKeyExpiresAt)
}
