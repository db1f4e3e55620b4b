import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { RangeServer } from '../../test/support/range-server.ts'
import type { ModelEntry, ModelsPort } from './models.port.ts'
import { createModels } from './models.ts'

const body = Buffer.alloc(100_000, 'a language model would be here. ')
const sha256 = createHash('sha256').update(body).digest('hex')
const server = new RangeServer(body)
let source = ''
let folder = ''

const models = (): ModelsPort =>
  createModels({
    folder,
    catalogue: [
      {
        id: 'small',
        name: 'Small',
        use: 'For tests.',
        uses: ['chat'],
        source,
        revision: 'a'.repeat(40),
        file: 'small.gguf',
        sizeBytes: body.length,
        sha256,
        quant: 'Q4_K_M',
        licence: 'MIT',
        licenceUrl: 'https://example.org/licence',
        shape: {
          ...{
            layers: 10,
            heads: 8,
            keyHeads: 8,
            headLength: 64,
            width: 512,
            contextLength: 2048,
            vocabularySize: 1000,
          },
          source: 'https://example.org/config.json',
        },
      },
    ],
    retryMs: 1,
  })
const small = async (made: ModelsPort): Promise<ModelEntry> => {
  const found = (await made.list()).find(({ id }) => id === 'small')
  if (!found) throw new Error('the model is not in the list')
  return found
}

beforeAll(async () => {
  source = `${await server.start()}/maker/model`
})
afterAll(() => server.stop())
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'taoforge-known-'))
  server.asked.splice(0)
  return () => rmSync(folder, { recursive: true })
})

describe('a file that lies there already', () => {
  const path = () => join(folder, 'small.gguf')
  const settled = async (made: ModelsPort): Promise<ModelEntry> => {
    for (;;) {
      const now = await small(made)
      if (!now.job) return now
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }

  test('with the right name and size is read once before it is taken, and again when it is another one', async () => {
    writeFileSync(path(), body)
    expect(await small(models())).toMatchObject({ state: 'downloading', job: { step: 'checking' } })
    expect(await models().pathOf('small')).toEqual({ ok: true, value: path() })
    // Known from now on: nothing is read at the next start.
    expect(await small(models())).toMatchObject({ state: 'ready', path: path() })
    writeFileSync(path(), body)
    utimesSync(path(), 1, 1)
    const made = models()
    expect((await small(made)).state).toBe('downloading')
    expect((await settled(made)).state).toBe('ready')
    expect(server.asked).toEqual([])
  })

  test('and wrong is not taken, says why, and makes way for the right one', async () => {
    writeFileSync(path(), Buffer.alloc(body.length, 7))
    const made = models()
    expect((await made.agree('small', 'MIT')).ok).toBe(true)
    expect((await small(made)).state).toBe('downloading')
    expect(await settled(made)).toMatchObject({ state: 'absent', error: { code: 'model/hash-mismatch' } })
    expect(await made.pathOf('small')).toMatchObject({
      ok: false,
      error: { code: 'model/hash-mismatch', file: path(), expected: sha256 },
    })
    expect(await small(models())).toMatchObject({ state: 'absent', error: { code: 'model/hash-mismatch' } })
    expect(await made.download('small', {})).toMatchObject({ ok: true, value: { state: 'ready' } })
    expect(await small(made)).not.toHaveProperty('error')
    expect((await small(models())).state).toBe('ready')
  })

  test('whose reading was cancelled is not taken, and not read again by itself', async () => {
    writeFileSync(path(), body)
    const made = models()
    await small(made)
    made.cancel('small')
    expect((await settled(made)).state).toBe('absent')
    expect(await made.pathOf('small')).toMatchObject({ ok: true })
  })
})
