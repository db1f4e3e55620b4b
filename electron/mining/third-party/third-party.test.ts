import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ok } from '../../../shared/result.ts'
import { doneWith } from '../../../test/support/axon-harness.ts'
import { nodeSpawn } from '../../system/node-spawn.ts'
import type { Mapping, RunWork } from '../mapped-work.port.ts'
import type { SubnetAdapter } from '../subnet-adapter.port.ts'
import { AdapterFolders, readManifest } from './adapter-folders.ts'
import { mappedWork } from './mapped-work.ts'
import { newAdapterFiles } from './scaffold.ts'

let root: string
let mapping: Mapping | undefined
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'taoforge-adapters-'))
})
afterEach(() => {
  mapping?.close()
  mapping = undefined
  rmSync(root, { recursive: true, force: true })
})

/** A folder with a new adapter, its program as given, and the whole way through its process. */
function opened(program?: string) {
  mkdirSync(join(root, 'mine'))
  for (const [name, content] of Object.entries(newAdapterFiles('mine')))
    writeFileSync(join(root, 'mine', name), content)
  if (program !== undefined) writeFileSync(join(root, 'mine', 'adapter.js'), program)
  return reopened()
}
/** What lies in the folder now. */
function reopened() {
  mapping?.close()
  const folders = new AdapterFolders(root)
  const adapter = folders.list()[0] as SubnetAdapter
  mapping = mappedWork(nodeSpawn, (id) => folders.folderOf(id)).open(adapter)
  return { adapter, run: (body: unknown, run = model) => ask(mapping as Mapping, body, run) }
}
const never = new AbortController().signal
const model: RunWork = async (work, on) => {
  on.token('Hello')
  on.token(' there')
  return ok(doneWith(JSON.stringify(work.task)))
}
async function ask(through: Mapping, body: unknown, run: RunWork) {
  const pieces: string[] = []
  const task = { path: '/v1/ask', body: JSON.stringify(body), deadlineMs: Date.now() + 10_000 }
  const done = await through.run(task, { token: (piece) => pieces.push(piece), run }, never)
  return { done, pieces }
}
/** A program that gives the model whatever its expression is. */
const telling = (expression: string) =>
  `adapter({'/v1/ask': {
    toTask: () => ({ kind: 'chat', task: { messages: [{ role: 'user', content: String(${expression}) }], maxTokens: 1, temperature: 0 } }),
    end: (done) => JSON.stringify({ answer: done.text }) } })`
const failed = (reason: unknown) => ({ ok: false, error: { code: 'mining/adapter-failed', reason } })

