import { create } from 'zustand'
import type { AmountUnit } from '../../format/read-amount.ts'

/** Only what the person is doing. Anything the chain knows is a subscription, not a store. */
interface StakeDraft {
  readonly text: string
  readonly unit: AmountUnit
  /** By netuid: choosing again after a look at another subnet would be a nuisance. */
  readonly hotkeys: Readonly<Record<number, string>>
  userTypedAmount(text: string): void
  userPickedUnit(unit: AmountUnit): void
  userPickedHotkey(netuid: number, hotkey: string): void
  draftSent(): void
}

export const useStakeDraft = create<StakeDraft>()((set) => ({
  text: '',
  unit: 'whole',
  hotkeys: {},
  userTypedAmount: (text) => set({ text }),
  userPickedUnit: (unit) => set({ unit }),
  userPickedHotkey: (netuid, hotkey) => set((now) => ({ hotkeys: { ...now.hotkeys, [netuid]: hotkey } })),
  draftSent: () => set({ text: '', unit: 'whole' }),
}))
