import { create } from 'zustand'
import type { PasteVerdict } from '../../../shared/addresses/pasted.ts'
import type { AmountUnit } from '../../format/read-amount.ts'

/** Only what the person is typing. Who is paid is judged anew with every change. */
interface SendDraft {
  readonly to: string
  /** The recipient once more, typed by hand. */
  readonly typedTo: string
  readonly pasted: PasteVerdict | undefined
  /** Said of this recipient: yes, a hotkey is meant. */
  readonly meant: boolean
  readonly text: string
  readonly unit: AmountUnit
  userEnteredRecipient(to: string): void
  userPasted(verdict: PasteVerdict): void
  userTypedRecipientAgain(typedTo: string): void
  userMeansIt(meant: boolean): void
  userTypedAmount(text: string): void
  userPickedUnit(unit: AmountUnit): void
  draftSent(): void
}

const empty = { to: '', typedTo: '', pasted: undefined, meant: false, text: '', unit: 'whole' as AmountUnit }

export const useSendDraft = create<SendDraft>()((set) => ({
  ...empty,
  userEnteredRecipient: (to) => set({ to, typedTo: '', pasted: undefined, meant: false }),
  userPasted: (pasted) => set({ pasted }),
  userTypedRecipientAgain: (typedTo) => set({ typedTo }),
  userMeansIt: (meant) => set({ meant }),
  userTypedAmount: (text) => set({ text }),
  userPickedUnit: (unit) => set({ unit }),
  draftSent: () => set(empty),
}))
