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
    expect(seen.hash(42)).toBeUndefined()
    expect(seen.hash(41)).toBeUndefined()
  })
})
