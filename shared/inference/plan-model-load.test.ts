import { integer, property, assert as propertyHolds, record } from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  fitOf,
  LEAST_CONTEXT,
  type MachineRoom,
  type ModelShape,
  neededMemory,
  planModelLoad,
} from './plan-model-load.ts'

const GIB = 1024 ** 3
/** Shape of a one-billion model in 4 bits. */
const small: ModelShape = {
  sizeBytes: 0.8 * GIB,
  contextLength: 131_072,
  layers: 16,
  cacheNumbersPerLayer: 1024,
  vocabularySize: 128_256,
}
const room = (over: Partial<MachineRoom> = {}): MachineRoom => ({
  memoryTotalBytes: 16 * GIB,
  memoryFreeBytes: 8 * GIB,
  vramFreeBytes: undefined,
  cores: 8,
  ...over,
})

describe('planModelLoad', () => {
  test('gives the wanted setting where there is room, and leaves one core free', () => {
    const plan = planModelLoad(small, room())
    expect(plan).toMatchObject({ ok: true, value: { contextTokens: 4096, parallel: 4, threads: 7 } })
  })

  test('refuses a model whose weights alone exceed free memory, naming both numbers', () => {
    const plan = planModelLoad({ ...small, sizeBytes: 40 * GIB }, room())
    if (plan.ok || plan.error.code !== 'model/too-large') throw new Error('expected model/too-large')
    expect(plan.error.neededBytes).toBeGreaterThan(40 * GIB)
    // 8 GiB free less the reserve of 5 % of 16 GiB.
    expect(plan.error.availableBytes).toBe(Math.floor(8 * GIB - 0.05 * 16 * GIB))
  })

  test('gives up parallel chats first, then context', () => {
    const settings = [2, 1.55, 1.46].map((free) => {
      const plan = planModelLoad({ ...small, sizeBytes: 0.3 * GIB }, room({ memoryFreeBytes: free * GIB }))
      return plan.ok ? [plan.value.contextTokens, plan.value.parallel] : plan.error.code
    })
    expect(settings[0]).toEqual([4096, 4])
    expect(settings[1]).toEqual([2048, 1])
    expect(settings[2]).toEqual([512, 1])
  })

  test('keeps to the context that the model was trained for', () => {
    const plan = planModelLoad({ ...small, contextLength: 300 }, room())
    expect(plan).toMatchObject({ ok: true, value: { contextTokens: 300, parallel: 4 } })
  })

  test.each([
    ['a tiny model', { ...small, sizeBytes: 471_328 }, 16, 1],
    ['a single core', small, 1, 1],
    ['two cores', small, 2, 1],
    ['sixteen cores', small, 16, 15],
  ])('threads for %s', (_, shape, cores, threads) => {
    expect(planModelLoad(shape, room({ cores }))).toMatchObject({ ok: true, value: { threads } })
  })

  test('counts the memory of a GPU of its own', () => {
    const large = { ...small, sizeBytes: 20 * GIB }
    expect(planModelLoad(large, room()).ok).toBe(false)
    expect(planModelLoad(large, room({ vramFreeBytes: 24 * GIB })).ok).toBe(true)
  })

  test('a file that hides its shape is taken for a large one', () => {
    const hidden = { ...small, layers: undefined, cacheNumbersPerLayer: undefined }
    expect(neededMemory(hidden, 4096, 4)).toBeGreaterThan(neededMemory(small, 4096, 4))
  })

  test('never plans more than there is, whatever the machine', () => {
    const shapes = record({ sizeMb: integer({ min: 1, max: 60_000 }), layers: integer({ min: 1, max: 100 }) })
    const rooms = record({ totalMb: integer({ min: 256, max: 200_000 }), freeMb: integer({ min: 0, max: 200_000 }) })
    void propertyHolds(
      property(shapes, rooms, (a, b) => {
        const machine = room({ memoryTotalBytes: b.totalMb * 1024 ** 2, memoryFreeBytes: b.freeMb * 1024 ** 2 })
        const plan = planModelLoad({ ...small, sizeBytes: a.sizeMb * 1024 ** 2, layers: a.layers }, machine)
        if (!plan.ok) return plan.error.code === 'model/too-large' && plan.error.neededBytes > plan.error.availableBytes
        return plan.value.neededBytes <= machine.memoryFreeBytes && plan.value.contextTokens >= LEAST_CONTEXT
      }),
    )
  })
})

describe('fitOf', () => {
  test.each([
    ['unknown need', 0, room(), 'unknown'],
    ['small on a processor', 1 * GIB, room(), 'fits'],
    ['middling on a processor', 5 * GIB, room(), 'slow'],
    ['middling on a GPU', 5 * GIB, room({ vramFreeBytes: 8 * GIB }), 'fits'],
    ['partly on a GPU', 10 * GIB, room({ vramFreeBytes: 8 * GIB }), 'slow'],
    ['too large', 50 * GIB, room({ vramFreeBytes: 8 * GIB }), 'does-not-fit'],
  ] as const)('%s', (_, needed, machine, verdict) => {
    expect(fitOf(needed, machine)).toBe(verdict)
  })
})
