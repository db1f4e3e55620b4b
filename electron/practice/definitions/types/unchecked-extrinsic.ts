import { newtype } from '../../scale/composites.ts'
import { bytes } from '../../scale/primitives.ts'
import type { ScaleType } from '../../scale/type.ts'
import { extensionsTuple } from '../extensions.ts'
import { outerCall } from '../outer-call.ts'
import { multiAddress, multiSignature } from './account.ts'

const generics = { Address: multiAddress.shape, Call: outerCall.shape, Signature: multiSignature.shape }

/**
 * A whole extrinsic as it travels: a length and that many bytes (without the length in the value here).
 *
 * Its generic parameters tell clients of metadata V14 what address, call, signature and extensions look like.
 */
export const opaqueExtrinsic: ScaleType<Uint8Array> = newtype(
  'fp_self_contained::unchecked_extrinsic::UncheckedExtrinsic',
  newtype('sp_runtime::generic::unchecked_extrinsic::UncheckedExtrinsic', bytes, {
    ...generics,
    Extra: extensionsTuple.shape,
  }),
  { ...generics, Extension: extensionsTuple.shape },
)
