import type { LogFilter, LogLevel, LogLine } from '../../shared/log/log-line.ts'

export interface LogBook {
  /** Oldest first, the last of the log. */
  readonly lines: readonly LogLine[]
  readonly folder: string
  /** Lines that could not be written since the start, for want of room on the disk or of permission. */
  readonly lost: number
}

/** Reads what was logged. */
export interface LogBookPort {
  /** @param limit at most so many lines */
  read(filter: LogFilter, limit: number): Promise<LogBook>
  /** Lines since the start, by level; those that were lost are counted, too. */
  counts(): Readonly<Record<LogLevel, number>>
  lost(): number
}
