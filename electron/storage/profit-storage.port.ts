import type { MinedEpoch } from '../../shared/profit/income.ts'
import type { ProfitSettings } from '../../shared/profit/profit-settings.ts'
import type { ProfitSlot, SlotMiner } from '../../shared/profit/profit-slot.ts'
import type { Ss58 } from '../../shared/units/amounts.ts'

/** A pause of the rule, so that it outlives this program. */
export interface KeptPause extends SlotMiner {
  readonly genesis: string
  /** ms since 1970. */
  readonly sinceMs: number
}

/** Part of the storage: what profit is reckoned from. Each method is one transaction. */
export interface ProfitStorage {
  /** `undefined`: nobody set anything yet. */
  profitSettings(): ProfitSettings | undefined
  saveProfitSettings(settings: ProfitSettings): void
  /** `undefined`: the rule pauses nothing. */
  profitPause(): KeptPause | undefined
  saveProfitPause(pause: KeptPause | undefined): void
  /** Oldest first. @param fromMs ms since 1970, inclusive */
  profitSlots(genesis: string, fromMs: number): readonly ProfitSlot[]
  /** In the place of what was there for their time; those older than `keepFromMs` go. */
  putProfitSlots(genesis: string, slots: readonly ProfitSlot[], keepFromMs: number): void
  /** Epochs of one place from a moment on, oldest first. @param fromMs ms since 1970, inclusive */
  minedEpochs(
    genesis: string,
    of: SlotMiner & { readonly coldkey: Ss58; readonly fromMs: number },
  ): readonly MinedEpoch[]
}
