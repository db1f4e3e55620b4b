import { describe, expect, test } from 'vitest'
import { SlowLine } from './slow-line.ts'

describe('SlowLine', () => {
  test('doubts an address for a minute after its last bad signature, and nobody else', () => {
    const line = new SlowLine()
    line.doubt('10.0.0.1', 0)
    line.doubt('10.0.0.1', 30_000)
    expect([0, 89_999, 90_000].map((ms) => line.isDoubted('10.0.0.1', ms))).toEqual([true, true, false])
    expect(line.isDoubted('10.0.0.2', 0)).toBe(false)
  })

  test('remembers no more addresses than it has room for: the first goes', () => {
    const line = new SlowLine()
    for (let i = 0; i <= 10_000; i++) line.doubt(`${i}`, 0)
    expect(['0', '1', '10000'].map((sender) => line.isDoubted(sender, 0))).toEqual([false, true, true])
  })

  test('lets everything else go between two of its own', async () => {
    const line = new SlowLine()
    const order: string[] = []
    const other = (left: number) => {
      order.push('other')
      if (left > 1) setImmediate(other, left - 1)
    }
    const all = ['a', 'b', 'c'].map((name) => line.join().then(() => order.push(name)))
    setImmediate(other, 3)
    await Promise.all(all)
    expect(order).toEqual(['a', 'other', 'b', 'other', 'c'])
  })

  test('has an end', async () => {
    const line = new SlowLine()
    const joined = Array.from({ length: 33 }, () => line.join())
    const results = await Promise.all(joined)
    expect(results.filter((got) => got).length).toBe(32)
    expect(results.at(-1)).toBe(false)
    expect(await line.join()).toBe(true)
  })
})
