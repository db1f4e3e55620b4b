import { struct } from '../../scale/composites.ts'
import { text } from '../../scale/primitives.ts'
import type { ValueOf } from '../../scale/type.ts'

// Names that people gave to keys and subnets: unchecked text of strangers.

export const subnetIdentityV3 = struct('pallet_subtensor::pallet::SubnetIdentityV3', {
  subnet_name: text,
  github_repo: text,
  subnet_contact: text,
  subnet_url: text,
  discord: text,
  description: text,
  logo_url: text,
  additional: text,
})
export type SubnetIdentityV3 = ValueOf<typeof subnetIdentityV3>

export const chainIdentityV2 = struct('pallet_subtensor::pallet::ChainIdentityV2', {
  name: text,
  url: text,
  github_repo: text,
  image: text,
  discord: text,
  description: text,
  additional: text,
})
export type ChainIdentityV2 = ValueOf<typeof chainIdentityV2>
