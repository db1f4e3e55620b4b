import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { MINER } from '../../test/support/axon-harness.ts'
import { sha3, synapseHeaders } from '../../test/support/signed-clients.ts'
import { newAdapterFiles } from '../mining/third-party/scaffold.ts'
import { nodeSpawn } from '../system/node-spawn.ts'
import { checkAdapter } from './adapter-check.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'taoforge-check-'))
  for (const [name, content] of Object.entries(newAdapterFiles('mine'))) writeFileSync(join(folder, name), content)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const problems = async () => (await checkAdapter(folder, nodeSpawn)).flatMap(({ problem }) => problem ?? [])
const change = (file: string, from: string, to: string) => {
  const text = readFileSync(join(folder, file), 'utf8')
  if (!text.includes(from)) throw new Error(`${file} has no ${from}`)
  writeFileSync(join(folder, file), text.replace(from, to))
}

test('a new adapter passes', { timeout: 60_000 }, async () => {
  expect(await problems()).toEqual([])
})

test.each<[string, string, string, string, RegExp]>([
  [
    'a description that does not fit',
    'adapter.json',
    '"transport": "btauth-1"',
    '"transport": "carrier-pigeon"',
    /transport/,
  ],
  ['a date to come', 'adapter.json', '"date": "', '"date": "9', /date|future/i],
  ['a real network without the name of the subnet', 'adapter.json', '"practice",', '"finney",', /name the subnet/],
  ['a schema that cannot be held to', 'adapter.json', '"minLength": 1,', '"not": {"const": 1},', /requestSchema/],
  ['a program that imports', 'adapter.js', '// What', `import fs from 'node:fs'\n// What`, /import/],
  [
    'a program that imports later',
    'adapter.js',
    'const question',
    `import('node:net')\n const question`,
    /says import/,
  ],
  ['a program that calls out', 'adapter.js', 'const question', `fetch('http://x')\n const question`, /fetch/],
  ['a program without the path', 'adapter.js', "'/v1/ask'", "'/v1/other'", /\/v1\/ask/],
  ['a program that hangs', 'adapter.js', 'const question', 'for (;;);\n const question', /timed out|ended/],
  ['another task than the recorded one', 'adapter.js', 'maxTokens: 200', 'maxTokens: 201', /toTask gives/],
  ['another answer than the recorded one', 'adapter.js', 'answer: done.text', 'reply: done.text', /end writes/],
  [
    'a program that throws at strangers',
    'adapter.js',
    "question === ''",
    'question.at(5).at(0).big()',
    /big|undefined|at/,
  ],
])('%s is told', { timeout: 60_000 }, async (_what, file, from, to, problem) => {
  change(file, from, to)
  expect((await problems()).join('\n')).toMatch(problem)
})

test('a recorded request has to be signed as its protocol says', { timeout: 60_000 }, async () => {
  const recorded = new URL('../axon/worker/protocols/fixtures/btauth-1.json', import.meta.url)
  const { miner, requests } = JSON.parse(readFileSync(recorded, 'utf8'))
  const { target, headers, body: raw } = requests[0]
  const files = newAdapterFiles('mine')
  const record = (more: object) => {
    const one = {
      name: 'recorded',
      path: target,
      body: JSON.parse(raw),
      refuse: 'not a path',
      signed: { miner, headers, raw, ...more },
    }
    const { cases } = JSON.parse(files['fixtures.json'] ?? '{}')
    writeFileSync(join(folder, 'fixtures.json'), JSON.stringify({ cases: [...cases, one] }))
  }
  record({})
  expect((await problems()).join()).not.toMatch(/signature/)
  record({ raw: `${raw} ` })
  expect((await problems()).join()).toMatch(/signature does not fit/)
})

test('a recorded request over axon v10 has to have the body that its hash is of', { timeout: 60_000 }, async () => {
  change('adapter.json', '"transport": "btauth-1"', '"transport": "axon-v10"')
  change('adapter.json', '"path": "/v1/ask"', '"path": "/Ask", "hashFields": ["question"]')
  const program = readFileSync(join(folder, 'adapter.js'), 'utf8')
  writeFileSync(join(folder, 'adapter.js'), program.replace("'/v1/ask'", "'/Ask'"))
  const fixtures = JSON.parse(newAdapterFiles('mine')['fixtures.json'] ?? '')
  const [first] = fixtures.cases
  const raw = '{"question":"Why is the sky blue?"}'
  const record = (bodyHash: string, sent: string) => {
    const signed = { miner: MINER.address, headers: synapseHeaders({ bodyHash }), raw: sent }
    writeFileSync(join(folder, 'fixtures.json'), JSON.stringify({ cases: [{ ...first, path: '/Ask', signed }] }))
  }
  const hash = sha3(sha3('Why is the sky blue?'))
  record(hash, raw)
  expect(await problems()).toEqual([])
  record(sha3(''), raw)
  expect((await problems()).join()).toMatch(/its body: the body is not the one that was signed/)
  record(hash, 'no JSON')
  expect((await problems()).join()).toMatch(/its raw body is not JSON/)
})
