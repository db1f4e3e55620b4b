import { describe, expect, test } from 'vitest'
import { asReply, isPending } from './view-answer.ts'

const NOT_CONNECTED = { code: 'chain/not-connected' }

describe('what a terminal says of a view', () => {
  test.each([
    ['an error alone', { error: NOT_CONNECTED }],
    ['an error beside data that is not there', { data: undefined, error: NOT_CONNECTED }],
    ['nothing at all', undefined],
  ])('%s is a refusal', (_, value) => {
    expect(asReply(value)).toEqual({ ok: false, error: NOT_CONNECTED })
  })

  test.each([
    ['old data beside an error', { data: { block: 7 }, error: NOT_CONNECTED }],
    ['a state of more parts', { swaps: [], alarms: [], error: NOT_CONNECTED }],
    ['a list', []],
    ['an empty answer', null],
  ])('%s is an answer', (_, value) => {
    expect(asReply(value)).toEqual({ ok: true, value })
  })

  test('only a chain that is not there yet is waited for', () => {
    expect(isPending({ error: NOT_CONNECTED })).toBe(true)
    expect(isPending({ error: { code: 'chain/bad-answer' } })).toBe(false)
    expect(isPending({ data: {}, error: NOT_CONNECTED })).toBe(false)
  })
})
