import { err, ok, type Result } from '../../../shared/result.ts'
import type { AxonConfig } from '../axon.port.ts'
import { type ReplayMark, ReplayStore } from '../replay-store.ts'
import { Buckets } from './buckets.ts'
import type { KnownCaller, KnownCallers } from './known-callers.ts'
import type { Claim, Protocol, RequestHead } from './protocols/protocol.ts'
import { REFUSALS, type Refusal } from './refusal.ts'
import { SlowLine } from './slow-line.ts'

/** What a wrong signature costs its address, in requests: checking one is the most expensive thing a stranger can ask. */
const BAD_SIGNATURE_COST = 10

/** A request that may send its body. */
export interface Admitted {
  readonly head: RequestHead
  readonly claim: Claim
  readonly caller: KnownCaller
}

export interface GateParts {
  readonly protocol: Protocol
  readonly callers: KnownCallers
  /** Marks that an earlier worker has used up. */
  readonly marks: readonly ReplayMark[]
  readonly nowMs: number
}

/**
 * Decides who is answered, cheapest checks first: address rate, shape of the claim and receiver, membership, age, and all of
 * that before the body is read; then signature, replay, and only for a proven sender the policy.
 */
export class Gate {
  readonly #policy: AxonConfig['policy']
  readonly #parts: GateParts
  readonly #replay: ReplayStore
  readonly #addresses: Buckets
  readonly #hotkeys: Buckets
  readonly #slow = new SlowLine()

  constructor({ policy, limits }: AxonConfig, parts: GateParts) {
    this.#policy = policy
    this.#parts = parts
    this.#replay = new ReplayStore(parts.protocol.replayKeepMs, parts.nowMs)
    for (const mark of parts.marks) this.#replay.use(mark, parts.nowMs)
    const { perAddressPerSecond, perHotkeyPerMinute } = limits
    this.#addresses = new Buckets(Math.max(1, 2 * perAddressPerSecond), perAddressPerSecond)
    this.#hotkeys = new Buckets(Math.max(1, perHotkeyPerMinute), perHotkeyPerMinute / 60)
  }

  /** First of all, and for every path. */
  hasRoom(sender: string, nowMs: number): boolean {
    return this.#addresses.take(sender, nowMs)
  }

  /** Before the body. */
  admit(head: RequestHead, nowMs: number): Result<Admitted, Refusal> {
    const claim = this.#parts.protocol.read(head)
    return claim.ok ? this.admitClaim(head, claim.value, nowMs) : claim
  }

  /** The same for a claim that was read elsewhere. */
  admitClaim(head: RequestHead, claim: Claim, nowMs: number): Result<Admitted, Refusal> {
    const caller = this.#parts.callers.get(claim.sender)
    if (!caller) return err(REFUSALS.notInMetagraph)
    if (!this.#isFresh(claim, nowMs)) return err(REFUSALS.stale)
    // Refused at once: the scheme of a key is ours to know, not the sender's to choose.
    if ((claim.scheme ?? caller.scheme) !== caller.scheme) return err(REFUSALS.badSignature)
    return ok({ head, claim, caller })
  }

  /** With the raw body. A good result uses up the mark: what follows the signature is decided in one step. */
  async prove(admitted: Admitted, body: Uint8Array): Promise<Result<void, Refusal>> {
    const { head, claim } = admitted
    // Addresses that sent bad ones lately wait for a turn of their own: they spoil nobody's batch.
    const isDoubted = this.#slow.isDoubted(head.sender, Date.now())
    if (isDoubted && !(await this.#slow.join())) return err(REFUSALS.addressRate)
    const signed = await this.#isSigned(admitted, body, isDoubted)
    const nowMs = Date.now()
    if (!signed) {
      this.#addresses.charge(head.sender, BAD_SIGNATURE_COST, nowMs)
      this.#slow.doubt(head.sender, nowMs)
      return err(REFUSALS.badSignature)
    }
    return this.spend(claim, nowMs)
  }

  /** Of a proven request: uses up its mark. */
  spend(claim: Claim, nowMs: number): Result<void, Refusal> {
    // A body may arrive slowly: what was fresh before it may have left the window, and the replay store with it.
    if (!this.#isFresh(claim, nowMs)) return err(REFUSALS.stale)
    const use = this.#replay.use(claim.mark, nowMs)
    if (use === 'seen') return err(REFUSALS.replayed)
    return use === 'full' ? err(REFUSALS.replayFull) : ok(undefined)
  }

  /** For a proven sender. */
  allow(caller: KnownCaller, nowMs: number): Refusal | undefined {
    const listed = this.#parts.callers.listed(caller.hotkey)
    if (listed) return listed === 'denied' ? REFUSALS.denied : REFUSALS.notOnList
    const { requirePermit, minStake } = this.#policy
    if (requirePermit && !caller.permit) return REFUSALS.noPermit
    if (caller.stake < minStake) return REFUSALS.lowStake
    return this.#hotkeys.take(caller.hotkey, nowMs) ? undefined : REFUSALS.hotkeyRate
  }

  #isSigned({ claim, caller }: Admitted, body: Uint8Array, alone: boolean): boolean | Promise<boolean> {
    const { verifier, scheme } = caller
    const text = claim.text(scheme, body)
    return alone ? verifier.check(text, claim.signature) : verifier.checkSoon(text, claim.signature)
  }

  #isFresh(claim: Claim, nowMs: number): boolean {
    return claim.isFresh(nowMs, () => this.#replay.knows(claim.mark, nowMs))
  }
}
