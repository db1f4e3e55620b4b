import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ed25519 } from '@noble/curves/ed25519.js'
import { sr25519Verify } from '@polkadot/util-crypto/sr25519'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readKeyJson, readPublicJson, writeKeyJson, writePublicJson } from '../../electron/keys/worker/key-json.ts'
import { addressOf } from '../../electron/keys/worker/keypair.ts'
import { openKeySource, sealNaclKeyfile } from '../../electron/keys/worker/open-keyfile.ts'
import { writePolkadotJson } from '../../electron/keys/worker/polkadot-json.ts'
import { openSecretText } from '../../electron/keys/worker/secret-text.ts'
import { officialTools } from './python.ts'

const tools = officialTools()
const title = tools.found ? `key files and SDK ${tools.version}` : `key files and SDK — SKIPPED: ${tools.reason}`
if (!tools.found)
  process.stderr.write(`\n*** INTEROP NOT CHECKED: ${tools.reason}. Nothing proves that key files fit. ***\n\n`)

const WORDS = 'old leopard transfer rib spatial phone calm indicate online fire caution review'
const SEED = 'da3cf5b1e9144931a0f0db65664aab662673b099415a7f8121b7245fb0be4143'
const CANONICAL =
  '1f1995bdf3a17b60626a26cfe6f564b337d46056b7a1281b64c649d592ccda0a9cffd34d9fb01cae1fba61aeed184c817442a2186d5172416729a4b54dd4b84e'
const ADDRESS = {
  sr25519: '5HDvhV6WDCjCKyrXqGQSDYqQAzkzabNhctmiDYEqgBC66BsX',
  ed25519: '5HhFH9GvwCST4kRVoFREE7qDJcjYteR5unhQCrBGhhGuRgNb',
} as const
const NUMBER = { sr25519: 1, ed25519: 0 } as const
const TYPES = ['sr25519', 'ed25519'] as const
const PASSWORD = 'tést password'
const MESSAGE = 'signed by whoever read the file'

type Task = Readonly<Record<string, string | number | null>>
interface Answer {
  readonly address: string
  readonly cryptoType: number
  readonly publicKey: string
  readonly signature: string
  readonly refused: string
}

const utf8 = (text: string) => new TextEncoder().encode(text)
const fixture = (name: string) => fileURLToPath(new URL(`../../electron/keys/fixtures/${name}`, import.meta.url))

/** The official packages in one process, as each start takes seconds. */
function official(tasks: readonly Task[]): Promise<readonly Answer[]> {
  if (!tools.found) throw new Error(tools.reason)
  const script = fileURLToPath(new URL('keyfiles.py', import.meta.url))
  const env = { PATH: process.env['PATH'], HOME: tmpdir() }
  const child = spawn(tools.python, [script], { env, stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(JSON.stringify(tasks))
  let text = ''
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString()
  })
  return new Promise((resolve, reject) => {
    child.on('close', (code) =>
      code === 0 ? resolve(JSON.parse(text)) : reject(new Error(`python ended with ${code}`)),
    )
  })
}

/** That they hold the secret, not only the address that the file states. */
function expectSigned({ publicKey, signature, address }: Answer, type: (typeof TYPES)[number]): void {
  expect(address).toBe(ADDRESS[type])
  const [message, key, made] = [utf8(MESSAGE), Buffer.from(publicKey, 'hex'), Buffer.from(signature, 'hex')]
  const fits = type === 'sr25519' ? sr25519Verify(message, made, key) : ed25519.verify(made, message, key)
  expect(fits).toBe(true)
}

