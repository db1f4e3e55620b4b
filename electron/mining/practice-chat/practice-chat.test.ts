import { describe, expect, test } from 'vitest'
import { netuid } from '../../../shared/units/amounts.ts'
import { adapters } from '../adapters.ts'
import { practiceChat } from './practice-chat.ts'

const route = practiceChat.routes[0]!
const user = (content: unknown) => ({ messages: [{ role: 'user', content }] })
const done = {
  text: 'Hello there',
  promptTokens: 7,
  completionTokens: 2,
  finish: 'stop',
  firstTokenMs: 5,
  totalMs: 9,
} as const
const facts = { id: 'chatcmpl-1', createdSeconds: 1_700_000_000 }

describe('toTask', () => {
  test('maps every field that a model can honour', () => {
    const request = {
      model: 'any',
      messages: [
        { role: 'developer', content: 'Be brief.' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'Hel' },
            { type: 'text', text: 'lo' },
          ],
        },
      ],
      max_completion_tokens: 9,
      temperature: 0,
      top_p: 0.5,
      seed: 4,
      stop: 'END',
      stream: true,
      unknown_field: {},
    }
    expect(route.toTask(request)).toEqual({
      ok: true,
      value: {
        kind: 'chat',
        stream: true,
        task: {
          messages: [
            { role: 'system', content: 'Be brief.' },
            { role: 'user', content: 'Hello' },
          ],
          maxTokens: 9,
          temperature: 0,
          topP: 0.5,
          seed: 4,
          stop: ['END'],
        },
      },
    })
  })

  test('fills in defaults and reads null as absent', () => {
    const nulls = { max_tokens: null, temperature: null, top_p: null, seed: null, stop: null, stream: null, n: null }
    expect(route.toTask({ ...user('Hi'), ...nulls })).toEqual({
      ok: true,
      value: { kind: 'chat', stream: false, task: { messages: user('Hi').messages, maxTokens: 256, temperature: 1 } },
    })
  })

  test.each([
    ['no object', 'hello', 'body'],
    ['no messages', {}, 'messages'],
    ['an empty list', { messages: [] }, 'messages'],
    ['an unknown role', { messages: [{ role: 'tool', content: 'x' }] }, 'messages.0.role'],
    ['an answer as the last message', { messages: [{ role: 'assistant', content: 'x' }] }, 'messages'],
    ['a picture', user([{ type: 'image_url', image_url: 'x' }]), 'messages.0.content'],
    ['no tokens', { ...user('x'), max_tokens: 0 }, 'max_tokens'],
    ['too many tokens', { ...user('x'), max_tokens: 1e9 }, 'max_tokens'],
    ['text as temperature', { ...user('x'), temperature: '1' }, 'temperature'],
    ['two answers', { ...user('x'), n: 2 }, 'n'],
  ])('refuses %s and says where', (_why, body, where) => {
    const read = route.toTask(body)
    expect(read.ok).toBe(false)
    if (!read.ok) expect(read.error.startsWith(`${where}:`), read.error).toBe(true)
  })
})

describe('answer', () => {
  const taskOf = (stream: boolean) => {
    const read = route.toTask({ ...user('Hi'), stream })
    if (!read.ok) throw new Error(read.error)
    return read.value
  }

  test('in one piece', () => {
    const writer = route.answer(taskOf(false), facts)
    expect(writer.token('Hello')).toBe('')
    expect(JSON.parse(writer.end(done))).toMatchObject({
      id: 'chatcmpl-1',
      object: 'chat.completion',
      created: 1_700_000_000,
      choices: [{ index: 0, message: { role: 'assistant', content: 'Hello there' }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 7, completion_tokens: 2, total_tokens: 9 },
    })
  })

  test('as events whose text joins to the same', () => {
    const writer = route.answer(taskOf(true), facts)
    const sent = writer.token('Hello') + writer.token(' there\n') + writer.end({ ...done, finish: 'deadline' })
    const data = sent
      .split('\n\n')
      .filter(Boolean)
      .map((line) => line.replace(/^data: /, ''))
    expect(data.at(-1)).toBe('[DONE]')
    const chunks = data.slice(0, -1).map((line) => JSON.parse(line))
    expect(chunks.map((c) => c.choices[0]?.delta.content ?? '').join('')).toBe('Hello there\n')
    expect(chunks[0].choices[0].delta.role).toBe('assistant')
    expect(chunks.flatMap((c) => c.choices).at(-1).finish_reason).toBe('length')
    expect(chunks.at(-1).usage.total_tokens).toBe(9)
  })
})

describe('adapters', () => {
  test('serves a subnet only while it is what it was', () => {
    const live = { network: 'practice', subnetName: 'Practice chat' } as const
    expect(adapters.forSubnet(netuid(3), live)).toMatchObject({ ok: true, value: { id: 'practice-chat' } })
    const refused = { ok: false, error: { code: 'mining/no-adapter', netuid: 3 } }
    expect(adapters.forSubnet(netuid(3), { ...live, subnetName: 'Another' })).toEqual(refused)
    expect(adapters.forSubnet(netuid(3), { ...live, network: 'finney' })).toEqual(refused)
    expect(adapters.byId('practice-chat')).toBe(practiceChat)
    expect(adapters.byId('constructor')).toBeUndefined()
  })
})
