import type { LedgerLine } from '../../../shared/contract/ledger.contract.ts'

/** Lines of one request: some screens of them, and some ms for the host wherever in the ledger they are. */
export const PAGE = 200
/** Pages that are kept around those in sight; others are asked again when one comes back to them. */
const KEPT_PAGES = 30
/** A page can be only so high in a browser. What lies beyond is reached from the other end, or by a day. */
export const MOST_ROWS = 300_000

/** A line, or the place of one that is not here at the moment. */
export type Slot = LedgerLine | { readonly cursor: string; readonly waits: true }

/** A list of which only the pages around what is in sight are held. */
export interface PageList {
  /** Where each known page begins: after this line; `undefined` for the first page. */
  readonly starts: readonly (string | undefined)[]
  readonly pages: ReadonlyMap<number, readonly LedgerLine[]>
  /** Lines of the last page, once it is known that none comes after it. */
  readonly lastPage: number | undefined
}

export interface Page {
  readonly lines: readonly LedgerLine[]
  readonly next?: string | undefined
}

export const EMPTY: PageList = { starts: [undefined], pages: new Map(), lastPage: undefined }

/** A page came. Pages after one that is not what it was before are forgotten: their places have moved. */
export function withPage(list: PageList, index: number, { lines, next }: Page): PageList {
  if (index >= list.starts.length) return list
  const known = list.starts[index + 1]
  const isSame = index + 1 < list.starts.length && known === next
  const pages = new Map([...list.pages].filter(([at]) => isSame || at < index))
  pages.set(index, lines)
  if (isSame) return { ...list, pages }
  const starts = list.starts.slice(0, index + 1)
  return next === undefined
    ? { starts, pages, lastPage: lines.length }
    : { starts: [...starts, next], pages, lastPage: undefined }
}

/** Lines that are known to be there. The page that comes next counts when it has come. */
export const countOf = ({ starts, lastPage }: PageList): number =>
  Math.min(MOST_ROWS, (starts.length - 1) * PAGE + (lastPage ?? 0))

/** The first page to ask for, so that what is in sight, and a page beyond, is there. */
export function missingPage(
  list: PageList,
  sight: { readonly first: number; readonly end: number },
): number | undefined {
  const last = Math.min(Math.floor((sight.end + PAGE / 2) / PAGE), MOST_ROWS / PAGE - 1, list.starts.length - 1)
  for (let at = Math.max(0, Math.floor(sight.first / PAGE)); at <= last; at += 1) if (!list.pages.has(at)) return at
  return undefined
}

/** Forgets the lines of pages that are far from `page`; their places stay. */
export function trimmed(list: PageList, page: number): PageList {
  if (list.pages.size <= KEPT_PAGES) return list
  const near = [...list.pages.keys()].sort((a, b) => Math.abs(a - page) - Math.abs(b - page)).slice(0, KEPT_PAGES)
  return { ...list, pages: new Map(near.map((at) => [at, list.pages.get(at) ?? []])) }
}

/** One slot for each line, in order. */
export function slotsOf(list: PageList): readonly Slot[] {
  const count = countOf(list)
  const slots: Slot[] = []
  for (let page = 0; slots.length < count; page += 1) {
    const lines = list.pages.get(page)
    const size = Math.min(PAGE, count - slots.length)
    if (lines) slots.push(...lines.slice(0, size))
    else for (let at = 0; at < size; at += 1) slots.push({ cursor: `${page}/${at}`, waits: true })
  }
  return slots
}

/** Whether the newest lines are other ones than those at the top of the list. */
export const isBehind = (list: PageList, newest: Page): boolean => {
  const top = list.pages.get(0)
  if (!top) return false
  return top.length !== newest.lines.length || top.some((line, at) => line.cursor !== newest.lines[at]?.cursor)
}
