export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]
export type LogFact = string | number | boolean

/** One line of the log: when, how grave, what, and the facts of it. Never a secret and never the content of a request. */
export interface LogLine {
  /** ISO 8601, UTC, with milliseconds. */
  readonly time: string
  readonly level: LogLevel
  /** `area.what-happened`, fixed text. */
  readonly event: string
  readonly facts: Readonly<Record<string, LogFact>>
}

export interface LogFilter {
  /** Lines of this level and graver. Default: all. */
  readonly level?: LogLevel | undefined
  /** What the event contains; `chain.` finds all of the chain. */
  readonly event?: string | undefined
}

export const isLogLevel = (text: unknown): text is LogLevel => LOG_LEVELS.some((level) => level === text)
const isFact = (value: unknown): value is LogFact => ['string', 'number', 'boolean'].includes(typeof value)

/** @returns `undefined` for a line that was cut by a kill or a full disk, or is no line of ours */
export function readLogLine(text: string): LogLine | undefined {
  try {
    const { time, level, event, facts } = JSON.parse(text) as Readonly<Record<string, unknown>>
    if (typeof time !== 'string' || !isLogLevel(level) || typeof event !== 'string') return undefined
    const known = typeof facts === 'object' && facts !== null ? Object.entries(facts) : []
    return { time, level, event, facts: Object.fromEntries(known.filter(([, value]) => isFact(value))) }
  } catch {
    return undefined
  }
}

export const matchesFilter = (line: LogLine, { level, event }: LogFilter): boolean =>
  (level === undefined || LOG_LEVELS.indexOf(line.level) >= LOG_LEVELS.indexOf(level)) &&
  (event === undefined || line.event.toLowerCase().includes(event.toLowerCase()))
