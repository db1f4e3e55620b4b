import { useCallback, useEffect, useRef, useState } from 'react'
import type { AppError } from '../../../shared/errors.ts'
import { useClient } from '../../bridge/bridge-context.ts'
import type { Input } from '../../bridge/client.ts'
import { failed, type Loadable, loading, ready } from '../../bridge/loadable.ts'
import { useQuestion } from '../../bridge/use-question.ts'
import { EMPTY, isBehind, missingPage, PAGE, type Page, type PageList, trimmed, withPage } from './page-list.ts'

export type Ask = Omit<Input<'ledger.lines'>, 'after' | 'limit'>

const AGAIN_MS = 6_000

export interface Listed {
  readonly list: Loadable<PageList>
  /** Newer lines came while somebody reads further down. */
  readonly behind: boolean
  readonly showNewest: () => void
  readonly onSight: (first: number, end: number) => void
  /** Why the next lines are not there. */
  readonly error: AppError | undefined
  readonly again: () => void
}

/**
 * Lines as they scroll into sight. The first page is asked again and again; the others when they are needed.
 * @param isAtTop nobody reads further down: a list that changed is then simply the new one
 */
export function usePageList(ask: Ask, isAtTop: () => boolean): Listed {
  const client = useClient()
  const newest = useQuestion('ledger.lines', { ...ask, limit: PAGE }, { freshForMs: 0, everyMs: AGAIN_MS })
  const [list, setList] = useState<PageList>(EMPTY)
  const [sight, setSight] = useState({ first: 0, end: 0 })
  const [error, setError] = useState<AppError>()
  const asking = useRef(false)
  const atTop = useRef(isAtTop)
  atTop.current = isAtTop
  const head = newest.state === 'ready' ? newest.value : undefined
  const begin = useCallback((page: Page) => setList(withPage(EMPTY, 0, page)), [])
  const behind = head !== undefined && list !== EMPTY && isBehind(list, head)
  useEffect(() => {
    if (head && (list === EMPTY || (behind && atTop.current()))) begin(head)
  }, [head, list, behind, begin])
  const missing = list === EMPTY || error ? undefined : missingPage(list, sight)
  useEffect(() => {
    if (missing === undefined || asking.current) return
    asking.current = true
    const after = list.starts[missing]
    void client
      .call('ledger.lines', { ...ask, limit: PAGE, ...(after === undefined ? {} : { after }) })
      .then((page) => {
        asking.current = false
        if (!page.ok) return setError(page.error)
        // The list may have begun anew meanwhile: then this page belongs nowhere.
        setList((now) =>
          now.starts[missing] === after ? trimmed(withPage(now, missing, page.value), missing) : { ...now },
        )
      })
  }, [missing, list, client, ask])
  return {
    list: list !== EMPTY ? ready(list, false) : newest.state === 'failed' ? failed(newest.error) : loading,
    behind,
    showNewest: () => head && begin(head),
    onSight: useCallback((first: number, end: number) => setSight({ first, end }), []),
    error,
    again: () => {
      setError(undefined)
      newest.again()
    },
  }
}
