import { enumeration, unnamed, type VariantType } from '../scale/enumeration.ts'
import type { ScaleType, ValueOf } from '../scale/type.ts'
import { type AnyCall, outerCall } from './outer-call.ts'
import { type AnyEvent, outerEvent } from './outer-event.ts'
import { PALLETS } from './pallets.ts'

type Pallets = typeof PALLETS
type Having<Part extends 'call' | 'event' | 'error'> = {
  [P in keyof Pallets as Exclude<Pallets[P][Part], undefined> extends ScaleType<infer V>
    ? [V] extends [never]
      ? never
      : P
    : never]: ValueOf<Exclude<Pallets[P][Part], undefined>>
}

/** The outer enum of one part of every pallet that has it, with the pallets' own numbers. */
function outer<Part extends 'call' | 'event' | 'error'>(part: Part, path: string) {
  const variants = Object.values(PALLETS).flatMap((pallet) => {
    const type = pallet[part]
    return type === undefined ? [] : [[pallet.name, unnamed(pallet.index, [type as ScaleType<unknown>])] as const]
  })
  // Built from the very pallets that Having<Part> keeps.
  return enumeration<Having<Part>>(
    path,
    Object.fromEntries(variants) as unknown as { readonly [K in keyof Having<Part>]: VariantType<Having<Part>[K]> },
  )
}

export const runtimeCall = outer('call', 'node_subtensor_runtime::RuntimeCall')
export const runtimeEvent = outer('event', 'node_subtensor_runtime::RuntimeEvent')
export const runtimeError = outer('error', 'node_subtensor_runtime::RuntimeError')

export type RuntimeCall = ValueOf<typeof runtimeCall>
export type RuntimeEvent = ValueOf<typeof runtimeEvent>

// The late types are wider on purpose: a pallet that carries calls cannot name the list that contains itself.
outerCall.bind(runtimeCall as unknown as ScaleType<AnyCall>)
outerEvent.bind(runtimeEvent as unknown as ScaleType<AnyEvent>)
