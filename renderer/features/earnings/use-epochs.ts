import { useCallback, useEffect, useRef, useState } from 'react'
import type { EpochsPage } from '../../../shared/contract/earnings.contract.ts'
import type { AppError } from '../../../shared/errors.ts'
import { useClient } from '../../bridge/bridge-context.ts'
import type { Ask } from './ask.ts'

export const PAGE = 100
/** Pages that are kept; others are asked again when one comes back to them. */
const KEPT = 30

export type Epoch = EpochsPage['rows'][number]

interface Held {
  readonly version: number
  readonly pages: ReadonlyMap<number, readonly Epoch[]>
}

export interface Epochs {
  readonly at: (index: number) => Epoch | undefined
  readonly onSight: (first: number, end: number) => void
  readonly error: AppError | undefined
  readonly again: () => void
}

/**
 * Epochs as they scroll into sight, a page at a time.
 * @param version another one: rows came, so that those in sight are asked again, and stay until they are there
 */
export function useEpochs(ask: Ask & { readonly onlyRed: boolean }, version: number): Epochs {
  const client = useClient()
  const [held, setHeld] = useState<Held>({ version, pages: new Map() })
  const [sight, setSight] = useState({ first: 0, end: 1 })
  const [error, setError] = useState<AppError>()
  const asking = useRef<string>(undefined)
  const pagesInSight = Array.from(
    { length: Math.floor(Math.max(0, sight.end - 1) / PAGE) - Math.floor(sight.first / PAGE) + 1 },
    (_, index) => Math.floor(sight.first / PAGE) + index,
  )
  const missing = error ? undefined : pagesInSight.find((page) => held.version !== version || !held.pages.has(page))
  useEffect(() => {
    const name = `${version}/${missing}`
    if (missing === undefined || asking.current === name) return
    asking.current = name
    void client.call('earnings.epochs', { ...ask, offset: missing * PAGE, limit: PAGE }).then((page) => {
      if (asking.current !== name) return
      asking.current = undefined
      if (!page.ok) return setError(page.error)
      setHeld((now) => {
        // Places have moved: what was held is not there any more.
        const pages = new Map(now.version === version ? now.pages : [])
        pages.set(missing, page.value.rows)
        const far = [...pages.keys()].sort((a, b) => Math.abs(b - missing) - Math.abs(a - missing))
        for (const one of far.slice(0, Math.max(0, pages.size - KEPT))) pages.delete(one)
        return { version, pages }
      })
    })
  }, [missing, version, client, ask])
  return {
    at: (index) => held.pages.get(Math.floor(index / PAGE))?.[index % PAGE],
    onSight: useCallback((first: number, end: number) => setSight({ first, end: Math.max(first + 1, end) }), []),
    error,
    again: () => setError(undefined),
  }
}
