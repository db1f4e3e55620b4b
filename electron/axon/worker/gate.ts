import { createHash } from 'node:crypto'
import { type BtAuthHeaders, btAuthText, isFresh, isUnsigned, parseBtAuth } from '../../../shared/mining/btauth.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { AxonConfig } from '../axon.port.ts'
import { Buckets } from './buckets.ts'
import type { KnownCaller, KnownCallers } from './known-callers.ts'
import { REFUSALS, type Refusal } from './refusal.ts'
import { ReplayStore } from './replay.ts'

/** What a wrong signature costs its address, in requests: checking one is the most expensive thing a stranger can ask. */
const BAD_SIGNATURE_COST = 10

/** What the gate reads of a request before its body. */
export interface RequestHead {
  readonly sender: string
  readonly method: string
  /** As sent, percent-encoding untouched. */
  readonly target: string
  header(name: string): string | undefined
}

/** A request that may send its body. */
export interface Admitted {
  readonly head: RequestHead
  readonly auth: BtAuthHeaders
  readonly caller: KnownCaller
}

/**
 * Decides who is answered, cheapest checks first: address rate, header shape, receiver, membership, age, and all of that before
 * the body is read; then signature, replay, and only for a proven sender the policy.
 */
export class Gate {
  readonly #config: AxonConfig
  readonly #callers: KnownCallers
  readonly #floorMs: number
  readonly #replay: ReplayStore
  readonly #addresses: Buckets
  readonly #hotkeys: Buckets

  constructor(config: AxonConfig, callers: KnownCallers, clock: { readonly floorMs: number; readonly nowMs: number }) {
    this.#config = config
    this.#callers = callers
    this.#floorMs = clock.floorMs
    this.#replay = new ReplayStore(clock.nowMs)
    const { perAddressPerSecond, perHotkeyPerMinute } = config.limits
    this.#addresses = new Buckets(Math.max(1, 2 * perAddressPerSecond), perAddressPerSecond)
    this.#hotkeys = new Buckets(Math.max(1, perHotkeyPerMinute), perHotkeyPerMinute / 60)
  }

  /** First of all, and for every path. */
  hasRoom(sender: string, nowMs: number): boolean {
    return this.#addresses.take(sender, nowMs)
  }

  /** Before the body. */
  admit(head: RequestHead, nowMs: number): Result<Admitted, Refusal> {
    const auth = parseBtAuth(head.header)
    if (!auth.ok) {
      if (isUnsigned(head.header)) return err(REFUSALS.unsigned)
      return err(auth.error === 'WrongReceiver' ? REFUSALS.wrongReceiver : REFUSALS.malformed)
    }
    if (auth.value.receiver !== this.#config.hotkey) return err(REFUSALS.wrongReceiver)
    const caller = this.#callers.get(auth.value.sender)
    if (!caller) return err(REFUSALS.notInMetagraph)
    if (!isFresh(auth.value.nonceNs, nowMs, this.#floorMs)) return err(REFUSALS.stale)
    // Refused at once: the scheme of a key is ours to know, not the sender's to choose.
    if (auth.value.scheme !== caller.scheme) return err(REFUSALS.badSignature)
    return ok({ head, auth: auth.value, caller })
  }

  /** With the raw body. A good result uses up the nonce. */
  prove({ head, auth, caller }: Admitted, body: Uint8Array, nowMs: number): Result<KnownCaller, Refusal> {
    const text = btAuthText({
      scheme: caller.scheme,
      method: head.method,
      target: head.target,
      bodySha256: createHash('sha256').update(body).digest('hex'),
      nonceNs: auth.nonceNs,
      sender: caller.hotkey,
      receiver: this.#config.hotkey,
    })
    if (!caller.verify(Buffer.from(text), auth.signature)) {
      this.#addresses.charge(head.sender, BAD_SIGNATURE_COST, nowMs)
      return err(REFUSALS.badSignature)
    }
    // A body may arrive slowly: what was fresh before it may have left the window, and the replay store with it.
    if (!isFresh(auth.nonceNs, nowMs, this.#floorMs)) return err(REFUSALS.stale)
    const use = this.#replay.use(caller.hotkey, auth.nonceNs, nowMs)
    if (use === 'seen') return err(REFUSALS.replayed)
    return use === 'full' ? err(REFUSALS.replayFull) : ok(caller)
  }

  /** For a proven sender. */
  allow(caller: KnownCaller, nowMs: number): Refusal | undefined {
    const { requirePermit, minStake } = this.#config.policy
    if (requirePermit && !caller.permit) return REFUSALS.noPermit
    if (caller.stake < minStake) return REFUSALS.lowStake
    return this.#hotkeys.take(caller.hotkey, nowMs) ? undefined : REFUSALS.hotkeyRate
  }
}
