import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { canonicalJson } from '../../shared/signing/audit.ts'
import { HOSTILE_BODIES } from '../cli/hostile-bodies.ts'
import { SHIPPED } from './adapters.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const facts = { id: 'x-1', createdSeconds: 1_700_000_000 }
const text = {
  text: 'Hello',
  promptTokens: 7,
  completionTokens: 2,
  finish: 'stop',
  firstTokenMs: 5,
  totalMs: 9,
} as const
const vectors = { vectors: [[0.6, 0.8]], promptTokens: 3, totalMs: 1 }
const scores = { scores: [0.1, 0.9], promptTokens: 3, totalMs: 1 }
const forwarded = { status: 200, contentType: 'application/json', body: '{"image":1}', totalMs: 1 }

/** Adapter, path, body, what is asked for, what was done, what is sent. */
const CASES: readonly (readonly [string, string, unknown, unknown, unknown, unknown])[] = [
  [
    'axon-chat',
    '/Chat',
    { prompt: 'Hi', system: 'Be brief.', completion: null, timeout: 12, max_tokens: 9, temperature: 0 },
    {
      kind: 'chat',
      stream: false,
      task: {
        messages: [
          { role: 'system', content: 'Be brief.' },
          { role: 'user', content: 'Hi' },
        ],
        maxTokens: 9,
        temperature: 0,
      },
    },
    text,
    { completion: 'Hello' },
  ],
  [
    'http-chat',
    '/v1/chat/completions',
    { messages: [{ role: 'user', content: 'Hi' }], response_format: { type: 'json_object' }, seed: 4 },
    {
      kind: 'chat',
      stream: false,
      task: {
        messages: [{ role: 'user', content: 'Hi' }],
        maxTokens: 256,
        temperature: 1,
        seed: 4,
        jsonSchema: { type: 'object' },
      },
    },
    text,
    expect.objectContaining({ object: 'chat.completion' }),
  ],
  [
    'http-chat',
    '/v1/completions',
    { prompt: 'One, two,', stop: ['\n'] },
    { kind: 'completion', stream: false, task: { prompt: 'One, two,', maxTokens: 256, temperature: 1, stop: ['\n'] } },
    text,
    expect.objectContaining({ choices: [expect.objectContaining({ text: 'Hello', finish_reason: 'stop' })] }),
  ],
  [
    'axon-embeddings',
    '/Embed',
    { texts: ['a'] },
    { kind: 'embed', stream: false, task: { texts: ['a'] } },
    vectors,
    { embeddings: [[0.6, 0.8]] },
  ],
  [
    'http-embeddings',
    '/v1/embeddings',
    { input: 'a', model: 'any' },
    { kind: 'embed', stream: false, task: { texts: ['a'] } },
    vectors,
    expect.objectContaining({ data: [{ object: 'embedding', index: 0, embedding: [0.6, 0.8] }] }),
  ],
  [
    'http-rerank',
    '/v1/rerank',
    { query: 'q', documents: ['a', 'b'] },
    { kind: 'rank', stream: false, task: { query: 'q', documents: ['a', 'b'] } },
    scores,
    expect.objectContaining({
      results: [
        { index: 1, relevance_score: 0.9 },
        { index: 0, relevance_score: 0.1 },
      ],
    }),
  ],
  [
    'http-forward',
    '/forward',
    { prompt: 'x' },
    { kind: 'forward', stream: false, task: { body: '{"prompt":"x"}' } },
    forwarded,
    { image: 1 },
  ],
  [
    'readyai',
    '/CgSynapse',
    {
      cgp_input: [
        {
          task: {
            type: 'conversation_tagging',
            input: {
              guid: 'g',
              input_type: 'conversation',
              data: {
                window: [
                  [0, 'Hi'],
                  [1, 'Bye'],
                ],
              },
            },
            prompt_chain: [{ prompt_template: 'Tag it.' }],
          },
        },
      ],
    },
    {
      kind: 'chat',
      stream: false,
      task: expect.objectContaining({
        messages: [
          { role: 'system', content: 'Tag it.' },
          { role: 'user', content: '0: Hi\n1: Bye' },
        ],
        temperature: 0,
      }),
    },
    { ...text, text: '{"tags": ["greeting", " leaving "]}' },
    { cgp_output: [{ tags: ['greeting', 'leaving'], vectors: {} }] },
  ],
  [
    'fiber-chat',
    '/fiber/challenge',
    { prompt: 'Hi', model: 'any', max_tokens: 9, temperature: 0, top_p: 1, metadata: { timing_data: {} } },
    {
      kind: 'chat',
      stream: false,
      task: { messages: [{ role: 'user', content: 'Hi' }], maxTokens: 9, temperature: 0, topP: 1 },
    },
    text,
    {
      response_text: 'Hello',
      response_time_ms: 9,
      tool_calls: null,
      finish_reason: 'stop',
      usage: { prompt_tokens: 7, completion_tokens: 2, total_tokens: 9 },
    },
  ],
]

