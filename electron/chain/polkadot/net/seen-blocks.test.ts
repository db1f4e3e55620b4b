import { describe, expect, it } from 'vitest'
import type { Header } from './header.ts'
import { SeenBlocks } from './seen-blocks.ts'

const header = (number: number, hash: string, parentHash: string) => ({ number, hash, parentHash }) as Header

describe('blocks that passed by', () => {
  it('forgets a branch that finality speaks against before another head does', () => {
    const seen = new SeenBlocks()
    seen.add(header(41, '0xa1', '0xa0'))
    seen.add(header(42, '0xa2', '0xa1'))
    seen.final({ number: 41, hash: '0xa1' })
    expect(seen.hash(42)).toBe('0xa2')
    seen.final({ number: 42, hash: '0xb2' })
    expect(seen.hash(42)).toBe('0xb2')
    expect(seen.hash(41)).toBeUndefined()
  })

  it('forgets what was not final when blocks passed by unseen: their branch may have lost', () => {
    const seen = new SeenBlocks()
    seen.add(header(40, '0xa0', '0x9f'))
    seen.add(header(41, '0xa1', '0xa0'))
    seen.add(header(42, '0xa2', '0xa1'))
    seen.final({ number: 40, hash: '0xa0' })
    // The socket was down for some blocks, and 41 and 42 are others now.
    seen.add(header(50, '0xb50', '0xb49'))
    expect(seen.hash(39)).toBe('0x9f')
    expect(seen.hash(40)).toBe('0xa0')
    expect(seen.hash(41)).toBeUndefined()
    expect(seen.hash(42)).toBeUndefined()
    expect(seen.hash(49)).toBe('0xb49')
    // Finality may jump, too.
    seen.final({ number: 48, hash: '0xb48' })
    expect(seen.hash(48)).toBe('0xb48')
    expect(seen.hash(50)).toBe('0xb50')
    expect(seen.hash(40)).toBe('0xa0')
  })

  it('keeps only what leads to a block that is final without having been seen', () => {
    const seen = new SeenBlocks()
    seen.add(header(40, '0xa0', '0x9f'))
    seen.final({ number: 40, hash: '0xa0' })
    seen.add(header(41, '0xa1', '0xa0'))
    seen.final({ number: 45, hash: '0xb5' })
    expect(seen.hash(41)).toBeUndefined()
    expect(seen.hash(40)).toBe('0xa0')
    expect(seen.hash(45)).toBe('0xb5')
  })
})
