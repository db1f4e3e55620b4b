import { expect, test } from 'vitest'
import { LineTooLong, LONGEST_LINE_BYTES, SseEvents } from './sse-events.ts'

const STREAM = ': hello\r\ndata: {"a":"Grüße 🐟"}\r\n\r\nevent: x\ndata:one\ndata: two\n\nid: 3\n\ndata: [DONE]\n\n'
const EVENTS = ['{"a":"Grüße 🐟"}', 'one\ntwo', '[DONE]']

test('reads the same events wherever the pieces end', () => {
  const bytes = Buffer.from(STREAM)
  for (let size = 1; size <= bytes.length; size++) {
    const events = new SseEvents()
    const found: string[] = []
    for (let at = 0; at < bytes.length; at += size) found.push(...events.push(bytes.subarray(at, at + size)))
    expect(found).toEqual(EVENTS)
  }
})

test('what is not ended is not told', () => {
  expect(new SseEvents().push(Buffer.from('data: half\n'))).toEqual([])
})

test.each([
  ['a line without an end', 'x'.repeat(LONGEST_LINE_BYTES + 1)],
  ['a line with an end', `data: ${'x'.repeat(LONGEST_LINE_BYTES)}\n`],
  ['an event without an end', 'data: x\n'.repeat(1_001)],
])('%s is bounded', (_what, text) => {
  expect(() => new SseEvents().push(Buffer.from(text))).toThrow(LineTooLong)
})
