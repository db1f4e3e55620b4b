import type { BackendView } from '../../../shared/contract/backends.contract.ts'
import { useNow } from '../../bridge/use-now.ts'
import { cleanName } from '../../format/hostile-text.ts'
import { Chip } from '../../ui/chip.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { msText, speedText, stateWords } from './backend-words.ts'

export interface BackendsTableProps {
  readonly backends: readonly BackendView[]
  readonly stale: boolean
  readonly selected: string | undefined
  readonly onOpen: (id: string) => void
}

export function BackendsTable({ backends, stale, selected, onOpen }: BackendsTableProps) {
  const now = useNow(1_000)
  const columns: readonly Column<BackendView>[] = [
    {
      key: 'state',
      head: 'State',
      cell: (one) => {
        const { chip, word } = stateWords(one, now)
        return <Chip kind={chip}>{word}</Chip>
      },
    },
    {
      key: 'name',
      head: 'Server',
      cell: ({ name }) => (
        <b className="strong inline-block max-w-48 truncate align-bottom" title={cleanName(name)}>
          {cleanName(name)}
        </b>
      ),
    },
    {
      key: 'model',
      head: 'Model',
      hideWhenNarrow: true,
      cell: ({ model }) => (
        <span className="inline-block max-w-64 truncate align-bottom" title={cleanName(model)}>
          {cleanName(model)}
        </span>
      ),
    },
    {
      key: 'load',
      head: 'Running, waiting',
      right: true,
      cell: ({ running, waiting, places }) => (
        <span className="nowrap" title={`${places} at the same time`}>
          {running} of {places}, {waiting}
        </span>
      ),
    },
    {
      key: 'speed',
      head: 'Speed',
      right: true,
      cell: ({ tokensPerSecond }) => <span className="nowrap">{speedText(tokensPerSecond)}</span>,
    },
    {
      key: 'first',
      head: 'First token',
      right: true,
      hideWhenNarrow: true,
      cell: ({ firstTokenP50Ms }) => <span className="nowrap">{msText(firstTokenP50Ms)}</span>,
    },
    {
      key: 'answered',
      head: 'Answered, failed',
      right: true,
      hideWhenNarrow: true,
      cell: ({ answered, failed }) => `${answered}, ${failed}`,
    },
  ]
  return (
    <DataTable
      caption="Servers that compute for the miner"
      columns={columns}
      rows={backends}
      rowKey={({ id }) => id}
      onOpen={({ id }) => onOpen(id)}
      selected={selected}
      stale={stale}
    />
  )
}
