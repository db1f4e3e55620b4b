import type { LogLine } from './log-line.ts'
import { redact } from './redact.ts'

/** What stands above the lines of a report. */
export interface ReportFacts {
  readonly version?: string
  readonly host: string
  readonly network: string
  readonly atMs: number
}

/** Numbers things in the order in which they come, so that the same one is known again without being named. */
function numbered(kind: string): (found: string) => string {
  const seen = new Map<string, number>()
  return (found) => {
    const known = seen.get(found) ?? seen.size + 1
    seen.set(found, known)
    return `[${kind} ${known}]`
  }
}

/**
 * Lines of the log to be sent to somebody: what a log may hold but a stranger need not know is numbered instead of named, that
 * is addresses, servers and folders of this computer.
 */
export function reportText(facts: ReportFacts, lines: readonly LogLine[]): string {
  const address = numbered('address')
  const server = numbered('server')
  const ip = numbered('ip')
  const anonymous = (text: string) =>
    redact(text)
      .replaceAll(/\b[1-9A-HJ-NP-Za-km-z]{46,49}\b/g, address)
      .replaceAll(/\b(wss?|https?):\/\/[^\s/"']+[^\s"']*/g, (found) => server(found))
      .replaceAll(/\b\d{1,3}(?:\.\d{1,3}){3}\b/g, ip)
      .replaceAll(/\[?\b(?:[0-9a-f]{1,4}:){3,7}(?::?[0-9a-f]{1,4}){0,4}\b\]?/gi, ip)
      .replaceAll(/(?:\/(?:home|Users)\/|[A-Z]:\\Users\\)[^/\\\s"']+/g, '~')
  const said = lines.map(({ time, level, event, facts: known }) => {
    const pairs = Object.entries(known).map(([name, value]) => `${name}=${anonymous(String(value))}`)
    return [time, level, event, ...pairs].join(' ')
  })
  const head = [
    `Taoforge${facts.version === undefined ? '' : ` ${facts.version}`}, ${facts.host}, ${facts.network}`,
    `Written ${new Date(facts.atMs).toISOString()}, ${lines.length} lines`,
    'Without secrets; addresses, servers and folders are numbered.',
  ]
  return `${[...head, '', ...said].join('\n')}\n`
}
