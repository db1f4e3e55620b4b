import type { SelectiveMetagraph } from '../../definitions/types/selective-metagraph.ts'
import { selectiveMetagraph } from '../../definitions/types/selective-metagraph.ts'
import type { Ctx } from '../core/ctx.ts'
import { subtensorModule } from '../core/pallets.ts'
import { metagraphOf } from './subnet-views.ts'

const s = subtensorModule.storage

const shape = selectiveMetagraph.shape
/** Fields in the order of their numbers: the type's own order. */
const FIELDS: readonly string[] =
  shape.kind === 'composite' ? shape.fields.flatMap(({ name }) => (name === undefined ? [] : [name])) : []

/** Uids that validate: those with a permit. */
const validatorsOf = ({ store }: Ctx, netuid: number): number[] =>
  store.get(s.ValidatorPermit, netuid).flatMap((permit, uid) => (permit ? [uid] : []))

/**
 * The fields of a metagraph that were asked for, by number; numbers that no field has are passed over.
 * `netuid` (0) is always there.
 */
export function selectiveOf(ctx: Ctx, netuid: number, indexes: readonly number[]): SelectiveMetagraph {
  const wanted = new Set(indexes.map((index) => FIELDS[index]))
  const whole: Readonly<Record<string, unknown>> = {
    ...metagraphOf(ctx, netuid),
    validators: validatorsOf(ctx, netuid),
    // The Commitments pallet is not part of practice, so nobody has committed anything.
    commitments: [],
  }
  const chosen = FIELDS.map((name) => [name, wanted.has(name) || name === 'netuid' ? whole[name] : undefined])
  // Every field of the type is among FIELDS, and each value has the field's own type in `whole`.
  return Object.fromEntries(chosen) as unknown as SelectiveMetagraph
}
