import { describe, expect, test } from 'vitest'
import { readCatalogue, shapeOf } from '../../electron/models/catalogue.ts'
import { judgeFit } from './judge-fit.ts'
import type { MachineRoom, ModelShape } from './model-memory.ts'

const GIB = 1024 ** 3
const shape: ModelShape = {
  sizeBytes: 1 * GIB,
  contextLength: 32_768,
  layers: 32,
  cacheNumbersPerLayer: 1024,
  headLength: 128,
  vocabularySize: 32_000,
}
const room = (over: Partial<MachineRoom> = {}): MachineRoom => ({
  memoryTotalBytes: 16 * GIB,
  memoryFreeBytes: 10 * GIB,
  vramFreeBytes: undefined,
  cores: 8,
  ...over,
})

describe('judgeFit', () => {
  test.each([
    ['an unknown machine', shape, undefined, 'unknown', /not known/],
    ['small on a processor', shape, room(), 'fits', /processor computes it fast enough/],
    ['middling on a processor', { ...shape, sizeBytes: 5 * GIB }, room(), 'slow', /few words a second/],
    ['middling on a GPU', { ...shape, sizeBytes: 5 * GIB }, room({ vramFreeBytes: 8 * GIB }), 'fits', /all of it/],
    ['partly on a GPU', { ...shape, sizeBytes: 9 * GIB }, room({ vramFreeBytes: 8 * GIB }), 'slow', /of its 33 layers/],
    ['short of memory', shape, room({ memoryFreeBytes: 2.3 * GIB }), 'slow', /one request at a time/],
    [
      'too large',
      { ...shape, sizeBytes: 50 * GIB },
      room({ vramFreeBytes: 8 * GIB }),
      'does-not-fit',
      /on the graphics card/,
    ],
  ] as const)('%s', (_, model, machine, verdict, why) => {
    const fit = judgeFit(model, machine)
    expect(fit.fits).toBe(verdict)
    expect(fit.why).toMatch(why)
  })

  test('a reserve of the user counts', () => {
    const kept = judgeFit(shape, room({ reserve: { memoryBytes: 10 * GIB } }))
    expect(kept).toEqual({ fits: 'does-not-fit', why: expect.stringContaining('It can have 0 B of memory.') })
  })
})

test('the catalogue’s models are marked before they are here', async () => {
  const models = await readCatalogue(new URL('../../resources/models.json', import.meta.url).pathname)
  const marks = models.map((model) => judgeFit(shapeOf(model), room({ memoryFreeBytes: 5.5 * GIB })).fits)
  const chat = ['fits', 'fits', 'fits', 'slow', 'does-not-fit']
  expect(marks).toEqual([...chat, 'fits', 'does-not-fit', 'fits', 'fits'])
})
