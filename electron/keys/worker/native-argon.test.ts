import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import type { ArgonTask } from './argon.ts'
import { wasmArgon } from './argon.ts'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../../../', import.meta.url))
const module = fileURLToPath(new URL('./native-argon.ts', import.meta.url))
const task = (variant: ArgonTask['variant']): ArgonTask => ({
  variant,
  salt: new Uint8Array(16).fill(3),
  cost: { passes: 3, memoryKib: 4096 },
})

/** A process of its own, with the permissions of the keys worker: the add-on takes a right away from its process. */
async function inWorker(script: string): Promise<unknown> {
  const flags = ['--permission', '--allow-addons', '--disable-warning=PERM0001', `--allow-fs-read=${root}`]
  const text = `import { addonArgon, loadArgonThenNoMore } from ${JSON.stringify(module)}\n${script}`
  const { stdout } = await run(process.execPath, [...flags, '--input-type=module', '-e', text], { cwd: root })
  return JSON.parse(stdout)
}

describe('the add-on for Argon2', () => {
  test.each(['argon2i', 'argon2id'] as const)('gives the same %s key as the other implementation', async (variant) => {
    const key = await inWorker(`
      const loaded = loadArgonThenNoMore()
      const task = { variant: '${variant}', salt: new Uint8Array(16).fill(3), cost: { passes: 3, memoryKib: 4096 } }
      const key = await addonArgon(new TextEncoder().encode('pässwörd'), task, 32)
      process.stdout.write(JSON.stringify([loaded, Buffer.from(key ?? []).toString('hex')]))`)
    const expected = await wasmArgon(new TextEncoder().encode('pässwörd'), task(variant))
    expect(key).toEqual([true, Buffer.from(expected).toString('hex')])
  })

  test('is the last one that its process loads', async () => {
    const seen = await inWorker(`
      import { createRequire } from 'node:module'
      const require = createRequire(${JSON.stringify(`${root}package.json`)})
      const tried = (run) => { try { run(); return 'loaded' } catch (cause) { return cause.code ?? cause.message } }
      const addon = () => process.dlopen({ exports: {} }, require.resolve('better-sqlite3/package.json').replace('package.json', 'any.node'))
      const before = tried(addon)
      loadArgonThenNoMore()
      const put = tried(() => { process.dlopen = () => undefined })
      const again = tried(() => Object.defineProperty(process, 'dlopen', { value: () => undefined }))
      process.stdout.write(JSON.stringify({ before, after: tried(addon), put, again, thread: tried(() => new (require('node:worker_threads').Worker)('0', { eval: true })) }))`)
    expect(seen).toEqual({
      before: 'ERR_DLOPEN_FAILED',
      after: 'this process loads no further add-ons',
      put: expect.stringContaining('read only'),
      again: expect.stringContaining('Cannot redefine'),
      thread: 'ERR_ACCESS_DENIED',
    })
  })

  test('is not looked for where the environment says', async () => {
    const loaded = await inWorker(`
      process.env.NAPI_RS_NATIVE_LIBRARY_PATH = '/nowhere/other.node'
      process.stdout.write(JSON.stringify(loadArgonThenNoMore()))`)
    expect(loaded).toBe(true)
  })
})
