import type { NameFlag } from '../format/hostile-text.ts'
import { Chip } from './chip.tsx'

const FLAG_WORDS: Readonly<Record<NameFlag, string>> = {
  'same-name': 'name of another subnet',
  'same-symbol': 'symbol of another subnet',
  'mixed-alphabets': 'mixed alphabets',
  'symbol-like-tao': 'symbol is like TAO',
}
const isBad = (flag: NameFlag): boolean => flag === 'same-name' || flag === 'mixed-alphabets'

/** What is odd about a name that a stranger chose. */
export function NameFlags({ flags }: { readonly flags: readonly NameFlag[] }) {
  return flags.map((flag) => (
    <Chip key={flag} kind={isBad(flag) ? 'bad' : 'neutral'}>
      {FLAG_WORDS[flag]}
    </Chip>
  ))
}