const routeOf = (id: string, path: string) => {
  const route = SHIPPED.find((adapter) => adapter.id === id)?.routes.find((one) => one.path === path)
  if (!route) throw new Error(`${id} has no ${path}`)
  return route
}

describe('adapters of the app', () => {
  test.each(CASES)('%s %s maps there and back', (id, path, body, task, done, answer) => {
    const route = routeOf(id, path)
    const asked = route.toTask(body)
    expect(asked).toEqual({ ok: true, value: task })
    if (!asked.ok) return
    const written = route.answer(asked.value, facts).end(done as never)
    expect(JSON.parse(written)).toEqual(answer)
  })

  test('send their streams as the protocol has them', () => {
    const chat = routeOf('axon-chat', '/StreamChat')
    const asked = chat.toTask({ prompt: 'Hi' })
    if (!asked.ok) throw new Error(asked.error)
    const plain = chat.answer(asked.value, facts)
    expect(plain.token('Hel') + plain.token('lo') + plain.end(text)).toBe('Hello')
    const completion = routeOf('http-chat', '/v1/completions')
    const streamed = completion.toTask({ prompt: 'x', stream: true })
    if (!streamed.ok) throw new Error(streamed.error)
    const events = completion.answer(streamed.value, facts)
    expect(events.token('a') + events.end(text)).toMatch(
      /^data: \{.*"text":"a".*\n\ndata: \{.*\n\ndata: \[DONE\]\n\n$/s,
    )
  })

  test('end in a task or a refusal, whatever strangers send', () => {
    for (const { id, routes } of SHIPPED)
      for (const { path, toTask } of routes)
        for (const body of HOSTILE_BODIES) {
          const said = toTask(body)
          expect(said.ok || said.error.length > 0, `${id} ${path} ${canonicalJson(body).slice(0, 60)}`).toBe(true)
        }
  })

  test('say when and against what they were tried, and which subnet they are for', () => {
    for (const { id, verified, expectedIdentity, scoringNotes } of SHIPPED) {
      expect(verified.date, id).toMatch(/^\d{4}-\d\d-\d\d$/)
      expect(scoringNotes.length, id).toBeGreaterThan(20)
      if (verified.status === 'unverified') expect(expectedIdentity.subnetName, id).toBeDefined()
    }
    expect(new Set(SHIPPED.map(({ id }) => id)).size).toBe(SHIPPED.length)
  })

  test('reach for nothing: no keys, no disk, no network, no clock', () => {
    const folders = readdirSync(here, { withFileTypes: true }).filter(
      (e) => e.isDirectory() && e.name !== 'third-party',
    )
    for (const { name } of folders)
      for (const file of readdirSync(`${here}${name}`).filter((one) => /(?<!\.test)\.ts$/.test(one))) {
        const source = readFileSync(`${here}${name}/${file}`, 'utf8')
        const imported = [...source.matchAll(/from '([^']+)'/g)].map(([, from]) => from ?? '')
        const strange = imported.filter((from) => !/^(?:zod$|\.\.?\/|\.\.\/\.\.\/\.\.\/shared\/)/.test(from))
        expect(strange, `${name}/${file}`).toEqual([])
        const beyond = imported.filter(
          (from) => from.startsWith('../../') && !/^\.\.\/\.\.\/(?:\.\.\/shared\/|llm\/llm\.port)/.test(from),
        )
        expect(beyond, `${name}/${file}`).toEqual([])
        expect(
          /\b(?:fetch|process|require|Date|setTimeout|globalThis)\b\s*[(.]/.exec(source)?.[0],
          `${name}/${file}`,
        ).toBeUndefined()
      }
  })
})