// 512 MiB for several seconds each, on a machine that may be busy.
describe.skipIf(!tools.found)(title, { timeout: 300_000 }, () => {
  let folder: string
  const at = (name: string): string => join(folder, name)
  const put = async (name: string, content: Uint8Array): Promise<string> => {
    await writeFile(at(name), content, { mode: 0o600 })
    return at(name)
  }
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'keyfiles-interop-'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const sourceOf = (text: string, cryptoType: (typeof TYPES)[number]) => {
    const source = openSecretText(utf8(text), { cryptoType })
    if (!source.ok) throw new Error(source.error.code)
    return source.value
  }
  const open = async (path: string, typed: string) => {
    const source = await openKeySource(new Uint8Array(await readFile(path)), path, { trimmed: utf8(typed) })
    return source.ok ? source.value : source.error
  }

  it('they write plain files of both schemes, from words, seed and private key; we read them', async () => {
    const made = TYPES.flatMap((type) =>
      [
        ['words', WORDS],
        ['seed', SEED],
        ['key', type === 'sr25519' ? CANONICAL : SEED],
      ].map(([from = '', value = '']) => ({ type, from, value, path: at(`theirs-${type}-${from}`) })),
    )
    await official(
      made.map(({ type, from, value, path }) => ({ do: 'write', from, value, path, cryptoType: NUMBER[type] })),
    )
    for (const { type, from, path } of made) {
      const file = new Uint8Array(await readFile(path))
      const pair = readKeyJson(file, path)
      expect(pair.ok && addressOf(pair.value.publicKey), `${type} from ${from}`).toBe(ADDRESS[type])
      expect(pair.ok && pair.value.cryptoType).toBe(type)
      expect(readPublicJson(file)).toEqual({ address: ADDRESS[type], cryptoType: type })
    }
  })

  it('we write plain private and public files of both schemes; they read them and sign', async () => {
    const tasks: Task[] = []
    for (const type of TYPES)
      for (const [what, text] of [
        ['words', WORDS],
        ['seed', SEED],
        ['key', type === 'sr25519' ? CANONICAL : `${SEED}//x`],
      ] as const) {
        const source = sourceOf(text, type)
        const path = await put(`ours-${type}-${what}`, writeKeyJson(source))
        tasks.push({ do: 'read', path, message: MESSAGE })
        const publicPath = await put(`ours-${type}-${what}pub.txt`, writePublicJson(source.pair))
        tasks.push({ do: 'read', path: publicPath, message: null })
      }
    const answers = await official(tasks)
    for (const [index, answer] of answers.entries()) {
      const type = index < 6 ? 'sr25519' : 'ed25519'
      const isDerived = type === 'ed25519' && index >= 10
      expect(answer.refused, JSON.stringify(tasks[index])).toBeUndefined()
      expect(answer.cryptoType).toBe(NUMBER[type])
      if (isDerived) expect(answer.address).toBe(addressOf(sourceOf(`${SEED}//x`, 'ed25519').pair.publicKey))
      else if (index % 2 === 0) expectSigned(answer, type)
      else expect(answer.address).toBe(ADDRESS[type])
    }
  })

  it.each(TYPES)('they encrypt a key of %s; we open it, with its words, and only with its password', async (type) => {
    const path = at(`theirs-nacl-${type}`)
    const write = { do: 'write', from: 'words', value: WORDS, cryptoType: NUMBER[type], password: PASSWORD, path }
    await official([write])
    expect(await open(path, PASSWORD)).toMatchObject({ words: WORDS.split(' '), pair: { cryptoType: type } })
    expect(await open(path, 'Test password')).toEqual({ code: 'keys/wrong-password' })
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it('we encrypt keys of both schemes; they open them and sign', async () => {
    const tasks: Task[] = []
    for (const type of TYPES) {
      const sealed = await sealNaclKeyfile(sourceOf(WORDS, type), utf8(PASSWORD))
      if (!sealed.ok) throw new Error(sealed.error.code)
      const path = await put(`ours-nacl-${type}`, sealed.value)
      tasks.push({ do: 'read', path, password: PASSWORD, message: MESSAGE })
    }
    const [sr, ed, wrong] = await official([...tasks, { ...tasks[0], password: 'Test password' }])
    expectSigned(sr!, 'sr25519')
    expectSigned(ed!, 'ed25519')
    expect(wrong?.refused).toBe('WrongPasswordError')
  })

  it('they read the older formats as we do', async () => {
    const [ansible] = await official([
      { do: 'read', path: fixture('legacy-ansible'), password: 'testpassword', message: null },
    ])
    expect(ansible?.address).toBe('5DfhGyQdFobKM8NsWvEeAKk5EQQgYe9AydgJ7rMB6E1EqRzV')
  })

  it('we write account exports of polkadot.js; they open them and sign', async () => {
    const tasks: Task[] = []
    for (const type of TYPES) {
      const { pair } = sourceOf(WORDS, type)
      const json = await writePolkadotJson(pair, { password: utf8(PASSWORD), name: 'Mine', createdAtMs: Date.now() })
      if (!json.ok) throw new Error(json.error.code)
      tasks.push({
        do: 'read-polkadot',
        path: await put(`${type}.json`, json.value),
        password: PASSWORD,
        message: MESSAGE,
      })
    }
    const [sr, ed, wrong] = await official([...tasks, { ...tasks[0], password: 'Test password' }])
    expectSigned(sr!, 'sr25519')
    expectSigned(ed!, 'ed25519')
    expect(wrong?.refused).toBeDefined()
  })
})
