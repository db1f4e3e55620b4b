import { concatBytes, toHex } from '../../scale/hex.ts'

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text)

/**
 * The account that holds a subnet's TAO: `modl` + the pallet id `subtensr` + the netuid, filled with zeros.
 * @source Substrate `AccountIdConversion::into_sub_account_truncating`; subtensor `get_subnet_account_id`
 */
export function subnetAccount(netuid: number): string {
  const head = concatBytes(ascii('modlsubtensr'), Uint8Array.of(netuid & 0xff, netuid >> 8))
  return toHex(concatBytes(head, new Uint8Array(32 - head.length)))
}
