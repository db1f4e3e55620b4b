import { compactToU8a } from '@polkadot/util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toHex } from '../state/bytes.ts'
import { auraPreRuntime, compact, hashHeader, timestampInherent } from './header.ts'

describe('headers', () => {
  it('hash as Substrate hashes them: block 0 of Polkadot', () => {
    const header = {
      parentHash: `0x${'00'.repeat(32)}`,
      number: 0,
      stateRoot: '0x29d0d972cd27cbc511e9589fcb7a4506d5eb6a9e8df205f00472e5ab354a4e17',
      extrinsicsRoot: '0x03170a2e7597b7b7e3d84c05391d139a62b157e78786d8c082f29dcf4c111314',
      digest: [],
    }
    expect(hashHeader(header)).toBe('0x91b171bb158e2d3848fa23a9f1c25182fb8e20313b2c1eb49219da7a70ce90c3')
  })

  it('write compact numbers as other libraries do', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.nat(48), (value, shift) => {
        const n = Math.floor(value / 2 ** shift)
        expect(toHex(compact(n))).toBe(toHex(compactToU8a(n)))
      }),
    )
  })

  it('name the slot as mainnet does', () => {
    expect(auraPreRuntime(0x11223344)).toBe('0x0661757261204433221100000000')
  })

  it('carry the time as an unsigned version-4 extrinsic', () => {
    expect(toHex(timestampInherent(1_764_000_000_000))).toBe('0x280402000b00e897b69a01')
  })
})
