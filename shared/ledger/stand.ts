import type { Netuid, Ss58 } from '../units/amounts.ts'
import type { LedgerEntry } from './entry.ts'

export interface Place {
  readonly netuid: Netuid
  readonly hotkey: Ss58
}
export interface AlphaChange extends Place {
  /** Signed 1e-9 alpha. */
  readonly alpha: bigint
}

export const placeKey = ({ netuid, hotkey }: Place): string => `${netuid}/${hotkey}`

/** What one line did to positions of its account. Swaps of keys, and counts after a gap, are told by {@link Stand} alone. */
export function changesOf(entry: LedgerEntry): readonly AlphaChange[] {
  const { netuid, hotkey, toHotkey, alpha, kind } = entry
  if (netuid === undefined || hotkey === undefined || kind === 'opening') return []
  if (kind !== 'move') return alpha === 0n ? [] : [{ netuid, hotkey, alpha }]
  return toHotkey === undefined
    ? []
    : [
        { netuid, hotkey, alpha: -alpha },
        { netuid, hotkey: toHotkey, alpha },
      ]
}

/** Follows the lines of one account, oldest first: how much each position holds by them. */
export class Stand {
  readonly #held = new Map<string, AlphaChange>()

  apply(entry: LedgerEntry): void {
    const { kind, netuid, hotkey, toHotkey, alpha } = entry
    if (kind === 'opening' && netuid !== undefined && hotkey !== undefined) this.#set({ netuid, hotkey, alpha })
    else if (kind === 'hotkey-swap' && hotkey !== undefined && toHotkey !== undefined)
      this.#swap(hotkey, toHotkey, netuid)
    else if (kind === 'coldkey-swap') this.#held.clear()
    else for (const change of changesOf(entry)) this.#add(change)
  }

  /** Positions that are not empty. */
  positions(): readonly AlphaChange[] {
    return [...this.#held.values()]
  }
  of(place: Place): bigint {
    return this.#held.get(placeKey(place))?.alpha ?? 0n
  }

  #set(change: AlphaChange): void {
    if (change.alpha === 0n) this.#held.delete(placeKey(change))
    else this.#held.set(placeKey(change), change)
  }
  #add(change: AlphaChange): void {
    this.#set({ ...change, alpha: this.of(change) + change.alpha })
  }
  #swap(from: Ss58, to: Ss58, only: Netuid | undefined): void {
    for (const { netuid, hotkey, alpha } of this.positions()) {
      if (hotkey !== from || (only !== undefined && only !== netuid)) continue
      this.#set({ netuid, hotkey, alpha: 0n })
      this.#add({ netuid, hotkey: to, alpha })
    }
  }
}
