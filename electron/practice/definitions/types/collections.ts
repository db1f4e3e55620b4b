import { newtype, vec } from '../../scale/composites.ts'
import type { ScaleType } from '../../scale/type.ts'

/** `BTreeSet<T>` as a list; the chain keeps it sorted and each item once, and the caller has to. */
export const btreeSet = <T>(item: ScaleType<T>): ScaleType<T[]> => newtype('BTreeSet', vec(item), { T: item.shape })
