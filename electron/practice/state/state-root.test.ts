import { describe, expect, it } from 'vitest'
import { toHex } from './bytes.ts'
import { StateRoot } from './state-root.ts'

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values)
const rootOf = (pairs: readonly (readonly [string, Uint8Array])[]): string => {
  const root = new StateRoot()
  root.apply(new Map(pairs), () => undefined)
  return toHex(root.bytes())
}

describe('state root', () => {
  it('depends on the content and not on the way to it', () => {
    const root = new StateRoot()
    root.apply(
      new Map([
        ['0x01', bytes(1)],
        ['0x02', bytes(9)],
      ]),
      () => undefined,
    )
    root.apply(new Map([['0x02', bytes(2)]]), () => bytes(9))
    root.apply(new Map([['0x03', bytes(3)]]), () => undefined)
    root.apply(new Map([['0x03', undefined]]), () => bytes(3))
    expect(toHex(root.bytes())).toBe(
      rootOf([
        ['0x02', bytes(2)],
        ['0x01', bytes(1)],
      ]),
    )
  })

  it('tells a byte of the key from a byte of the value', () => {
    expect(rootOf([['0x0102', bytes(3)]])).not.toBe(rootOf([['0x01', bytes(2, 3)]]))
  })

  it('goes on from stored bytes', () => {
    const first = new StateRoot()
    first.apply(new Map([['0x01', bytes(1)]]), () => undefined)
    const second = new StateRoot(first.bytes())
    second.apply(new Map([['0x01', undefined]]), () => bytes(1))
    expect(toHex(second.bytes())).toBe(`0x${'00'.repeat(32)}`)
  })
})
