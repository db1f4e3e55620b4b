import { expect, test } from 'vitest'
import { err, ok } from '../../shared/result.ts'
import { DEFAULT_SETTINGS } from '../../shared/settings/settings.ts'
import type { ModelEntry, ModelsPort } from '../models/models.port.ts'
import { ModelsService } from './models.service.ts'

const GIGABYTE = 1_000_000_000

function serviceWith(entry: Partial<ModelEntry>, port: Partial<ModelsPort> = {}) {
  const removed: string[] = []
  const models = {
    list: async () => [{ id: 'm', ours: true, downloadedBytes: 0, ...entry }],
    agree: async () => ok(undefined),
    remove: async (id: string) => {
      removed.push(id)
      return ok(undefined)
    },
    onChange: () => () => undefined,
    ...port,
  } as unknown as ModelsPort
  const settings = { get: () => DEFAULT_SETTINGS, onChange: () => () => undefined }
  return { service: new ModelsService({ models, settings, inUse: () => false }), removed }
}

test('a large file goes only when that was said; a small one, and a mention of one’s own file, at once', async () => {
  const large = serviceWith({ downloadedBytes: GIGABYTE })
  expect(await large.service.remove('m')).toMatchObject({ error: { code: 'contract/bad-input' } })
  expect(large.removed).toEqual([])
  expect((await large.service.remove('m', true)).ok).toBe(true)
  expect(large.removed).toEqual(['m'])
  for (const entry of [{ downloadedBytes: 1_000 }, { downloadedBytes: GIGABYTE, ours: false }])
    expect((await serviceWith(entry).service.remove('m')).ok).toBe(true)
})

test('how a download ended is known before the list shows it', async () => {
  const error = { code: 'model/download-failed', reason: 'cut' } as const
  const failed = err(error)
  const { service } = serviceWith({ state: 'absent' }, { download: async () => failed })
  expect(service.downloadEnd('m')).toBeUndefined()
  await service.download('m')
  expect(await service.downloadEnd('m')).toEqual(failed)
  await new Promise(setImmediate)
  expect(service.downloadEnd('m')).toBeUndefined()
  expect((await service.list())[0]?.error).toEqual(error)
})
