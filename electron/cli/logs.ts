import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { isLogLevel, LOG_LEVELS, type LogFilter, type LogLine } from '../../shared/log/log-line.ts'
import { reportText } from '../../shared/log/report-text.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { defaultDataFolder } from '../system/data-folder.ts'
import { LOG_BOUNDS, LOG_NAME, nameOfLog } from '../system/log-file.ts'
import { LogFollower, lastLines } from '../system/log-reader.ts'

export const LOGS_HELP = `taoforge logs [--follow] [--level LEVEL] [--event TEXT] [--lines N] [--report] [--data DIR]

Prints the last lines of the log, a JSON object each: time, level, event, facts. Reads the files, so that it also works while no
host runs, or hangs. No line holds a secret.
--follow  goes on with every new line, until interrupted
--level   debug, info, warn or error: this one and graver
--event   text that the event contains, for example chain.
--lines   how many; default 200
--report  as text to send to somebody: addresses, servers and folders are numbered instead of named
`

interface LogsArguments {
  readonly path: string
  readonly filter: LogFilter
  readonly lines: number
  readonly follow: boolean
  readonly report: boolean
}

/** Between two looks at the files, ms. */
const LOOK_MS = 300
const MOST_LINES = 100_000

/** @errors in words, for a person at a terminal */
export function logsArguments(argv: readonly string[]): Result<LogsArguments, string> {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        data: { type: 'string' },
        level: { type: 'string' },
        event: { type: 'string' },
        lines: { type: 'string', default: '200' },
        follow: { type: 'boolean', default: false },
        report: { type: 'boolean', default: false },
      },
    })
    const { level, event, lines, follow, report } = values
    if (level !== undefined && !isLogLevel(level)) return err(`--level is one of ${LOG_LEVELS.join(', ')}.`)
    const count = /^\d{1,6}$/.test(lines) ? Number(lines) : 0
    if (count < 1 || count > MOST_LINES) return err(`--lines is a number from 1 to ${MOST_LINES}.`)
    if (follow && report) return err('A report has an end: leave --follow or --report away.')
    const path = join(resolve(values.data ?? defaultDataFolder()), 'logs', LOG_NAME)
    return ok({ path, filter: { level, event }, lines: count, follow, report })
  } catch (cause) {
    return err(cause instanceof Error ? cause.message : String(cause))
  }
}

/** Prints what was logged; with `--follow` it goes on until it is interrupted. */
export async function runLogs(
  { path, filter, lines, follow, report }: LogsArguments,
  print: (text: string) => void,
): Promise<void> {
  const names = Array.from({ length: LOG_BOUNDS.files }, (_, age) => nameOfLog(path, age))
  const follower = new LogFollower(path, nameOfLog(path, 1))
  // Marked before the last lines are read: rather a line twice than one that is missing.
  await follower.next(filter)
  const last = await lastLines(names, filter, lines)
  if (report)
    return print(reportText({ host: 'read from its files', network: 'network not asked', atMs: Date.now() }, last))
  const say = (line: LogLine) => print(`${JSON.stringify(line)}\n`)
  for (const line of last) say(line)
  while (follow) {
    await new Promise((again) => setTimeout(again, LOOK_MS))
    for (const line of await follower.next(filter)) say(line)
  }
}
