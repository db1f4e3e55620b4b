import { type BatteryReading, type Reading, unknown } from '../../shared/care/readings.ts'
import { Tool } from './tool.ts'

const LIMIT_MS = 3_000
const NANOSECONDS = 1_000_000

/** An answer of `pmset -g batt`: the source in its first line, the charge in a later one. */
export function batteryIn(text: string): BatteryReading | undefined {
  const source = /^Now drawing from '([^']+)'/m.exec(text)?.[1]
  if (source === undefined) return undefined
  const charge = /\t(\d{1,3})%;/.exec(text)?.[1]
  return { onBattery: source !== 'AC Power', ...(charge === undefined ? {} : { chargePercent: Number(charge) }) }
}

/** The shortest idle time that `ioreg` names, ms. */
export function idleIn(text: string): number | undefined {
  const times = [...text.matchAll(/"HIDIdleTime" = (\d+)/g)].map(([, nanoseconds]) => Number(nanoseconds))
  return times.length === 0 ? undefined : Math.min(...times) / NANOSECONDS
}

/** What macOS tells any program. Temperatures and watts it keeps for the administrator. */
export class Mac {
  readonly #pmset: Tool
  readonly #ioreg: Tool

  constructor(env?: NodeJS.ProcessEnv) {
    this.#pmset = new Tool({ command: 'pmset', args: ['-g', 'batt'], env, limitMs: LIMIT_MS })
    this.#ioreg = new Tool({ command: 'ioreg', args: ['-c', 'IOHIDSystem', '-d', '4'], env, limitMs: LIMIT_MS })
  }

  battery(nowMs: number): Promise<Reading<BatteryReading>> {
    return read(this.#pmset, { source: 'pmset', parse: batteryIn, nowMs })
  }

  idleMs(nowMs: number): Promise<Reading<number>> {
    return read(this.#ioreg, { source: 'ioreg', parse: idleIn, nowMs })
  }
}

async function read<T>(
  tool: Tool,
  { source, parse, nowMs }: { readonly source: string; parse(text: string): T | undefined; readonly nowMs: number },
): Promise<Reading<T>> {
  const answer = await tool.ask()
  if (!answer.ok) return unknown(source, answer.why)
  const value = parse(answer.text)
  return value === undefined ? unknown(source, 'not-understood') : { state: 'known', value, source, atMs: nowMs }
}
