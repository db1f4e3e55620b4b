import { constantFrom, integer, option, property, assert as propertyHolds, record } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type MachineRoom, type ModelShape, neededMemory, roomForModel } from './model-memory.ts'
import { LEAST_CONTEXT, type ModelLoadPlan, nextSmallerPlan, planModelLoad } from './plan-model-load.ts'

const GIB = 1024 ** 3
/** Shape of a one-billion model in 4 bits. */
const small: ModelShape = {
  sizeBytes: 0.8 * GIB,
  contextLength: 131_072,
  layers: 16,
  cacheNumbersPerLayer: 1024,
  headLength: 64,
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
      const plan = planModelLoad(
        { ...small, sizeBytes: 0.3 * GIB, headLength: 80 },
        room({ memoryFreeBytes: free * GIB }),
      )
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

  test('puts as many layers on the GPU as it has memory for, all of them before anything else', () => {
    const planned = (vramGib: number) => {
      const plan = planModelLoad({ ...small, sizeBytes: 4 * GIB, layers: 32 }, room({ vramFreeBytes: vramGib * GIB }))
      return plan.ok ? [plan.value.gpuLayers, plan.value.layers, plan.value.parallel] : plan.error.code
    }
    expect(planned(24)).toEqual([33, 33, 4])
    // Fewer at once rather than a layer on the processor.
    expect(planned(5.6)).toEqual([33, 33, 2])
    expect(planned(3)).toEqual([expect.any(Number), 33, 4])
    expect(planned(0.5)).toEqual([0, 33, 4])
  })

  test('counts a GPU in the machine’s own memory once', () => {
    const plan = planModelLoad(small, room({ sharedGpu: true }))
    expect(plan).toMatchObject({ ok: true, value: { gpuLayers: 17, vramBytes: 0 } })
    expect(planModelLoad({ ...small, sizeBytes: 9 * GIB }, room({ sharedGpu: true })).ok).toBe(false)
  })

  test('keeps keys in 8 bits rather than cut the context, where their length allows it', () => {
    const tight = room({ memoryFreeBytes: 1.62 * GIB })
    const shape = { ...small, sizeBytes: 0.3 * GIB, cacheNumbersPerLayer: 2048 }
    const plan = planModelLoad(shape, tight)
    expect(plan).toMatchObject({ ok: true, value: { contextTokens: 4096, parallel: 1, kvType: 'q8_0' } })
    const odd = planModelLoad({ ...shape, headLength: 80 }, tight)
    expect(odd).toMatchObject({ ok: true, value: { kvType: 'f16', contextTokens: 2048 } })
  })

  test('leaves what the user wants kept free', () => {
    const kept = planModelLoad(small, room({ reserve: { memoryBytes: 6.9 * GIB } }))
    expect(kept).toMatchObject({ ok: false, error: { code: 'model/too-large' } })
    const vram = { vramFreeBytes: 8 * GIB, reserve: { vramBytes: 8 * GIB } }
    expect(planModelLoad(small, room(vram))).toMatchObject({ ok: true, value: { gpuLayers: 0 } })
  })

  test('a model that pools gets one place, and a step as long as its context', () => {
    const plan = planModelLoad({ ...small, kind: 'embed' }, room())
    expect(plan).toMatchObject({ ok: true, value: { contextTokens: 2048, batchTokens: 2048, parallel: 1 } })
  })

  test('a file that hides its shape is taken for a large one', () => {
    const hidden = { ...small, layers: undefined, cacheNumbersPerLayer: undefined }
    const setting = { contextTokens: 4096, parallel: 4, kvType: 'f16' } as const
    expect(neededMemory(hidden, setting).memoryBytes).toBeGreaterThan(neededMemory(small, setting).memoryBytes)
  })
})

