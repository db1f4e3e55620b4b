import { z } from 'zod'
import { MODEL_USES, type ModelChoices } from '../models/model-choices.ts'
import { isModelSource } from '../models/model-source.ts'
import { command, done, nothing, query, subscription } from './define.ts'
import { wireError } from './wire-error.ts'

/** For the settings. */
export const modelChoices = z.object({
  folder: z.string().min(1).max(4096).optional(),
  source: z.string().refine(isModelSource, 'not the https address of a source').optional(),
  connections: z.number().int().min(1).max(16).optional(),
  bytesPerSecond: z.number().int().min(0).max(1e12).optional(),
}) satisfies z.ZodType<ModelChoices>

/** What is being done with a model's file. */
const modelJob = z.object({
  kind: z.enum(['download', 'copy', 'move']),
  /** 'waiting': the server asked for time, or was not reached; it is asked again by itself. */
  step: z.enum(['waiting', 'running', 'checking']),
  bytes: z.number(),
  totalBytes: z.number(),
  /** Over the last seconds; absent = not known yet. */
  bytesPerSecond: z.number().optional(),
  leftMs: z.number().optional(),
  connections: z.number().int().optional(),
})

export const modelView = z.object({
  id: z.string(),
  name: z.string(),
  use: z.string(),
  uses: z.array(z.enum(MODEL_USES)).readonly(),
  origin: z.enum(['catalogue', 'imported', 'self-test']),
  source: z.string().optional(),
  /** Host that a download asks; another one than that of `source` is the user's own choice. */
  from: z.string().optional(),
  revision: z.string().optional(),
  file: z.string(),
  /** Where the file is; absent while there is none. */
  path: z.string().optional(),
  /** The file was made by this app, which may move and delete it. */
  ours: z.boolean(),
  sizeBytes: z.number(),
  sha256: z.string().optional(),
  /** Hashes of pieces are known: of a wrong file only the wrong ones are fetched again. */
  pieces: z.boolean(),
  licence: z.string().optional(),
  licenceUrl: z.string().optional(),
  /** When this licence of this revision was accepted; absent = not yet. */
  licenceAcceptedMs: z.number().optional(),
  memoryBytes: z.number(),
  quant: z.string().optional(),
  state: z.enum(['absent', 'partial', 'downloading', 'ready']),
  downloadedBytes: z.number(),
  job: modelJob.optional(),
  /** A move that was begun and not ended. */
  moving: z.object({ folder: z.string(), bytes: z.number() }).optional(),
  fits: z.enum(['fits', 'slow', 'does-not-fit', 'unknown']),
  /** Why, in one or two plain sentences. */
  fitWhy: z.string().optional(),
  error: wireError.optional(),
})
export type ModelView = z.output<typeof modelView>

const licenceView = z.object({
  id: z.string(),
  licence: z.string(),
  url: z.string(),
  revision: z.string(),
  /** All of it; absent where this app does not have the text. */
  text: z.string().optional(),
  acceptedMs: z.number().optional(),
})
export type LicenceView = z.output<typeof licenceView>

const modelId = z.object({ id: z.string().max(200) })

export const modelsContract = {
  'models.watch': subscription('Models of the catalogue and of this computer.', {
    input: nothing,
    output: z.array(modelView).readonly(),
  }),
  'models.licence': query('The licence of a catalogue model, and when it was accepted.', {
    input: modelId,
    output: licenceView,
  }),
  'models.download': command('Downloads a catalogue model, or ends a copy; goes on where it stopped.', {
    input: modelId.extend({
      /** The name of the licence that was read and is agreed to. Needed once for each licence and revision. */
      acceptLicence: z.string().max(200).optional(),
    }),
    output: done,
  }),
  'models.cancel': command('Pauses a download, copy or move; what is there stays.', { input: modelId, output: done }),
  'models.import': command('Takes a GGUF file of this computer into the list, by reference or as a copy.', {
    input: z.object({ path: z.string().max(4096), copy: z.boolean().optional() }),
    output: modelView,
  }),
  'models.move': command(
    'Moves the file of a model into another folder: copied, checked, then switched. The folder where it is: gives a begun move up.',
    { input: modelId.extend({ folder: z.string().min(1).max(4096) }), output: modelView },
  ),
  'models.makeSelfTest': command('Makes the tiny self-test model with random weights.', {
    input: nothing,
    output: modelView,
  }),
  'models.remove': command('Removes a model from the list, and its file if this app made it.', {
    input: modelId.extend({
      /** That a large file goes was read. Without it such a file stays. */
      understood: z.boolean().optional(),
    }),
    output: done,
  }),
}
