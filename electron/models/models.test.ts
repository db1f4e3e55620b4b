import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { RangeServer } from '../../test/support/range-server.ts'
import { type CatalogueEntry, readCatalogue } from './catalogue.ts'
import { type GgufValue, ggufFile } from './gguf-writer.ts'
import type { ModelEntry, ModelJob, ModelsPort } from './models.port.ts'
import { createModels } from './models.ts'
import type { ModelsOptions } from './models-options.ts'
import { SELF_TEST_SHA256, selfTestModel } from './self-test-model.ts'

const body = Buffer.alloc(300_000, 'a language model would be here. ')
const sha256 = createHash('sha256').update(body).digest('hex')
const root = mkdtempSync(join(tmpdir(), 'taoforge-models-'))
let folder = ''
let source = ''

let server: RangeServer

const entry = (over: Partial<CatalogueEntry> = {}): CatalogueEntry => ({
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
    layers: 10,
    heads: 8,
    keyHeads: 8,
    headLength: 64,
    width: 512,
    contextLength: 2048,
    vocabularySize: 1000,
    source: 'https://example.org/config.json',
  },
  ...over,
})
const models = (over: Partial<ModelsOptions> = {}, one: Partial<CatalogueEntry> = {}) =>
  createModels({
    folder,
    catalogue: [entry(one)],
    retryMs: 1,
    smallestShareBytes: 20_000,
    nowMs: () => 1_700_000_000_000,
    ...over,
  })
/** With the licence accepted. */
const agreed = async (over: Partial<ModelsOptions> = {}, one: Partial<CatalogueEntry> = {}) => {
  const made = models(over, one)
  expect((await made.agree('small', 'MIT')).ok).toBe(true)
  return made
}
const left = (at = folder): string[] =>
  readdirSync(at)
    .filter((name) => !name.endsWith('.json'))
    .sort()
const failed = (code: string, facts: object = {}) => ({ ok: false, error: { code, ...facts } })
const small = async (made: ModelsPort): Promise<ModelEntry> => {
  const found = (await made.list()).find(({ id }) => id === 'small')
  if (!found) throw new Error('the model is not in the list')
  return found
}

beforeAll(async () => {
  server = new RangeServer(body)
  source = `${await server.start()}/maker/model`
})
afterAll(async () => {
  await server.stop()
  rmSync(root, { recursive: true })
})
beforeEach(() => {
  folder = mkdtempSync(join(root, 'folder-'))
  server.asked.splice(0)
  Object.assign(server, { bytes: body, slowMs: 0, behave: undefined })
})

describe('download', () => {
  test('fetches the pinned revision, tells how far it is, and leaves only the file', async () => {
    const made = await agreed()
    const jobs: ModelJob[] = []
    let last: Promise<unknown> = Promise.resolve()
    made.onChange(() => {
      last = small(made).then(({ job }) => job && jobs.push(job))
    })
    expect(await small(made)).toMatchObject({ state: 'absent', downloadedBytes: 0, ours: true, pieces: false })
    server.slowMs = 20
    const result = await made.download('small', {})
    await last
    expect(result).toMatchObject({ ok: true, value: { state: 'ready', path: join(folder, 'small.gguf') } })
    expect(server.asked[0]?.url).toBe(`/maker/model/resolve/${'a'.repeat(40)}/small.gguf`)
    expect(jobs[0]).toMatchObject({ kind: 'download', totalBytes: body.length })
    expect(left()).toEqual(['small.gguf'])
    server.asked.splice(0)
    expect((await made.download('small', {})).ok).toBe(true)
    expect(server.asked).toEqual([])
  })

  test('one thing at a time; a cancel keeps the part, which a later program continues in its place', async () => {
    const made = await agreed()
    server.slowMs = 50
    const elsewhere = join(folder, 'big', 'disk')
    const first = made.download('small', { folder: elsewhere })
    await expect.poll(async () => (await small(made)).job?.bytes ?? 0).toBeGreaterThan(50_000)
    expect(await small(made)).toMatchObject({ state: 'downloading', job: { kind: 'download', step: 'running' } })
    for (const busy of [made.download('small', {}), made.remove('small'), made.move('small', folder)])
      expect(await busy).toEqual(failed('model/busy', { id: 'small' }))
    made.cancel('small')
    expect(await first).toEqual(failed('contract/cancelled'))
    server.slowMs = 0
    const later = models()
    expect(await small(later)).toMatchObject({ state: 'partial', path: join(elsewhere, 'small.gguf') })
    // Another folder by now: what was begun is ended where it lies.
    expect((await later.download('small', { folder })).ok).toBe(true)
    expect(left(elsewhere)).toEqual(['small.gguf'])
    expect((await later.remove('small')).ok).toBe(true)
    expect(left(elsewhere)).toEqual([])
  })

  test('a file of somebody else in the chosen folder is neither taken for the model, nor written over, nor deleted', async () => {
    const made = await agreed()
    const elsewhere = join(folder, 'mine')
    mkdirSync(elsewhere)
    for (const own of ['my own notes', 'x'.repeat(body.length)]) {
      writeFileSync(join(elsewhere, 'small.gguf'), own)
      const taken = failed('model/cannot-move', { because: 'name-taken' })
      expect(await made.download('small', { folder: elsewhere })).toMatchObject(taken)
      expect(await small(made)).toMatchObject({ state: 'absent' })
      expect((await made.remove('small')).ok).toBe(true)
      expect(readFileSync(join(elsewhere, 'small.gguf'), 'utf8')).toBe(own)
    }
    expect(server.asked).toEqual([])
  })

  test('another source serves the same path, and is named', async () => {
    const made = await agreed({}, { source: 'https://huggingface.co/maker/model' })
    const mirror = source.replace('/maker/model', '/mirror/')
    expect((await made.list({ source: mirror }))[1]).toMatchObject({ from: mirror.slice(7, -8) })
    expect((await made.download('small', { source: mirror })).ok).toBe(true)
    expect(server.asked[0]?.url).toBe(`/mirror/maker/model/resolve/${'a'.repeat(40)}/small.gguf`)
  })

  test('an unknown id is refused', async () => {
    expect(await models().download('none', {})).toMatchObject(failed('model/unknown'))
  })
})

