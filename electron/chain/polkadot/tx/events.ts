import { Answer, asList, asTagged } from '../answer.ts'
import type { Tagged } from '../scale/decode.ts'
import type { View } from '../view.ts'

export interface ChainEvent {
  /** Index of the extrinsic that caused it; `undefined` for the block's own work. */
  readonly extrinsic: number | undefined
  /** `Pallet.Event` */
  readonly name: string
  readonly value: unknown
}

/** All events of a block: one request. */
export async function readEvents(view: View): Promise<readonly ChainEvent[]> {
  const [stored] = await view.storage([['System.Events']])
  return eventsIn(stored?.value)
}

/** @param decoded value of `System.Events` */
export function eventsIn(decoded: unknown): readonly ChainEvent[] {
  return asList(decoded, 'System.Events').map((entry) => {
    const record = new Answer(entry, 'EventRecord')
    const phase = asTagged(record.raw('phase'), 'phase')
    const pallet = asTagged(record.raw('event'), 'event')
    const event: Tagged = asTagged(pallet.value, 'event')
    return {
      extrinsic: phase.type === 'ApplyExtrinsic' && typeof phase.value === 'number' ? phase.value : undefined,
      name: `${pallet.type}.${event.type}`,
      value: event.value,
    }
  })
}
