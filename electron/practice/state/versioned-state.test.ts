import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Overlay } from './overlay.ts'
import { readOnly, VersionedState } from './versioned-state.ts'

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values)

const key = fc.constantFrom('0xaa', '0xaa01', '0xaa02', '0xab', '0xb0', '0xb001')
const change = fc.tuple(key, fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }))
const history = fc.array(fc.array(change, { maxLength: 4 }), { minLength: 1, maxLength: 40 })

describe('state per block', () => {
  it('reads every kept block as a copy per block would', () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 1, max: 12 }), (blocks, keep) => {
        const state = new VersionedState({ block: 0, state: new Map([['0xaa', bytes(9)]]) }, keep)
        const copies: Map<string, number>[] = [new Map([['0xaa', 9]])]
        for (const [index, changes] of blocks.entries()) {
          const copy = new Map(copies[index])
          for (const [k, v] of changes)
            if (v === undefined) copy.delete(k)
            else copy.set(k, v)
          copies.push(copy)
          state.commit(index + 1, new Map(changes.map(([k, v]) => [k, v === undefined ? undefined : bytes(v)])))
        }
        expect(state.head - state.oldest).toBeLessThan(keep)
        for (let block = state.oldest; block <= state.head; block += 1) {
          const view = state.at(block)
          const expected = [...copies[block]!].sort(([a], [b]) => (a < b ? -1 : 1))
          expect(view.keys('0x').map((k) => [k, view.get(k)![0]])).toEqual(expected)
          const under = expected.map(([k]) => k).filter((k) => k.startsWith('0xaa'))
          expect(view.keys('0xaa')).toEqual(under)
          expect(view.page('0xaa', 2, '0xaa')).toEqual(under.filter((k) => k > '0xaa').slice(0, 2))
        }
      }),
    )
  })

  it('tells what a block really changed', () => {
    const state = new VersionedState({ block: 5, state: new Map([['0x01', bytes(1)]]) }, 10)
    state.commit(
      6,
      new Map([
        ['0x01', bytes(1)],
        ['0x02', bytes(2)],
        ['0x03', undefined],
      ]),
    )
    expect(state.changedAt(6)).toEqual(['0x02'])
  })

  it('refuses a block out of order', () => {
    const state = new VersionedState({ block: 5, state: new Map() }, 10)
    expect(() => state.commit(7, new Map())).toThrow('does not follow')
  })
})

describe('overlays', () => {
  const base = (): VersionedState =>
    new VersionedState(
      {
        block: 0,
        state: new Map([
          ['0xa1', bytes(1)],
          ['0xa3', bytes(3)],
        ]),
      },
      10,
    )

  it('nest, and are committed or forgotten as a whole', () => {
    const block = new Overlay(readOnly(base().at(0)))
    const call = new Overlay(block)
    call.set('0xa2', bytes(2))
    call.delete('0xa1')
    expect(call.keys('0xa')).toEqual(['0xa2', '0xa3'])
    expect(block.keys('0xa')).toEqual(['0xa1', '0xa3'])
    call.discard()
    expect(call.keys('0xa')).toEqual(['0xa1', '0xa3'])
    call.delete('0xa3')
    call.commit()
    expect(block.get('0xa3')).toBeUndefined()
    expect([...block.changes()]).toEqual([['0xa3', undefined]])
  })

  it('does not count a value that was set back as a change', () => {
    const block = new Overlay(readOnly(base().at(0)))
    block.set('0xa1', bytes(7))
    block.set('0xa1', bytes(1))
    expect(block.changes().size).toBe(0)
  })

  it('cannot write through to a finished block', () => {
    const block = new Overlay(readOnly(base().at(0)))
    block.set('0xa1', bytes(7))
    expect(() => block.commit()).toThrow('cannot be changed')
  })
})