describe('the licence', () => {
  test('is accepted before a byte is asked for, is noted, and is asked for again when it changes', async () => {
    const refused = failed('model/licence-not-accepted', {
      id: 'small',
      licence: 'MIT',
      url: 'https://example.org/licence',
    })
    const made = models()
    expect(await made.download('small', {})).toEqual(refused)
    expect(await made.agree('small', undefined)).toEqual(refused)
    expect(await made.agree('small', 'Apache-2.0')).toEqual(refused)
    expect(server.asked).toEqual([])
    expect((await made.agree('small', 'MIT')).ok).toBe(true)
    const note = { id: 'small', licence: 'MIT', revision: 'a'.repeat(40), atMs: 1_700_000_000_000 }
    expect(JSON.parse(readFileSync(join(folder, 'licences.json'), 'utf8'))).toEqual({ version: 1, models: [note] })
    expect(await models().licence('small')).toMatchObject({ ok: true, value: { acceptedMs: 1_700_000_000_000 } })
    expect((await models().agree('small', undefined)).ok).toBe(true)
    for (const changed of [{ revision: 'b'.repeat(40) }, { licence: 'Apache-2.0' }]) {
      expect(await small(models({}, changed))).not.toHaveProperty('licenceAcceptedMs')
      expect(await models({}, changed).download('small', {})).toMatchObject(failed('model/licence-not-accepted'))
    }
  })

  test('is shown in full where its text is known', async () => {
    const licenceTexts = new URL('../../resources/licences', import.meta.url).pathname
    const known = await models({ licenceTexts }, { licence: 'Apache-2.0' }).licence('small')
    expect(known.ok && known.value.text).toMatch(/Apache License\s+Version 2.0/)
    const unknown = await models({ licenceTexts }, { licence: '../models' }).licence('small')
    expect(unknown).toMatchObject({ ok: true, value: { licence: '../models' } })
    expect(unknown.ok && unknown.value).not.toHaveProperty('text')
  })
})

