import type { AdapterChoice as Adapter, MiningOption } from '../../../shared/contract/mining.contract.ts'
import { Chip, type ChipKind } from '../../ui/chip.tsx'
import { useMineDraft } from './mine-draft.store.ts'

/** What answers the requests of the chosen subnet: the draft where it is still offered there, else what is proposed. */
export function useChosenAdapter(option: MiningOption | undefined): Adapter | undefined {
  const { adapter } = useMineDraft()
  return (
    option?.adapters.find((one) => one.id === adapter) ?? option?.adapters.find((one) => one.id === option.adapterId)
  )
}

const STATUS: Readonly<Record<Adapter['status'], readonly [ChipKind, string]>> = {
  verified: ['good', 'tried'],
  stale: ['warn', 'tried long ago'],
  unverified: ['warn', 'never tried'],
}

export function AdapterChoice({ option }: { readonly option: MiningOption }) {
  const chosen = useChosenAdapter(option)
  const { userPicked } = useMineDraft()
  const row = (adapter: Adapter) => (
    <AdapterRow
      key={adapter.id}
      adapter={adapter}
      chosen={adapter.id === chosen?.id}
      onPick={() => userPicked({ adapter: adapter.id })}
    />
  )
  const proposed = option.adapters.filter((adapter) => !adapter.byHand)
  const byHand = option.adapters.filter((adapter) => adapter.byHand)
  return (
    <fieldset className="grid gap-2">
      <legend className="legend">Adapter</legend>
      {proposed.map(row)}
      {byHand.length > 0 && (
        <details open={proposed.length === 0 || chosen?.byHand}>
          <summary>{byHand.length} that nobody tried with this subnet</summary>
          <div className="grid gap-2 mt-2">{byHand.map(row)}</div>
        </details>
      )}
    </fieldset>
  )
}

interface AdapterRowProps {
  readonly adapter: Adapter
  readonly chosen: boolean
  readonly onPick: () => void
}
function AdapterRow({ adapter, chosen, onPick }: AdapterRowProps) {
  const [kind, word] = STATUS[adapter.status]
  return (
    <label className="pick">
      <input type="radio" name="adapter" checked={chosen} onChange={onPick} />
      <span className="grid min-w-0 gap-1">
        <span className="row wrap">
          <strong className="strong">{adapter.title}</strong>
          <Chip kind={kind}>
            {word}
            {adapter.status !== 'unverified' && ` on ${adapter.date}`}
          </Chip>
          {adapter.own && <Chip>made for this subnet</Chip>}
        </span>
        <span className="soft small">
          {adapter.status === 'unverified' ? `Written from ${adapter.source}.` : `Tried with ${adapter.source}.`}
          {chosen && ` ${adapter.notes}`}
          {adapter.needs === 'service' && ' It needs no model: a program of yours on this computer does the work.'}
        </span>
      </span>
    </label>
  )
}
