import { type GpuReading, type Reading, unknown } from '../../shared/care/readings.ts'
import { Tool } from './tool.ts'

const SOURCE = 'nvidia-smi'
/** The name comes last: it is the one field that may hold a comma. */
const FIELDS = ['index', 'temperature.gpu', 'power.draw', 'utilization.gpu', 'memory.used', 'memory.total', 'name']
/** Starting the driver anew, where no program keeps it awake, takes up to two seconds. */
const LIMIT_MS = 4_000
/** `--format=nounits` leaves out the unit; memory is in MiB. */
const MIB = 1024 ** 2

/** Whatever a card does not tell is `[N/A]`, `[Not Supported]`, `[Unknown Error]` or `ERR!`. */
const number = (text: string | undefined): number | undefined => {
  const plain = text?.trim() ?? ''
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : undefined
}

const bytes = (text: string | undefined): number | undefined => {
  const mib = number(text)
  return mib === undefined ? undefined : mib * MIB
}

/** One line of the answer; `undefined` where it is no such line. */
function cardOf(line: string): GpuReading | undefined {
  const [index, temperature, power, used, memoryUsed, memoryTotal, ...name] = line.split(',')
  const at = number(index)
  if (at === undefined || memoryTotal === undefined) return undefined
  return {
    name: `GPU ${at}`,
    model: name.join(',').trim() || undefined,
    source: SOURCE,
    temperatureC: number(temperature),
    watts: number(power),
    usedPercent: number(used),
    memoryUsedBytes: bytes(memoryUsed),
    memoryTotalBytes: bytes(memoryTotal),
  }
}

/** Cards in an answer of `nvidia-smi`; `undefined` where it is none. */
export function cardsIn(text: string): readonly GpuReading[] | undefined {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const cards = lines.map(cardOf)
  return cards.length > 0 && cards.every((card) => card !== undefined) ? cards : undefined
}

export interface CardReader {
  read(nowMs: number): Promise<Reading<readonly GpuReading[]>>
}

/** Cards of NVIDIA, as the tool of their driver tells. */
export function nvidiaSmi(env?: NodeJS.ProcessEnv, limitMs = LIMIT_MS): CardReader {
  const args = [`--query-gpu=${FIELDS.join(',')}`, '--format=csv,noheader,nounits']
  const tool = new Tool({ command: 'nvidia-smi', args, env, limitMs })
  return {
    async read(nowMs) {
      const answer = await tool.ask()
      if (!answer.ok) return unknown(SOURCE, answer.why)
      // It fails with 6 and these words where the driver runs and finds no card.
      if (/no devices were found/i.test(answer.text)) return unknown(SOURCE, 'no-device')
      if (answer.exit !== 0) return unknown(SOURCE, 'no-answer')
      const cards = cardsIn(answer.text)
      return cards ? { state: 'known', value: cards, source: SOURCE, atMs: nowMs } : unknown(SOURCE, 'not-understood')
    },
  }
}
