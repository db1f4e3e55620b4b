import type { Ss58 } from '../units/amounts.ts'
import type { MultisigAccount } from './multisig.ts'
import type { Via } from './plan-account.ts'

/** Another account that a wallet can act for. */
export type ActingAccount =
  | ({ readonly kind: 'multisig' } & MultisigAccount)
  | { readonly kind: 'proxy'; readonly address: Ss58 }

export const viaOf = ({ kind, address }: ActingAccount): Via =>
  kind === 'multisig' ? { kind, address } : { kind, real: address }
