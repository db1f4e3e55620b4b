import { create } from 'zustand'

/** What was chosen for several places at once, and not yet agreed to. */
interface SeveralDraft {
  readonly netuid: number | undefined
  /** In the order in which they were picked: so they are bought. */
  readonly hotkeys: readonly string[]
  /** As for one place: room for one registration of somebody else. */
  readonly tolerancePpm: number
  userPickedSubnet(netuid: number): void
  userPicked(hotkey: string, picked: boolean): void
  userPickedTolerance(tolerancePpm: number): void
  /** It was agreed to: what comes next is another choice. */
  begun(): void
}

export const useSeveralDraft = create<SeveralDraft>()((set) => ({
  netuid: undefined,
  hotkeys: [],
  tolerancePpm: 300_000,
  userPickedSubnet: (netuid) => set({ netuid }),
  userPicked: (hotkey, picked) =>
    set(({ hotkeys }) => ({ hotkeys: [...hotkeys.filter((one) => one !== hotkey), ...(picked ? [hotkey] : [])] })),
  userPickedTolerance: (tolerancePpm) => set({ tolerancePpm }),
  begun: () => set({ hotkeys: [] }),
}))
