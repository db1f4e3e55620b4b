import { compact as compactInteger } from 'scale-ts'
import { eventRecord } from '../../definitions/outer-event.ts'
import type { Phase } from '../../definitions/types/frame.ts'
import { concatBytes } from '../../scale/hex.ts'
import type { Kv } from '../../state/kv.port.ts'
import { type RuntimeEventValue, system } from '../core/pallets.ts'
import { Store } from '../core/store.ts'

const { Events, EventCount } = system.storage

/**
 * Adds events to `System.Events`. The list is only ever made longer: the bytes that are there stay as they are, and
 * the count in front of them is written anew.
 */
export function appendEvents(kv: Kv, phase: Phase, events: readonly RuntimeEventValue[]): void {
  if (events.length === 0) return
  const store = new Store(kv)
  const count = store.get(EventCount)
  const before = kv.get(Events.key())
  const body = before?.subarray(compactInteger.enc(count).length) ?? new Uint8Array()
  const added = events.map((event) => eventRecord.codec.enc({ phase, event, topics: [] }))
  const total = count + events.length
  kv.set(Events.key(), concatBytes(compactInteger.enc(total), body, ...added))
  store.set(EventCount, [], total)
}

export function clearEvents(kv: Kv): void {
  kv.delete(Events.key())
  kv.delete(EventCount.key())
}