describe('on any machine, for any model', () => {
  const MIB = 1024 ** 2
  const shapes = record({
    sizeBytes: integer({ min: 1, max: 60_000 }).map((mib) => mib * MIB),
    layers: option(integer({ min: 1, max: 100 }), { nil: undefined }),
    contextLength: option(integer({ min: 64, max: 200_000 }), { nil: undefined }),
    cacheNumbersPerLayer: option(integer({ min: 64, max: 8192 }), { nil: undefined }),
    headLength: constantFrom(undefined, 64, 80, 128),
    vocabularySize: constantFrom(undefined, 1000, 250_000),
    kind: constantFrom('text', 'embed', 'rank'),
  })
  const megabytes = integer({ min: 0, max: 100_000 }).map((mib) => mib * MIB)
  const rooms = record({
    memoryTotalBytes: integer({ min: 256, max: 200_000 }).map((mib) => mib * MIB),
    memoryFreeBytes: megabytes,
    vramFreeBytes: option(megabytes, { nil: undefined }),
    sharedGpu: constantFrom(false, true),
    cores: integer({ min: 1, max: 64 }),
    reserve: option(record({ memoryBytes: megabytes, vramBytes: megabytes }), { nil: undefined }),
  }).map((one) => (one.sharedGpu ? { ...one, vramFreeBytes: undefined } : one))

  test('never plans more than there is', () => {
    void propertyHolds(
      property(shapes, rooms, (shape, machine) => {
        const available = roomForModel(machine)
        const plan = planModelLoad(shape, machine)
        if (!plan.ok) return plan.error.code === 'model/too-large' && plan.error.neededBytes > available.memoryBytes
        const { vramBytes, neededBytes, contextTokens, gpuLayers, layers } = plan.value
        if (vramBytes > available.vramBytes || neededBytes - vramBytes > available.memoryBytes) return false
        return gpuLayers <= layers && contextTokens >= Math.min(LEAST_CONTEXT, shape.contextLength ?? LEAST_CONTEXT)
      }),
    )
  })

  /** The same order that the planner prefers: all on the GPU, then context, then chats at once, then layers. */
  const rank = ({ gpuLayers, layers, contextTokens, parallel, kvType }: ModelLoadPlan): number[] => {
    const whole = gpuLayers === layers && kvType === 'f16' ? 1 : 0
    return [whole * contextTokens, contextTokens, kvType === 'f16' ? 1 : 0, parallel, gpuLayers]
  }
  const isWorse = (one: number[], other: number[]): boolean => {
    const at = one.findIndex((value, i) => value !== other[i])
    return at >= 0 && (one[at] ?? 0) < (other[at] ?? 0)
  }

  test('more room never gives a worse plan', () => {
    void propertyHolds(
      property(shapes, rooms, megabytes, megabytes, (shape, machine, memory, vram) => {
        const before = planModelLoad(shape, machine)
        if (!before.ok) return true
        const larger: MachineRoom = {
          ...machine,
          memoryFreeBytes: machine.memoryFreeBytes + memory,
          ...(machine.vramFreeBytes === undefined ? {} : { vramFreeBytes: machine.vramFreeBytes + vram }),
        }
        const after = planModelLoad(shape, larger)
        return after.ok && !isWorse(rank(after.value), rank(before.value))
      }),
    )
  })

  test('each step down takes clearly less, and they end without a GPU', () => {
    void propertyHolds(
      property(shapes, rooms, (shape, machine) => {
        const first = planModelLoad(shape, machine)
        if (!first.ok) return nextSmallerPlan(shape, machine, []) === undefined
        const failed = [first.value]
        for (let next = nextSmallerPlan(shape, machine, failed); next; next = nextSmallerPlan(shape, machine, failed)) {
          const last = failed.at(-1)
          if (last && last.vramBytes > 0 && next.vramBytes > last.vramBytes * 0.6) return false
          if (last && last.gpuLayers === 0 && (next.gpuLayers > 0 || next.neededBytes > last.neededBytes * 0.8))
            return false
          failed.push(next)
        }
        return failed.length < 20
      }),
    )
  })
})
