import { describe, expect, it } from 'vitest'
import { toHex } from '../scale/hex.ts'
import { devKey } from '../signing/dev-key.ts'
import { ALICE, BOB, miner, PRACTICE_VALIDATOR, subnetOwner, validator } from './accounts.ts'
import { devPublicKey } from './dev-public-key.ts'

describe('devPublicKey', () => {
  it('is the published address of //Alice', () => {
    expect(devPublicKey(ALICE)).toBe('0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d')
  })

  it('is the key that signs', () => {
    const paths = [
      BOB,
      miner(7).hotkeyUri,
      validator(39).coldkeyUri,
      PRACTICE_VALIDATOR.hotkeyUri,
      subnetOwner(6).coldkeyUri,
    ]
    for (const path of paths) expect(devPublicKey(path)).toBe(toHex(devKey(path).publicKey))
  })
})