describe('move', () => {
  const there = async (): Promise<ModelsPort> => {
    const made = await agreed()
    expect((await made.download('small', {})).ok).toBe(true)
    return made
  }

  test('takes the file along, and a later program finds it there', async () => {
    const made = await there()
    const to = join(folder, 'elsewhere')
    const moved = await made.move('small', to)
    expect(moved).toMatchObject({ ok: true, value: { state: 'ready', path: join(to, 'small.gguf') } })
    expect([left(), left(to)]).toEqual([['elsewhere'], ['small.gguf']])
    expect(await models().pathOf('small')).toEqual({ ok: true, value: join(to, 'small.gguf') })
  })

  test('copies to another disk, checks there, and only then deletes', async () => {
    const other = otherDisk()
    if (!other) return
    const made = await there()
    expect(await made.move('small', other)).toMatchObject({ ok: true, value: { path: join(other, 'small.gguf') } })
    expect([left(), left(other)]).toEqual([[], ['small.gguf']])
    expect(readFileSync(join(other, 'small.gguf')).equals(body)).toBe(true)
    // A damaged original is found out by the copy, which is thrown away.
    const target = join(folder, 'small.gguf')
    const damage = () => {
      writeFileSync(join(other, 'small.gguf'), Buffer.alloc(body.length, 1), { flag: 'r+' })
      utimesSync(join(other, 'small.gguf'), 1, 1)
    }
    utimesSync(join(other, 'small.gguf'), 1, 1)
    expect((await made.pathOf('small')).ok).toBe(true)
    damage()
    expect(await made.move('small', folder)).toMatchObject(failed('model/hash-mismatch'))
    expect(existsSync(target)).toBe(false)
    expect(await small(made)).toMatchObject({ state: 'ready', moving: { folder, bytes: 0 } })
    expect((await made.move('small', other)).ok).toBe(true)
    expect(await small(made)).not.toHaveProperty('moving')
    // Where it shows on the file itself, not even that is begun.
    utimesSync(join(other, 'small.gguf'), 2, 2)
    expect(await made.move('small', folder)).toMatchObject(failed('model/hash-mismatch'))
    expect(await small(made)).toMatchObject({ state: 'absent', error: { code: 'model/hash-mismatch' } })
  })

  test('a switch that a crash cut off is ended, whichever side of it the crash was on', async () => {
    const to = join(folder, 'elsewhere')
    await there()
    const [old, fresh] = [join(folder, 'small.gguf'), join(to, 'small.gguf')]
    const note = { id: 'small', path: fresh, before: old }
    writeFileSync(join(folder, 'places.json'), JSON.stringify({ version: 1, models: [note] }))
    expect(await small(models())).toMatchObject({ state: 'ready', path: old })
    mkdirSync(to)
    writeFileSync(fresh, body)
    writeFileSync(join(folder, 'places.json'), JSON.stringify({ version: 1, models: [note] }))
    expect(await models().pathOf('small')).toEqual({ ok: true, value: fresh })
    expect(existsSync(old)).toBe(false)
  })

  test('refusals leave everything where it is', async () => {
    const made = await there()
    const cannot = (because: string, id = 'small') => failed('model/cannot-move', { id, because })
    writeFileSync(join(folder, 'file'), '')
    mkdirSync(join(folder, 'taken'))
    writeFileSync(join(folder, 'taken', 'small.gguf'), 'mine')
    expect(await made.move('small', 'relative')).toEqual(cannot('bad-folder'))
    expect(await made.move('small', join(folder, 'file', 'below'))).toEqual(cannot('bad-folder'))
    expect(await made.move('small', join(folder, 'taken'))).toEqual(cannot('name-taken'))
    expect(await made.move('self-test', folder)).toEqual(cannot('not-ours', 'self-test'))
    expect((await made.pathOf('small')).ok).toBe(true)
    expect((await made.remove('small')).ok).toBe(true)
    expect(await made.move('small', folder)).toEqual(cannot('not-here'))
  })
})

describe('the list', () => {
  test('makes the self-test model on demand, and repairs a damaged one', async () => {
    const made = models({ folder: join(folder, 'not', 'there') })
    for (const damage of [false, true]) {
      const path = await made.pathOf('self-test')
      if (!path.ok) throw new Error(path.error.code)
      expect(createHash('sha256').update(readFileSync(path.value)).digest('hex')).toBe(SELF_TEST_SHA256)
      if (!damage) writeFileSync(path.value, 'damaged')
    }
  })

  test('says what is not downloaded and what is unknown', async () => {
    expect(await models().pathOf('small')).toEqual({ ok: false, error: { code: 'model/not-downloaded', id: 'small' } })
    expect(await models().pathOf('none')).toEqual({ ok: false, error: { code: 'model/unknown', id: 'none' } })
  })

  test('says what fits, and that it does not know without the machine', async () => {
    const machine = { memoryTotalBytes: 8e9, memoryFreeBytes: 4e9, vramFreeBytes: undefined, cores: 4 }
    const fits = async (sizeBytes: number, room = true): Promise<unknown> => {
      const made = models(room ? { room: async () => machine } : {}, { sizeBytes })
      const [, one] = await made.list()
      const [, reserved] = await made.list({ reserve: { memoryBytes: 4e9 } })
      return [one?.fits, reserved?.fits]
    }
    expect(await fits(1e9)).toEqual(['fits', 'does-not-fit'])
    expect(await fits(9e9)).toEqual(['does-not-fit', 'does-not-fit'])
    expect(await fits(1e9, false)).toEqual(['unknown', 'unknown'])
  })
})

