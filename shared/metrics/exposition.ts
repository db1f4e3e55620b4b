/** One value of a family. `undefined` values are left out by whoever gathers: an unknown is no series, and never 0. */
export interface Sample {
  /** `_bucket`, `_sum` or `_count` of a histogram. */
  readonly suffix?: string
  readonly labels?: Readonly<Record<string, string>>
  readonly value: number
}

export interface Family {
  /** Snake case, with the unit at its end: `_seconds`, `_watts`, `_ratio`; counters end in `_total`. */
  readonly name: string
  readonly help: string
  readonly type: 'counter' | 'gauge' | 'histogram'
  readonly samples: readonly Sample[]
}

/** What a scraper is told of the text. */
export const EXPOSITION_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

const NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/
const escapeHelp = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')
const escapeLabel = (text: string): string => escapeHelp(text).replaceAll('"', '\\"')

export function writeNumber(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (value === Number.POSITIVE_INFINITY) return '+Inf'
  if (value === Number.NEGATIVE_INFINITY) return '-Inf'
  return String(value)
}

function seriesOf(name: string, { suffix = '', labels = {} }: Sample): string {
  const pairs = Object.entries(labels).map(([label, said]) => `${label}="${escapeLabel(said)}"`)
  return `${name}${suffix}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`}`
}

/**
 * The text format of Prometheus, version 0.0.4. Families without a sample are left out as a whole.
 * @throws for a name that the format does not allow: that is a mistake of ours, names never come from outside
 * @source prometheus.io/docs/instrumenting/exposition_formats
 */
export function writeExposition(families: readonly Family[]): string {
  const lines = families.flatMap(({ name, help, type, samples }) => {
    const labels = samples.flatMap((sample) => Object.keys(sample.labels ?? {}))
    const wrong = [name, ...labels].find((one) => !NAME.test(one))
    if (wrong !== undefined) throw new Error(`not a name: ${wrong}`)
    if (samples.length === 0) return []
    // A series that stood there twice would make a scraper refuse all of it.
    const series = new Map(samples.map((one) => [seriesOf(name, one), one.value]))
    return [
      `# HELP ${name} ${escapeHelp(help)}`,
      `# TYPE ${name} ${type}`,
      ...[...series].map(([one, value]) => `${one} ${writeNumber(value)}`),
    ]
  })
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`
}
