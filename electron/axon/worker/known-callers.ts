import type { Caller } from '../axon.port.ts'
import { publicKeyOf } from './ss58.ts'
import { type Verifier, verifierOf } from './verify.ts'

/** A caller with the means to check its signatures. */
export interface KnownCaller extends Caller {
  readonly verifier: Verifier
}

/** The keys that may call, replaced as a whole with each snapshot of the metagraph. */
export class KnownCallers {
  #byHotkey: ReadonlyMap<string, KnownCaller> = new Map()

  replace(callers: readonly Caller[]): void {
    const next = new Map<string, KnownCaller>()
    for (const caller of callers) {
      const known = this.#known(caller)
      if (known) next.set(caller.hotkey, known)
    }
    this.#byHotkey = next
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
