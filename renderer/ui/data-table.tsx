import { type KeyboardEvent, memo, type ReactNode, type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import { piecesOf, useWindowedRows } from './windowed-rows.ts'

export interface Column<Row> {
  readonly key: string
  readonly head: ReactNode
  readonly right?: boolean
  /** Leaves when the window is narrow. Never a money column. */
  readonly hideWhenNarrow?: boolean
  /** A class of the column's cells and head. */
  readonly className?: string
  /** CSS length; counts only in a windowed table, whose columns must not depend on the rows in sight. */
  readonly width?: string
  /** @param active the row is the one that Tab reaches: only its buttons and links are stops, too */
  readonly cell: (row: Row, active: boolean) => ReactNode
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
  /** Hundreds of rows of equal height: only those in sight are drawn. */
  readonly windowed?: boolean
  /** Told which rows of a windowed table are drawn, whenever it changes: the first, and one after the last. */
  readonly onSight?: ((first: number, end: number) => void) | undefined
}

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }

/** Row numbers of a table begin at its head, and at 1. */
const HEAD_ROWS = 1

/** The row that a key leads to; `undefined` for other keys. */
function nextRow(event: KeyboardEvent<HTMLElement>, count: number): number | undefined {
  const row = event.target instanceof HTMLElement ? event.target.closest('tr') : null
  const here = Number(row?.ariaRowIndex ?? Number.NaN) - HEAD_ROWS - 1
  if (Number.isNaN(here) || count === 0) return undefined
  const step = STEPS[event.key]
  const next = step !== undefined ? here + step : event.key === 'Home' ? 0 : event.key === 'End' ? count - 1 : undefined
  return next === undefined ? undefined : Math.min(count - 1, Math.max(0, next))
}

/** A table with sortable heads. Arrow keys, Home, End and PageUp/Down move among rows, Enter opens one. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { columns, rowKey } = props
  const [sort, setSort] = useState(props.firstSort)
  const [active, setActive] = useState<string>()
  const [wanted, setWanted] = useState<number>()
  const body = useRef<HTMLTableSectionElement>(null)
  const by = columns.find((column) => column.key === sort?.key)?.compare
  const rows = useMemo(
    () => (by ? [...props.rows].sort((a, b) => (sort?.down ? by(b, a) : by(a, b))) : props.rows),
    [by, props.rows, sort?.down],
  )
  const keys = useMemo(() => rows.map(rowKey), [rows, rowKey])
  const place = active === undefined ? -1 : keys.indexOf(active)
  const reachable = place < 0 ? 0 : place
  const { range, rowPx } = useWindowedRows(body, { count: rows.length, on: props.windowed ?? false })
  const { onSight } = props
  const { first, end } = range
  useEffect(() => onSight?.(Math.max(0, first), end), [onSight, first, end])
  useEffect(() => {
    if (wanted === undefined) return
    body.current?.querySelector<HTMLElement>(`tr[aria-rowindex="${wanted + HEAD_ROWS + 1}"]`)?.focus()
    setWanted(undefined)
  }, [wanted])
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const next = nextRow(event, rows.length)
    if (next === undefined) return
    event.preventDefault()
    setWanted(next)
  }
  const acts = useRef<RowActs>({ focus: () => undefined, open: () => undefined })
  acts.current = {
    focus: (index) => setActive(keys[index]),
    open: (index) => {
      const row = rows[index]
      if (row !== undefined) props.onOpen?.(row)
    },
  }
  const pieces = piecesOf(rows.length, range, { keep: [reachable, wanted ?? -1], rowPx })
  return (
    <table
      className={`tbl${props.stale ? ' stale' : ''}${props.windowed ? ' windowed' : ''}`}
      aria-rowcount={rows.length + HEAD_ROWS}
    >
      <caption className="vh">{props.caption}</caption>
      <Heads columns={columns} sort={sort} onSort={setSort} />
      <tbody ref={body} onKeyDown={onKeyDown}>
        {pieces.map((piece) => {
          if (!('row' in piece))
            return <tr key={`gap ${piece.gapBefore}`} className="spacer" style={{ blockSize: `${piece.px}px` }} />
          const row = rows[piece.row]
          const key = keys[piece.row]
          if (row === undefined || key === undefined) return null
          return (
            <DataRow
              key={key}
              row={row}
              // Each column is given rows of this very table.
              columns={columns as readonly Column<unknown>[]}
              index={piece.row}
              active={piece.row === reachable}
              selected={key === props.selected}
              className={`${props.onOpen ? 'opens ' : ''}${props.rowClass?.(row) ?? ''}`}
              acts={acts}
            />
          )
        })}
      </tbody>
      {props.foot && <tfoot>{props.foot}</tfoot>}
    </table>
  )
}

/** What rows do, by their place; read when it is done, so that a row need not be drawn anew for it. */
interface RowActs {
  readonly focus: (index: number) => void
  readonly open: (index: number) => void
}

interface DataRowProps {
  readonly row: unknown
  readonly columns: readonly Column<unknown>[]
  readonly index: number
  readonly active: boolean
  readonly selected: boolean
  readonly className: string
  readonly acts: RefObject<RowActs>
}

/** While a table scrolls, its rows stay as they are. */
const DataRow = memo(function DataRow({ row, columns, index, active, selected, className, acts }: DataRowProps) {
  return (
    <tr
      tabIndex={active ? 0 : -1}
      aria-rowindex={index + HEAD_ROWS + 1}
      className={className}
      data-selected={selected || undefined}
      onFocus={() => acts.current.focus(index)}
      onClick={() => acts.current.open(index)}
      onKeyDown={(event) => event.key === 'Enter' && event.target === event.currentTarget && acts.current.open(index)}
    >
      {columns.map((column) => (
        <td key={column.key} className={classOf(column)}>
          {column.cell(row, active)}
        </td>
      ))}
    </tr>
  )
})

interface HeadsProps<Row> {
  readonly columns: readonly Column<Row>[]
  readonly sort: { readonly key: string; readonly down: boolean } | undefined
  readonly onSort: (sort: { readonly key: string; readonly down: boolean }) => void
}

function Heads<Row>({ columns, sort, onSort }: HeadsProps<Row>) {
  return (
    <thead>
      <tr aria-rowindex={1}>
        {columns.map((column) => {
          const sorted = column.key === sort?.key
          const ariaSort = sorted ? (sort?.down ? 'descending' : 'ascending') : undefined
          return (
            <th
              key={column.key}
              scope="col"
              className={classOf(column)}
              aria-sort={ariaSort}
              style={column.width === undefined ? undefined : { inlineSize: column.width }}
            >
              {column.compare ? (
                <button
                  type="button"
                  onClick={() => onSort({ key: column.key, down: column.key === sort?.key ? !sort.down : true })}
                >
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
  )
}

const classOf = ({
  right,
  hideWhenNarrow,
  className = '',
}: Pick<Column<never>, 'right' | 'hideWhenNarrow' | 'className'>): string =>
  `${right ? 'r' : ''}${hideWhenNarrow ? ' hide-m' : ''}${className === '' ? '' : ` ${className}`}`