describe('an adapter from a folder of the user', { timeout: 60_000 }, () => {
  test('is read from its description, runs only by hand, and maps there and back', async () => {
    const { adapter, run } = opened()
    expect(adapter).toMatchObject({ id: 'own/mine', tasks: ['chat'], routes: [{ path: '/v1/ask' }] })
    expect(adapter.remote).toBeDefined()
    const { done } = await run({ question: 'Why?' })
    expect(done).toMatchObject({ ok: true, value: { written: expect.stringContaining('answer'), promptTokens: 3 } })
    expect(done.ok && JSON.parse(done.value.written).answer).toContain('Why?')
  })

  test('never sees a body that does not fit its schema, and its own refusals go to the sender', async () => {
    const { run } = opened(`adapter({'/v1/ask': { toTask: ({ question }) => ({ refuse: 'question: ' + question }) } })`)
    expect((await run({ question: 7 })).done).toMatchObject({
      error: { code: 'mining/bad-task', message: /^question: / },
    })
    expect((await run({ question: 'x' })).done).toMatchObject({
      error: { code: 'mining/bad-task', message: 'question: x' },
    })
  })

  test('finds nothing of the world but a clock, and no way out by text that becomes code', async () => {
    const names = ['process', 'require', 'fetch', 'WebSocket', 'setTimeout', 'Buffer', 'module', 'Date']
    const tries = [
      `globalThis.constructor.constructor('return process')()`,
      `null.x`,
      `eval('1')`,
      `new Function('return process')()`,
      `(async () => {}).constructor('return process')()`,
    ]
    const found = names.map((name) => `typeof ${name}`).join(', ')
    const ways = tries.map((way) => `tried(() => ${way})`).join(', ')
    const tried = `const tried = (way) => { try { return String(way()) } catch (e) {
      try { return String(e.constructor.constructor('return process')()) } catch { return 'refused' } } };`
    const { run } = opened(`${tried}\n${telling(`[${found}, ${ways}].join(' ')`)}`)
    const { done } = await run({ question: 'x' })
    const content = done.ok ? JSON.parse(JSON.parse(done.value.written).answer).messages[0].content : ''
    const nothing = 'undefined '.repeat(names.length - 1)
    expect(content).toBe(`${nothing}function${' refused'.repeat(tries.length)}`)
  })

  test.each([
    `import fs from 'node:fs'`,
    `import('node:fs')`,
    `import /* so */\n('node:fs')`,
    // The refusal would be an object of the process's own realm: with it a program could reach whatever that realm has.
    `let kept; import('x').catch((e) => { kept = e.constructor.constructor })`,
  ])('cannot import, nor come by what an import is refused with: %s', async (line) => {
    const { run } = opened(`${line}\n${telling('1')}`)
    expect((await run({ question: 'x' })).done).toMatchObject(failed(expect.stringMatching(/says import/)))
  })

  test('is reached by no object of another realm: every one that it can come by leads to its own', async () => {
    const ways = `
      const strange = [];
      const look = (name, one) => {
        if (one === null || (typeof one !== 'object' && typeof one !== 'function')) return;
        let end = one;
        for (let at = 0; at < 9 && Object.getPrototypeOf(end) !== null; at += 1) end = Object.getPrototypeOf(end);
        if (end !== Object.prototype && end !== globalThis) strange.push(name);
      };
      const go = (name, way) => { try { const r = way(); look(name, r); r?.then?.((v) => look(name, v), (e) => look(name, e)) } catch (e) { look(name, e) } };
      for (const name of Object.getOwnPropertyNames(globalThis)) look(name, globalThis[name]);
      for (const name of Object.keys(console)) go('console.' + name, () => console[name]('x'));
      go('wasm', () => WebAssembly.compile(new Uint8Array([1])));
      go('wasm module', () => new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])));
      go('deep', () => { const f = () => f() + 1; f() });
      go('deep JSON', () => { const f = () => JSON.stringify({ toJSON: f }); f() });
      go('large', () => new ArrayBuffer(1e15));
      go('stack', () => { let all; Error.prepareStackTrace = (_e, s) => { all = s; return s }; new Error('x').stack; Error.prepareStackTrace = undefined; return all });
      go('wait', () => Atomics.waitAsync(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1).value);
    `
    const { run } = opened(`${ways}\n${telling('strange.join()')}`)
    await run({ question: 'x' })
    const { done } = await run({ question: 'x' })
    const content = done.ok ? JSON.parse(JSON.parse(done.value.written).answer).messages[0].content : done.error
    expect(content).toBe('')
  })

  test('has a pattern of its schema compared in its own process, and only for a while', async () => {
    const { adapter } = opened()
    const schema = { type: 'object', properties: { question: { type: 'string', pattern: '^(a+)+$' } } }
    const routes = adapter.routes.map(({ method, path }) => ({ method, path, requestSchema: schema }))
    const contentType = 'application/json'
    const stated = {
      ...JSON.parse(newAdapterFiles('mine')['adapter.json'] ?? ''),
      routes: routes.map((one) => ({ ...one, stream: false, contentType })),
    }
    writeFileSync(join(root, 'mine', 'adapter.json'), JSON.stringify(stated))
    const { run } = reopened()
    expect((await run({ question: `${'a'.repeat(28)}!` })).done).toMatchObject(
      failed(expect.stringMatching(/requestSchema|ended/)),
    )
    expect((await run({ question: 'aaaa' })).done.ok).toBe(true)
  })

  test('is passed over where its description is no plain file, or its schema cannot be held to', () => {
    opened()
    const path = join(root, 'mine', 'adapter.json')
    const text = readFileSync(path, 'utf8')
    writeFileSync(join(root, 'elsewhere.json'), text)
    rmSync(path)
    symlinkSync(join(root, 'elsewhere.json'), path)
    expect([new AdapterFolders(root).list(), readManifest(join(root, 'mine'))]).toEqual([
      [],
      { ok: false, error: 'adapter.json is no plain file' },
    ])
    rmSync(path)
    writeFileSync(path, text.replace('"type": "object"', '"type": "banana"'))
    expect([new AdapterFolders(root).list(), readManifest(join(root, 'mine'))]).toEqual([
      [],
      { ok: false, error: expect.stringMatching(/requestSchema: .*banana/) },
    ])
  })

  test.each([
    ['hangs', '(() => { for (;;); })()', /timed out|ended/],
    [
      'takes all memory',
      '(() => { const all = []; for (;;) all.push(new Array(1e6).fill(1.5)) })()',
      /ended|timed out/,
    ],
    ['throws', '(() => { throw new Error("no luck") })()', 'no luck'],
    ['throws something odd', '(() => { throw { get message() { for (;;); } } })()', /timed out|ended|failed/],
  ])('that %s is contained, and the next request is answered', async (_what, expression, reason) => {
    const once = `let first = true; const bad = () => { if (!first) return 'fine'; first = false; return ${expression} };`
    const { run } = opened(`${once}\n${telling('bad()')}`)
    // Its process starts anew where it had to end, so the program forgets that it was bad once.
    const bad = await run({ question: 'x' })
    expect(bad.done).toMatchObject(failed(reason instanceof RegExp ? expect.stringMatching(reason) : reason))
    writeFileSync(join(root, 'mine', 'adapter.js'), telling('"fine"'))
    expect((await run({ question: 'x' })).done.ok).toBe(true)
  })

  test('is told when it asks for what it did not name, or for nonsense', async () => {
    const { run } = opened(`adapter({'/v1/ask': { toTask: () => ({ kind: 'forward', task: { body: '{}' } }) } })`)
    expect((await run({ question: 'x' })).done).toMatchObject(failed('adapter.json names no task forward'))
    mapping?.close()
    rmSync(join(root, 'mine'), { recursive: true })
    const next = opened(`adapter({'/v1/ask': { toTask: () => ({ kind: 'chat', task: { messages: [] } }) } })`)
    expect((await next.run({ question: 'x' })).done).toMatchObject(
      failed(expect.stringContaining('toTask gave no task')),
    )
  })

  test('has its pieces written in order', async () => {
    const program = `adapter({'/v1/ask': {
      toTask: () => ({ kind: 'chat', task: { messages: [{ role: 'user', content: 'x' }], maxTokens: 1, temperature: 0 } }),
      token: (piece) => '<' + piece + '>', end: () => '.' } })`
    const { done, pieces } = await opened(program).run({ question: 'x' })
    expect([pieces.join(''), done.ok && done.value.written]).toEqual(['<Hello>< there>', '.'])
  })
})
