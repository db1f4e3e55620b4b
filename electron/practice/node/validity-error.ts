import type { Validity } from '../runtime.port.ts'
import { PoolError } from './pool-error.ts'

const TEXT = {
  future: 'Transaction will be valid in the future',
  stale: 'Transaction is outdated',
  'bad-proof': 'Transaction has a bad signature',
  payment: 'Inability to pay some fees (e.g. account balance too low)',
  ancient: 'Transaction has an ancient birth block',
  'bad-call': 'Transaction call is not expected',
  'bad-signer': 'Invalid signing address',
} as const

/** @source polkadot-sdk `client/rpc-api/src/author/error.rs`, `sp_runtime::transaction_validity`. */
export function validityError(validity: Extract<Validity, { ok: false }>): PoolError {
  const data = validity.code === 'custom' ? `Custom error: ${validity.custom ?? 255}` : TEXT[validity.code]
  return new PoolError(1010, 'Invalid Transaction', data)
}