describe('import', () => {
  test('names a file where it lies; removing forgets it and leaves the file', async () => {
    const own = join(folder, 'own.gguf')
    writeFileSync(own, selfTestModel())
    const made = models()
    const added = await made.importFile(own, { copy: false })
    if (!added.ok) throw new Error(added.error.code)
    expect(added.value).toMatchObject({ origin: 'imported', state: 'ready', quant: 'F32', file: 'own.gguf' })
    expect((await made.importFile(own, { copy: false })).ok).toBe(true)
    const again = models()
    expect((await again.list()).filter(({ origin }) => origin === 'imported')).toHaveLength(1)
    expect(await again.pathOf(added.value.id)).toEqual({ ok: true, value: own })
    expect((await again.remove(added.value.id)).ok).toBe(true)
    expect((await again.list()).filter(({ origin }) => origin === 'imported')).toHaveLength(0)
    expect(readFileSync(own).equals(selfTestModel())).toBe(true)
  })

  test('copies a file: what becomes of the original does not matter then', async () => {
    const own = join(folder, 'my own, best.gguf')
    const to = join(folder, 'copies')
    mkdirSync(to)
    writeFileSync(own, selfTestModel())
    const made = models()
    const added = await made.importFile(own, { copy: true, folder: to })
    if (!added.ok) throw new Error(added.error.code)
    expect(added.value).toMatchObject({ state: 'ready', ours: true, sha256: SELF_TEST_SHA256, uses: ['chat'] })
    expect(left(to)).toEqual([`${added.value.id}-my_own_best.gguf`])
    rmSync(own)
    expect(await models().pathOf(added.value.id)).toEqual({ ok: true, value: join(to, left(to)[0] ?? '') })
    expect((await made.remove(added.value.id)).ok).toBe(true)
    expect(left(to)).toEqual([])
  })

  test('a copy that was cut off goes on, and is checked against the original', async () => {
    const own = join(folder, 'own.gguf')
    writeFileSync(own, selfTestModel())
    const made = models({ freeBytes: async () => 0 })
    expect(await made.importFile(own, { copy: true })).toMatchObject(failed('storage/disk-full'))
    const [, , begun] = await models().list()
    expect(begun).toMatchObject({ origin: 'imported', state: 'absent', ours: true })
    expect(await models().download(begun?.id ?? '', {})).toMatchObject({ ok: true, value: { state: 'ready' } })
  })

  test('one part of a split model is refused, by its name or by its header', async () => {
    const named = join(folder, 'big-00002-of-00003.gguf')
    writeFileSync(named, selfTestModel())
    const split = (file: string) => failed('model/split', { file, part: 2, parts: 3 })
    expect(await models().importFile(named, { copy: false })).toEqual(split(named))
    const renamed = written(ggufFile({ ...HEAD, 'split.no': u32(1), 'split.count': u32(3) }, []))
    expect(await models().importFile(renamed, { copy: false })).toEqual(split(renamed))
  })

  test('a file that went away is told', async () => {
    const own = join(folder, 'own.gguf')
    writeFileSync(own, selfTestModel())
    const made = models()
    const added = await made.importFile(own, { copy: false })
    rmSync(own)
    const id = added.ok ? added.value.id : ''
    expect((await made.list()).at(-1)).toMatchObject({ state: 'absent', downloadedBytes: 0 })
    expect(await made.pathOf(id)).toEqual({ ok: false, error: { code: 'model/file-missing', file: own } })
  })

  test.each([
    ['a missing file', 'model/file-missing', () => join(folder, 'none.gguf')],
    ['a folder', 'model/broken', () => folder],
    ['a foreign file', 'model/broken', () => written(Buffer.from('PK\u0003\u0004 and so on'))],
    ['an empty file', 'model/broken', () => written(Buffer.alloc(0))],
    ['a cut file', 'model/broken', () => written(selfTestModel().subarray(0, 300_000))],
  ])('%s is refused', async (_, code, path) => {
    expect(await models().importFile(path(), { copy: false })).toMatchObject({ ok: false, error: { code } })
  })
})

test('the shipped catalogue is well-formed', async () => {
  const shipped = await readCatalogue(new URL('../../resources/models.json', import.meta.url).pathname)
  for (const use of ['chat', 'code', 'embedding', 'rerank', 'test'] as const)
    expect(shipped.filter(({ uses }) => uses.includes(use)).length).toBeGreaterThan(0)
})

const u32 = (value: number): GgufValue => ({ type: 'u32', value })
const HEAD: Readonly<Record<string, GgufValue>> = { 'general.architecture': { type: 'text', value: 'llama' } }
/** Memory that looks like a disk, where the system has one. */
function otherDisk(): string | undefined {
  try {
    const made = mkdtempSync('/dev/shm/taoforge-models-')
    if (statSync(made).dev === statSync(folder).dev) return undefined
    onTestFinished(() => rmSync(made, { recursive: true }))
    return made
  } catch {
    return undefined
  }
}
function written(bytes: Buffer): string {
  writeFileSync(join(folder, 'some.gguf'), bytes)
  return join(folder, 'some.gguf')
}
