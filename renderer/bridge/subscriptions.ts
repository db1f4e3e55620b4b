import type { SubscriptionName } from '../../shared/contract/contract.ts'
import type { AppError } from '../../shared/errors.ts'
import type { Client, Output } from './client.ts'

export interface Heard<T> {
  readonly value?: T
  readonly error?: AppError
  readonly heardAtMs?: number
}
interface Entry {
  heard: Heard<unknown>
  readonly listeners: Set<() => void>
  stop: (() => void) | undefined
  linger: ReturnType<typeof setTimeout> | undefined
}

/** Kept open this long after the last view left, so that going back shows the value at once. */
const LINGER_MS = 10_000
const SILENT: Heard<never> = {}

/** One wire subscription per channel, however many views listen. All watched channels take no input. */
export function createSubscriptions(client: Client) {
  const entries = new Map<SubscriptionName, Entry>()

  function entryOf(name: SubscriptionName): Entry {
    const known = entries.get(name)
    if (known) return known
    const entry: Entry = { heard: SILENT, listeners: new Set(), stop: undefined, linger: undefined }
    entries.set(name, entry)
    return entry
  }

  function start(name: SubscriptionName, entry: Entry): void {
    entry.stop = client.subscribe(name, {}, (result) => {
      entry.heard = result.ok
        ? { value: result.value, heardAtMs: Date.now() }
        : { ...('value' in entry.heard ? entry.heard : {}), error: result.error }
      for (const listener of [...entry.listeners]) listener()
    })
  }

  return {
    watch(name: SubscriptionName, listener: () => void): () => void {
      const entry = entryOf(name)
      entry.listeners.add(listener)
      clearTimeout(entry.linger)
      if (!entry.stop) start(name, entry)
      return () => {
        entry.listeners.delete(listener)
        if (entry.listeners.size > 0) return
        entry.linger = setTimeout(() => {
          entry.stop?.()
          entries.delete(name)
        }, LINGER_MS)
      }
    },
    /** The cast: values under a name were decoded by that name's codec. */
    now: <N extends SubscriptionName>(name: N) => entryOf(name).heard as Heard<Output<N>>,
  }
}
export type Subscriptions = ReturnType<typeof createSubscriptions>
