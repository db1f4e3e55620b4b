import { expect, test } from 'vitest'
import type { AppError } from '../../shared/errors.ts'
import { err } from '../../shared/result.ts'
import { workRunner } from './work-runner.ts'

const tooLong: AppError = {
  code: 'contract/bad-input',
  issues: ['messages: 9000 tokens leave no room in a context of 4096'],
}
const never = new AbortController().signal
const nobody = { service: undefined, mapping: undefined, servers: false, embedded: undefined }
const deadlineMs = Date.now() + 10_000

const ran = (error: AppError) => {
  const fails = async () => err(error)
  const llm = { chat: fails, complete: fails, embed: fails, rank: fails }
  const run = workRunner({ llm, backends: {}, ownService: {} } as unknown as Parameters<typeof workRunner>[0], nobody)
  const writing = { maxTokens: 1, temperature: 0, deadlineMs }
  const on = { token: () => undefined }
  return Promise.all([
    run({ kind: 'chat', task: { messages: [], ...writing } }, on, never),
    run({ kind: 'completion', task: { prompt: 'x', ...writing } }, on, never),
    run({ kind: 'embed', task: { texts: ['x'], deadlineMs } }, on, never),
    run({ kind: 'rank', task: { query: 'x', documents: ['y'], deadlineMs } }, on, never),
  ])
}

test('what no model can do with a request is the request’s fault, and is told to who sent it', async () => {
  const told = { ok: false, error: { code: 'mining/bad-task', message: tooLong.issues.join() } }
  expect(await ran(tooLong)).toEqual([told, told, told, told])
})

test('what a model failed with stays what it is', async () => {
  const died: AppError = { code: 'mining/worker-died', worker: 'llm', reason: 'x' }
  for (const done of await ran(died)) expect(done).toEqual({ ok: false, error: died })
})
