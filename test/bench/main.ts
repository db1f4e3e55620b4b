// `npm run bench -- [CASE…] [--json]`
import { parseArgs } from 'node:util'
import type { BenchCase } from './case.ts'
import { axonInvalid } from './cases/axon-invalid.ts'
import { axonRatio } from './cases/axon-ratio.ts'
import { axonValid } from './cases/axon-valid.ts'
import { batchRatio, batchServerRatio } from './cases/batch-ratio.ts'
import { connectBytes } from './cases/connect-bytes.ts'
import { connectRoundtrips } from './cases/connect-roundtrips.ts'
import { dashboardFps } from './cases/dashboard-fps.ts'
import { earningsExport } from './cases/earnings-export.ts'
import { earningsView } from './cases/earnings-view.ts'
import { flood } from './cases/flood.ts'
import { ledgerExport } from './cases/ledger-export.ts'
import { ledgerView } from './cases/ledger-view.ts'
import { llmRestart } from './cases/llm-restart.ts'
import { memoryRest } from './cases/memory-rest.ts'
import { memoryUnconnected } from './cases/memory-unconnected.ts'
import { naclArgonRatio } from './cases/nacl-argon-ratio.ts'
import { passwordTiming } from './cases/password-timing.ts'
import { portfolioCallsCold, portfolioRoundtripsCold, portfolioRoundtripsWarm } from './cases/portfolio-roundtrips.ts'
import { reconcileRedRows } from './cases/reconcile-red-rows.ts'
import { restCallsPerBlock } from './cases/rest-calls.ts'
import { soakGrowth } from './cases/soak-growth.ts'
import { startToPage } from './cases/start-to-page.ts'
import { tableFps } from './cases/table-fps.ts'
import { tokensRatio } from './cases/tokens-ratio.ts'
import { ttftAddedP99 } from './cases/ttft-added-p99.ts'

const CASES: readonly BenchCase[] = [
  startToPage,
  connectRoundtrips,
  connectBytes,
  portfolioRoundtripsCold,
  portfolioRoundtripsWarm,
  portfolioCallsCold,
  restCallsPerBlock,
  axonValid,
  axonInvalid,
  axonRatio,
  flood,
  soakGrowth,
  tokensRatio,
  batchRatio,
  batchServerRatio,
  ttftAddedP99,
  llmRestart,
  memoryRest,
  memoryUnconnected,
  naclArgonRatio,
  passwordTiming,
  tableFps,
  dashboardFps,
  ledgerView,
  earningsView,
  earningsExport,
  ledgerExport,
  reconcileRedRows,
]

/** What was typed; where that cannot be read, what can be, and the end. */
function read() {
  try {
    return parseArgs({ allowPositionals: true, options: { json: { type: 'boolean', default: false } } })
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    process.stderr.write(`${why}\nOptions: --json. Cases: ${CASES.map((c) => c.name).join(', ')}\n`)
    process.exit(1)
  }
}
const { values, positionals } = read()
const unknown = positionals.filter((name) => !CASES.some((known) => known.name === name))
if (unknown.length > 0) {
  process.stderr.write(`Unknown: ${unknown.join(', ')}. Cases: ${CASES.map((c) => c.name).join(', ')}\n`)
  process.exit(1)
}

let missed = false
for (const one of CASES.filter((c) => positionals.length === 0 || positionals.includes(c.name))) {
  const value = await one.run()
  const met = one.target === undefined ? null : one.better === 'higher' ? value >= one.target : value <= one.target
  missed ||= met === false
  const target = one.target ?? null
  if (values.json) process.stdout.write(`${JSON.stringify({ case: one.name, value, unit: one.unit, target, met })}\n`)
  else {
    const goal =
      target === null
        ? 'no target'
        : `target ${one.better === 'higher' ? '≥' : '≤'} ${target}, ${met ? 'met' : 'missed'}`
    process.stdout.write(`${one.name}  ${Math.round(value * 1000) / 1000} ${one.unit}  (${goal})\n`)
  }
}
process.exit(missed ? 1 : 0)
