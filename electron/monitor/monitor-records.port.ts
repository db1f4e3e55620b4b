import type { EpochScore } from '../../shared/contract/monitor.contract.ts'
import type { Span } from '../../shared/metrics/uptime.ts'

/** A score, and the chain that it is of. */
export type RecordedEpoch = EpochScore & { readonly genesis: string }

/** What outlives the app. */
export interface MonitorRecords {
  /** When mining was begun for the first time, ms since 1970. */
  readonly firstMs?: number | undefined
  /** Oldest first. */
  readonly spans: readonly Span[]
  /** Oldest first. */
  readonly epochs: readonly RecordedEpoch[]
}

export interface MonitorRecordsPort {
  /** What was kept last; nothing where there is no file, or none that can be read. */
  load(): MonitorRecords
  /** @returns false where it could not be kept: the next call tries again */
  save(records: MonitorRecords): boolean
}
