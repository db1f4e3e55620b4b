import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react'

export interface Column<Row> {
  readonly key: string
  readonly head: ReactNode
  readonly right?: boolean
  /** Leaves when the window is narrow. Never a money column. */
  readonly hideWhenNarrow?: boolean
  readonly cell: (row: Row) => ReactNode
  /** Makes the column sortable. */
  readonly compare?: (a: Row, b: Row) => number
}
export interface DataTableProps<Row> {
  /** What the table holds, for screen readers. */
  readonly caption: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
  readonly onOpen?: ((row: Row) => void) | undefined
  readonly selected?: string | undefined
  readonly foot?: ReactNode
  readonly stale?: boolean
  readonly firstSort?: { readonly key: string; readonly down: boolean }
  readonly rowClass?: (row: Row) => string | undefined
}

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }

/** Moves the focus among the rows of a table body. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const row = (event.target as HTMLElement).closest('tr')
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>(':scope > tr[tabindex]')]
  if (!row || rows.length === 0) return
  const here = rows.indexOf(row)
  const step = STEPS[event.key]
  const next =
    step !== undefined ? here + step : event.key === 'Home' ? 0 : event.key === 'End' ? rows.length - 1 : undefined
  if (next === undefined) return
  event.preventDefault()
  rows[Math.min(rows.length - 1, Math.max(0, next))]?.focus()
}

/** A table with sortable heads. Arrow keys, Home, End and PageUp/Down move among rows, Enter opens one. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const [sort, setSort] = useState(props.firstSort)
  const [active, setActive] = useState<string>()
  const body = useRef<HTMLTableSectionElement>(null)
  const by = props.columns.find((column) => column.key === sort?.key)?.compare
  const rows = by ? [...props.rows].sort((a, b) => (sort?.down ? by(b, a) : by(a, b))) : props.rows
  const keys = rows.map(props.rowKey)
  const reachable = active !== undefined && keys.includes(active) ? active : keys[0]
  const pickSort = (key: string) => setSort((now) => ({ key, down: now?.key === key ? !now.down : true }))
  return (
    <table className={props.stale ? 'tbl stale' : 'tbl'}>
      <caption className="vh">{props.caption}</caption>
      <thead>
        <tr>
          {props.columns.map((column) => {
            const sorted = column.key === sort?.key
            const ariaSort = sorted ? (sort?.down ? 'descending' : 'ascending') : undefined
            return (
              <th key={column.key} scope="col" className={classOf(column)} aria-sort={ariaSort}>
                {column.compare ? (
                  <button type="button" onClick={() => pickSort(column.key)}>
                    {column.head}
                    {sorted ? (sort?.down ? ' ↓' : ' ↑') : ''}
                  </button>
                ) : (
                  column.head
                )}
              </th>
            )
          })}
        </tr>
      </thead>
      <tbody ref={body} onKeyDown={moveFocus}>
        {rows.map((row) => {
          const key = props.rowKey(row)
          return (
            <tr
              key={key}
              tabIndex={key === reachable ? 0 : -1}
              className={`${props.onOpen ? 'opens ' : ''}${props.rowClass?.(row) ?? ''}`}
              data-selected={key === props.selected || undefined}
              onFocus={() => setActive(key)}
              onClick={() => props.onOpen?.(row)}
              onKeyDown={(event) =>
                event.key === 'Enter' && event.target === event.currentTarget && props.onOpen?.(row)
              }
            >
              {props.columns.map((column) => (
                <td key={column.key} className={classOf(column)}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          )
        })}
      </tbody>
      {props.foot && <tfoot>{props.foot}</tfoot>}
    </table>
  )
}

const classOf = (column: { readonly right?: boolean; readonly hideWhenNarrow?: boolean }): string =>
  `${column.right ? 'r' : ''}${column.hideWhenNarrow ? ' hide-m' : ''}`
