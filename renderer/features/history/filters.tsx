import { ENTRY_KINDS, type EntryKind } from '../../../shared/ledger/entry.ts'
import { valueIn } from '../../bridge/loadable.ts'
import { useDirectory } from '../../bridge/use-directory.ts'
import { useSubscription } from '../../bridge/use-subscription.ts'
import { cleanName } from '../../format/hostile-text.ts'
import { Field } from '../../ui/field.tsx'
import { Select } from '../../ui/select.tsx'
import { KIND_WORDS } from './kind-words.ts'
import { readDay } from './read-day.ts'

/** What is typed and picked; empty text: all. */
export interface FilterDraft {
  readonly account: string
  readonly kind: string
  readonly netuid: string
  readonly from: string
  readonly to: string
  readonly order: 'newest' | 'oldest'
}
export const NO_FILTER: FilterDraft = { account: '', kind: '', netuid: '', from: '', to: '', order: 'newest' }
/** Whether anything is left out; the order leaves out nothing. */
export const isFiltered = (draft: FilterDraft): boolean =>
  Object.entries(draft).some(([name, value]) => name !== 'order' && value !== '')

const DAY_MS = 86_400_000

export const isKind = (text: string): text is EntryKind => (ENTRY_KINDS as readonly string[]).includes(text)

/** `undefined` as long as a day is not one: then nothing is asked. */
export function boundsOf({ from, to }: FilterDraft): { fromMs?: number; toMs?: number } | undefined {
  const [first, last] = [readDay(from), readDay(to)]
  if (first.state === 'wrong' || last.state === 'wrong') return undefined
  return {
    ...(first.state === 'day' ? { fromMs: first.atMs } : {}),
    // The last day counts whole.
    ...(last.state === 'day' ? { toMs: last.atMs + DAY_MS } : {}),
  }
}
const wrongDay = (text: string): string | undefined =>
  readDay(text).state === 'wrong' ? 'Not a day. Write it as 2026-11-22.' : undefined

export function Filters({
  draft,
  onChange,
}: {
  readonly draft: FilterDraft
  readonly onChange: (draft: FilterDraft) => void
}) {
  const wallets = valueIn(useSubscription('wallet.state'))?.wallets ?? []
  const subnets = [...useDirectory().values()]
  const set = (part: Partial<FilterDraft>) => onChange({ ...draft, ...part })
  return (
    <search className="pad grid grid-cols-[repeat(auto-fit,minmax(150px,1fr))] gap-3" aria-label="Narrow the history">
      <Select
        label="Wallet"
        value={draft.account}
        onPick={(account) => set({ account })}
        choices={[
          { value: '', text: 'All wallets' },
          ...wallets.map(({ name, address }) => ({ value: address, text: name })),
        ]}
      />
      <Select
        label="Kind"
        value={draft.kind}
        onPick={(kind) => set({ kind })}
        choices={[
          { value: '', text: 'All kinds' },
          ...ENTRY_KINDS.map((kind) => ({ value: kind, text: KIND_WORDS[kind].name })),
        ]}
      />
      <Select
        label="Subnet"
        value={draft.netuid}
        onPick={(netuid) => set({ netuid })}
        choices={[
          { value: '', text: 'All subnets' },
          ...subnets.map(({ netuid, name }) => ({ value: String(netuid), text: `${netuid} ${cleanName(name)}` })),
        ]}
      />
      <Field
        label="From day (UTC)"
        value={draft.from}
        onType={(from) => set({ from })}
        placeholder="2026-01-01"
        wrong={wrongDay(draft.from)}
      />
      <Field
        label="To day (UTC)"
        value={draft.to}
        onType={(to) => set({ to })}
        placeholder="2026-12-31"
        wrong={wrongDay(draft.to)}
      />
      <Select
        label="Order"
        value={draft.order}
        onPick={(order) => set({ order: order === 'oldest' ? 'oldest' : 'newest' })}
        choices={[
          { value: 'newest', text: 'Newest first' },
          { value: 'oldest', text: 'Oldest first' },
        ]}
      />
    </search>
  )
}
