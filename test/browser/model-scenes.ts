import type { ModelView } from '../../shared/contract/models.contract.ts'
import type { Scene } from './fake-host.ts'
import { real } from './scenes.ts'

const APACHE = {
  licence: 'Apache-2.0',
  licenceUrl: 'https://huggingface.co/maker/model',
  revision: 'ab810cf68114990406fdf996510dd3d3c6adbdf5',
} as const

function model(over: Partial<ModelView> & Pick<ModelView, 'id' | 'name'>): ModelView {
  return {
    use: 'A good start on a laptop: sensible answers without a graphics card.',
    uses: ['chat'],
    origin: 'catalogue',
    source: 'https://huggingface.co/maker/model',
    from: 'huggingface.co',
    file: `${over.id}.gguf`,
    ours: true,
    sizeBytes: 1_117_320_736,
    sha256: '6a1a2eb6d15622bf3c96857206351ba97e1af16c30d7a74ee38970e434e9407e',
    pieces: false,
    ...APACHE,
    memoryBytes: 1_800_000_000,
    quant: 'Q4_K_M',
    state: 'absent',
    downloadedBytes: 0,
    fits: 'fits',
    fitWhy: 'The processor computes it fast enough.',
    ...over,
  }
}
const here = { state: 'ready', downloadedBytes: 1_117_320_736, licenceAcceptedMs: 1_795_000_000_000 } as const
const job = {
  kind: 'download',
  step: 'running',
  bytes: 412_000_000,
  totalBytes: 1_117_320_736,
  bytesPerSecond: 11_800_000,
  leftMs: 59_000,
  connections: 4,
} as const

/** Every state that the file of a model can be in, beside each other. */
export const everyModel: Scene = {
  ...real,
  models: [
    model({
      id: 'a',
      name: 'Not here',
      fits: 'slow',
      fitWhy: 'The processor computes it alone, at a few words a second.',
    }),
    model({ id: 'b', name: 'Coming', state: 'downloading', downloadedBytes: job.bytes, job }),
    model({ id: 'c', name: 'Waiting', state: 'downloading', downloadedBytes: 9e7, job: { ...job, step: 'waiting' } }),
    model({ id: 'd', name: 'Being checked', state: 'downloading', job: { ...job, step: 'checking' }, pieces: true }),
    model({ id: 'e', name: 'Paused', state: 'partial', downloadedBytes: 412_000_000 }),
    model({
      id: 'f',
      name: 'Wrong',
      from: 'mirror.example',
      error: { code: 'model/hash-mismatch', file: '/m/f.gguf', expected: '6a1a2eb6d156', actual: 'ffff2eb6d156' },
    }),
    model({
      id: 'g',
      name: 'No room',
      state: 'partial',
      downloadedBytes: 9e8,
      error: { code: 'storage/disk-full', path: '/m', neededBytes: 284_000_000 },
    }),
    model({
      id: 'h',
      name: 'Being moved',
      ...here,
      path: '/m/h.gguf',
      moving: { folder: '/big/disk', bytes: 5e8 },
      job: { ...job, kind: 'move' },
    }),
    model({ id: 'i', name: 'Half moved', ...here, path: '/m/i.gguf', moving: { folder: '/big/disk', bytes: 5e8 } }),
    model({
      id: 'j',
      name: 'An own file with a very long name that goes on and on until it does not fit anywhere any more, at all',
      origin: 'imported',
      ours: false,
      uses: ['embedding'],
      ...here,
      path: '/home/me/j.gguf',
      fits: 'does-not-fit',
      fitWhy: 'It needs 5.0 GB at least. It can have 2.1 GB of memory.',
    }),
  ],
  answers: {
    ...real.answers,
    'models.licence': async ({ id }) => ({
      ok: true,
      value: {
        id,
        licence: APACHE.licence,
        url: APACHE.licenceUrl,
        revision: APACHE.revision,
        text: 'Apache License\n\n'.repeat(60),
      },
    }),
  },
}
