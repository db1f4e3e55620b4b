import type { Ss58 } from '../../../../shared/units/amounts.ts'
import { publicKeyOf } from '../keypair.ts'
import { NoSuchCall } from './expected-holding.ts'

/** The 32 public bytes of an address as the signer's readings spell them. @throws NoSuchCall */
export function accountHex(address: Ss58): string {
  const key = publicKeyOf(address)
  if (!key) throw new NoSuchCall('address')
  return `0x${Buffer.from(key).toString('hex')}`
}
