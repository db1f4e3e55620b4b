import type { CallerLists } from '../../../shared/mining/caller-lists.ts'
import type { Caller } from '../axon.port.ts'
import { publicKeyOf } from './ss58.ts'
import { type Verifier, verifierOf } from './verify.ts'

/** A caller with the means to check its signatures. */
export interface KnownCaller extends Caller {
  readonly verifier: Verifier
}

/** The keys that may call, replaced as a whole with each snapshot of the metagraph, and what the owner says of them. */
export class KnownCallers {
  #byHotkey: ReadonlyMap<string, KnownCaller> = new Map()
  #denied: ReadonlySet<string> = new Set()
  #allowed: ReadonlySet<string> | undefined

  replace(callers: readonly Caller[]): void {
    const next = new Map<string, KnownCaller>()
    for (const caller of callers) {
      const known = this.#known(caller)
      if (known) next.set(caller.hotkey, known)
    }
    this.#byHotkey = next
  }

  /** Replaces both lists of the owner; they name hotkeys that may not be in the metagraph now. */
  list({ denied, allowed }: CallerLists): void {
    this.#denied = new Set(denied)
    this.#allowed = allowed && new Set(allowed)
  }

  /** What the lists say of a hotkey: denied comes first. */
  listed(hotkey: string): 'denied' | 'not-on-list' | undefined {
    if (this.#denied.has(hotkey)) return 'denied'
    return this.#allowed?.has(hotkey) === false ? 'not-on-list' : undefined
  }

  get(hotkey: string): KnownCaller | undefined {
    return this.#byHotkey.get(hotkey)
  }

  /** Keeps the verifier of a key that was there before: a metagraph has thousands, and most stay. */
  #known(caller: Caller): KnownCaller | undefined {
    const before = this.#byHotkey.get(caller.hotkey)
    if (before && before.scheme === caller.scheme) return { ...caller, verifier: before.verifier }
    const publicKey = publicKeyOf(caller.hotkey)
    return publicKey && { ...caller, verifier: verifierOf(caller.scheme, publicKey) }
  }
}
