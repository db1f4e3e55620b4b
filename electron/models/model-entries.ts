import { basename } from 'node:path'
import type { AppError } from '../../shared/errors.ts'
import { judgeFit, memoryOfOneChat } from '../../shared/inference/judge-fit.ts'
import type { MachineRoom, ModelShape } from '../../shared/inference/model-memory.ts'
import type { ModelUse } from '../../shared/models/model-choices.ts'
import { sourceName } from '../../shared/models/model-source.ts'
import { type CatalogueEntry, shapeOf } from './catalogue.ts'
import { type ImportedModel, importedShape } from './imported.ts'
import { type Accepted, acceptedMs } from './licences.ts'
import type { ModelEntry, ModelJob } from './models.port.ts'
import { SELF_TEST_FILE, SELF_TEST_ID, SELF_TEST_NAME, SELF_TEST_SHA256 } from './self-test-model.ts'

/** What was found on disk of one model. */
export interface Found {
  readonly path: string
  readonly ready: boolean
  /** It has the size, and another hash. */
  readonly wrong: AppError | undefined
  /** Of a part. */
  readonly partBytes: number
  readonly moving: ModelEntry['moving'] | undefined
  readonly job: ModelJob | undefined
}

/** A self-test model's shape, as its header says it. */
const SELF_TEST_SHAPE = {
  contextLength: 8192,
  layers: 2,
  cacheNumbersPerLayer: 128,
  headLength: 16,
  vocabularySize: 262,
}

const fitOf = (shape: ModelShape, room: MachineRoom | undefined): Pick<ModelEntry, 'fits' | 'fitWhy'> => {
  const { fits, why } = judgeFit(shape, room)
  return { fits, fitWhy: why }
}

type OnDisk = Pick<ModelEntry, 'state' | 'downloadedBytes' | 'path' | 'job' | 'moving' | 'error'>

function onDisk({ path, ready, wrong, partBytes, moving, job }: Found, sizeBytes: number): OnDisk {
  const fetching = job !== undefined && job.kind !== 'move'
  const partly = partBytes > 0 ? 'partial' : 'absent'
  return {
    state: fetching ? 'downloading' : ready ? 'ready' : partly,
    downloadedBytes: ready
      ? sizeBytes
      : fetching && job.step !== 'checking'
        ? job.bytes
        : fetching
          ? sizeBytes
          : partBytes,
    ...(ready || partBytes > 0 ? { path } : {}),
    ...(job ? { job } : {}),
    ...(moving ? { moving } : {}),
    ...(wrong && !job ? { error: wrong } : {}),
  }
}

export function selfTestEntry(sizeBytes: number, found: Found, room: MachineRoom | undefined): ModelEntry {
  const shape = { ...SELF_TEST_SHAPE, sizeBytes }
  return {
    id: SELF_TEST_ID,
    name: SELF_TEST_NAME,
    use: 'Proves that loading, generating and answering work on this computer. Its text means nothing.',
    uses: ['test'],
    origin: 'self-test',
    file: SELF_TEST_FILE,
    ours: false,
    sizeBytes,
    sha256: SELF_TEST_SHA256,
    pieces: false,
    memoryBytes: memoryOfOneChat(shape),
    quant: 'F32',
    // Made on demand within milliseconds: nothing has to be downloaded before it can be used.
    state: 'ready',
    downloadedBytes: found.ready ? sizeBytes : 0,
    ...(found.ready ? { path: found.path } : {}),
    ...fitOf(shape, room),
  }
}

export function catalogueEntry(
  entry: CatalogueEntry,
  found: Found,
  known: {
    readonly room: MachineRoom | undefined
    readonly source: string | undefined
    readonly accepted: readonly Accepted[]
  },
): ModelEntry {
  const { shape: _, pieces, ...facts } = entry
  const shape = shapeOf(entry)
  const atMs = acceptedMs(known.accepted, entry)
  return {
    ...facts,
    origin: 'catalogue',
    from: sourceName(known.source ?? entry.source),
    ours: true,
    pieces: pieces !== undefined,
    ...(atMs === undefined ? {} : { licenceAcceptedMs: atMs }),
    memoryBytes: memoryOfOneChat(shape),
    ...onDisk(found, entry.sizeBytes),
    ...fitOf(shape, known.room),
  }
}

const USES_OF = { text: ['chat'], embed: ['embedding'], rank: ['rerank'] } as const
const usesOf = ({ shape }: ImportedModel): readonly ModelUse[] => USES_OF[shape?.kind ?? 'text']

export function importedEntry(model: ImportedModel, found: Found, room: MachineRoom | undefined): ModelEntry {
  const { path: _, shape: __, copyOf, ...facts } = model
  return {
    ...facts,
    use: copyOf === undefined ? 'Your own file.' : 'A copy of your own file.',
    uses: usesOf(model),
    origin: 'imported',
    file: basename(found.path),
    ours: copyOf !== undefined,
    pieces: false,
    ...onDisk(found, model.sizeBytes),
    ...fitOf(importedShape(model), room),
  }
}
