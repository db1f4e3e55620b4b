import { execFile, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, describe, expect, test } from 'vitest'
import { metricsDoor } from '../../electron/monitor/metrics-door.ts'
import { writeExposition } from '../../shared/metrics/exposition.ts'
import { histogramSamples } from '../../shared/metrics/histogram.ts'
import { TotalsCounter } from '../../shared/metrics/request-totals.ts'

const run = promisify(execFile)
const venv = fileURLToPath(new URL('../../.cache/prometheus-venv', import.meta.url))
const python = `${venv}/${process.platform === 'win32' ? 'Scripts' : 'bin'}/python`

/** The official client in a folder of its own; installed on the first run. @returns why it cannot be had */
function missing(): string | undefined {
  const ready = () => spawnSync(python, ['-c', 'import prometheus_client.parser']).status === 0
  if (existsSync(python) && ready()) return undefined
  spawnSync('python3', ['-m', 'venv', venv], { timeout: 120_000 })
  const pip = spawnSync(python, ['-m', 'pip', 'install', '--quiet', 'prometheus_client'], { timeout: 120_000 })
  return ready() ? undefined : `pip install prometheus_client failed: ${String(pip.stderr ?? pip.error).slice(-200)}`
}
const reason = missing()
if (reason !== undefined) process.stderr.write(`\n*** INTEROP NOT CHECKED: ${reason}. ***\n\n`)

interface Found {
  readonly kind: string
  readonly families: Readonly<
    Record<string, { type: string; help: string; samples: [string, Record<string, string>, number][] }>
  >
}

describe.skipIf(reason !== undefined)('prometheus_client reads what we write', { timeout: 60_000 }, () => {
  const door = metricsDoor()
  afterAll(() => door.close())

  test('every type, every sign in a label, from the real door', async () => {
    const counter = new TotalsCounter()
    for (const totalMs of [3, 40, 700, 500_000]) counter.count({ atMs: 0, reason: 'answered', totalMs })
    const strange = 'quote " back \\ line\nnew, brace } = {, ü 字 \u{1f600}'
    const text = writeExposition([
      {
        name: 'taoforge_a_total',
        help: 'Back \\ and\nline.',
        type: 'counter',
        samples: [{ labels: { x: strange }, value: 3 }],
      },
      {
        name: 'taoforge_b_ratio',
        help: 'B.',
        type: 'gauge',
        samples: [{ value: 0.25 }, { labels: { n: '1' }, value: Number.NaN }],
      },
      { name: 'taoforge_c_seconds', help: 'C.', type: 'histogram', samples: histogramSamples(counter.take().latency) },
    ])
    const open = await door.open(0, () => text)
    if (!open.ok) throw new Error(open.error.code)
    const script = fileURLToPath(new URL('prometheus.py', import.meta.url))
    const { stdout } = await run(python, [script, `http://127.0.0.1:${open.value.port}/metrics`])
    // Python writes NaN as it is.
    const { kind, families } = JSON.parse(stdout.replaceAll(/\bNaN\b/g, 'null')) as Found
    expect(kind).toContain('version=0.0.4')
    expect(families['taoforge_a']).toEqual({
      type: 'counter',
      help: 'Back \\ and\nline.',
      samples: [['taoforge_a_total', { x: strange }, 3]],
    })
    expect(families['taoforge_b_ratio']?.samples).toEqual([
      ['taoforge_b_ratio', {}, 0.25],
      ['taoforge_b_ratio', { n: '1' }, null],
    ])
    const seconds = families['taoforge_c_seconds']
    expect(seconds?.type).toBe('histogram')
    const value = (name: string, le?: string) =>
      seconds?.samples.find(([one, labels]) => one === `taoforge_c_seconds_${name}` && labels['le'] === le)?.[2]
    expect([value('count'), value('bucket', '+Inf'), value('bucket', '0.05')]).toEqual([4, 4, 2])
    expect(value('sum')).toBeCloseTo(500.743, 6)
  })
})
