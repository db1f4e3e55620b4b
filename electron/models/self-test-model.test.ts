import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { readGgufHeader } from '../../shared/inference/gguf-header.ts'
import { SELF_TEST_NAME, SELF_TEST_SHA256, selfTestModel } from './self-test-model.ts'

test('the same bytes every time, on every machine', () => {
  expect(createHash('sha256').update(selfTestModel()).digest('hex')).toBe(SELF_TEST_SHA256)
})

test('its header says what it is, and promises exactly the bytes that follow', () => {
  const file = selfTestModel()
  const reading = readGgufHeader(file)
  expect(reading).toMatchObject({
    is: 'facts',
    facts: {
      version: 3,
      architecture: 'llama',
      name: SELF_TEST_NAME,
      quant: 'F32',
      hasChatTemplate: true,
      layers: 2,
      contextLength: 8192,
      cacheNumbersPerLayer: 128,
      vocabularySize: 262,
      expectedBytes: file.length,
    },
  })
})
