import { encodeAddress } from '@polkadot/util-crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isAddress } from './address-check.ts'

const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY'
const LETTERS = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

test('knows an address that another implementation wrote, of any account', () => {
  const account = fc.uint8Array({ minLength: 32, maxLength: 32 })
  fc.assert(fc.property(account, (key) => isAddress(encodeAddress(key, 42))))
})

test('refuses an address with any one letter changed', () => {
  for (let at = 0; at < ALICE.length; at++)
    for (const letter of LETTERS) {
      const changed = ALICE.slice(0, at) + letter + ALICE.slice(at + 1)
      expect(isAddress(changed), changed).toBe(changed === ALICE)
    }
})

test.each([
  ['another chain', encodeAddress(new Uint8Array(32).fill(7), 0)],
  ['a short account', encodeAddress(new Uint8Array(8).fill(7), 42)],
  ['nothing', ''],
  ['hex', `0x${'11'.repeat(32)}`],
])('refuses %s', (_, text) => expect(isAddress(text)).toBe(false))
