import { likeness } from './look-alike.ts'

/** What a paste says about the clipboard, after this app put an address there. */
export type PasteVerdict =
  /** Nothing was copied here, or what was copied came back unchanged. */
  | { readonly kind: 'same' }
  | { readonly kind: 'nothing-copied' }
  /** Another program, or the person, put something else there since. `alike`: it imitates what was copied. */
  | { readonly kind: 'changed'; readonly copied: string; readonly alike: boolean }

const bare = (text: string): string => text.replace(/[ \t\r\n\u00a0]+/gu, '')

/**
 * Compares a paste with the address that was last copied in this app. Programs that swap addresses in the clipboard are
 * common, and the swapped one often has the same ends.
 * @param copied what the app put into the clipboard last; `undefined` when it put nothing there
 */
export function judgePaste(pasted: string, copied: string | undefined): PasteVerdict {
  if (copied === undefined) return { kind: 'nothing-copied' }
  if (bare(pasted) === bare(copied)) return { kind: 'same' }
  const { first, last } = likeness(bare(pasted), bare(copied))
  return { kind: 'changed', copied, alike: first >= 2 && last >= 2 }
}
