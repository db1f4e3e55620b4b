import { expect, test } from 'vitest'
import { ageOfBlock } from './age-of-block.ts'

const head = { block: 206, ageMs: 400, blockMs: 1_000 }

test('what was read some blocks ago is older than the head by those blocks', () => {
  expect(ageOfBlock(head, 206)).toBe(400)
  expect(ageOfBlock(head, 192)).toBe(14_400)
})

test('an answer that is ahead of the head which this window knows is as new as that', () => {
  expect(ageOfBlock(head, 207)).toBe(400)
})

test('without a block, a head or its age nothing is said', () => {
  expect(ageOfBlock(head, undefined)).toBeUndefined()
  expect(ageOfBlock({ ...head, block: undefined }, 192)).toBeUndefined()
  expect(ageOfBlock({ ...head, ageMs: undefined }, 192)).toBeUndefined()
})
