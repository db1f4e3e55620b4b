import type { DownloadProgress } from './download.ts'
import type { ModelJob } from './models.port.ts'

/** What is being done with a model, and how it is ended. */
export interface Running {
  job: ModelJob
  readonly stop: AbortController
  readonly done: Promise<unknown>
}

/** Progress is told this often at most; a fast disk would otherwise report a thousand times a second. */
const TELL_EVERY_MS = 100

/** Keeps how far a job is, and tells of it now and then. */
export function jobReporter(
  running: () => Running | undefined,
  changed: () => void,
): (progress: DownloadProgress) => void {
  let toldAt = Number.NEGATIVE_INFINITY
  return ({ step, ...rest }) => {
    const one = running()
    if (!one) return
    const { job } = one
    const now: ModelJob = {
      kind: job.kind,
      totalBytes: job.totalBytes,
      ...rest,
      step: step === 'downloading' ? 'running' : step,
    }
    one.job = now
    const isNews = now.step !== job.step || now.bytes >= now.totalBytes
    if (!isNews && performance.now() - toldAt < TELL_EVERY_MS) return
    toldAt = performance.now()
    changed()
  }
}
