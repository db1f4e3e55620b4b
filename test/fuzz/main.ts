// `npm run fuzz [-- --cases N] [--seed S] [--target NAME] [--from N]`
import { mkdtempSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { LONGEST_CASE_MS, type Ran } from './run-cases.ts'
import { leakIn, type Target } from './target.ts'
import { TARGETS } from './targets.ts'
import type { Job } from './watched.ts'

const KNOWN = `Options: --cases N, --seed S, --from N, --target NAME. Targets: ${TARGETS.map(({ name }) => name).join(', ')}\n`

/** What was typed; where that cannot be read, what can be, and the end. */
function read() {
  try {
    return parseArgs({
      options: {
        cases: { type: 'string' },
        seed: { type: 'string', default: '1' },
        target: { type: 'string' },
        from: { type: 'string', default: '0' },
      },
    })
  } catch (cause) {
    process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n${KNOWN}`)
    process.exit(1)
  }
}
const { values } = read()
const chosen = TARGETS.filter(({ name }) => values.target === undefined || name === values.target)
const seed = Number(values.seed)
const from = Number(values.from)
const wanted = values.cases === undefined ? undefined : Number(values.cases)
if (chosen.length === 0 || ![seed, from, wanted ?? 1].every(Number.isSafeInteger)) {
  process.stderr.write(KNOWN)
  process.exit(1)
}
const say = (line: string) => void process.stdout.write(`${line}\n`)
const whole = TARGETS.reduce((sum, { cases }) => sum + cases, 0)
/** `--cases` is for all chosen targets together, in the shares of a whole run. */
const casesOf = ({ cases }: Target): number => {
  if (wanted === undefined) return cases
  return chosen.length === 1 ? wanted : Math.ceil((cases / whole) * wanted)
}

/**
 * A case that has used so much processor time and has not ended is ended from outside; below that it is judged by itself.
 * Not by the clock, as this may run with the lowest priority beside other programs; but a case that only waits, which
 * uses none, ends by the clock.
 */
const HANGS_AFTER_MS = 30_000
const WAITS_AT_MOST_MS = 300_000
const LOOK_EVERY_MS = 500

interface Outcome extends Ran {
  readonly seconds: number
}

/** Runs one target in its thread; what it writes to the console is searched for secrets, too. */
function run(target: Target, cases: number): Promise<Outcome> {
  const at = new SharedArrayBuffer(4)
  const job: Job = { target: target.name, seed, from, to: from + cases, at }
  const options = { workerData: job, stdout: true, stderr: true, resourceLimits: { maxOldGenerationSizeMb: 2_048 } }
  const worker = new Worker(new URL('./watched.ts', import.meta.url), options)
  let written = ''
  const keep = (chunk: unknown) => {
    written += String(chunk)
  }
  for (const stream of [worker.stdout, worker.stderr]) stream.on('data', keep)
  let [begun, lastNumber, lastChange, cpuBefore] = [performance.now(), 0, performance.now(), process.cpuUsage()]
  return new Promise((resolve) => {
    const done = (ran: Ran) => {
      clearInterval(watch)
      void worker.terminate()
      const leak = leakIn(written)
      const told = leak === undefined ? [] : [{ number: -1, why: `on the console: ${leak}`, input: written }]
      resolve({ ...ran, wrong: [...ran.wrong, ...told], seconds: (performance.now() - begun) / 1_000 })
    }
    const failed = (why: string) => {
      const number = Math.max(0, lastNumber - 1)
      done({ cases: number - from, slowestMs: HANGS_AFTER_MS, wrong: [{ number, why, input: undefined }] })
    }
    const watch = setInterval(() => {
      const number = Atomics.load(new Int32Array(at), 0)
      const { user, system } = process.cpuUsage(cpuBefore)
      if (number !== lastNumber) [lastChange, cpuBefore] = [performance.now(), process.cpuUsage()]
      else if (number > 0 && (user + system) / 1_000 > HANGS_AFTER_MS) failed('does not end')
      else if (number > 0 && performance.now() - lastChange > WAITS_AT_MOST_MS) failed('waits for ever')
      lastNumber = number
    }, LOOK_EVERY_MS)
    worker.on('message', (message: { ready?: true; ran?: Ran }) => {
      if (message.ready) begun = performance.now()
      if (message.ran) done(message.ran)
    })
    worker.on('error', (cause) => {
      lastNumber = Atomics.load(new Int32Array(at), 0)
      failed(`ended the process: ${String(cause)}`)
    })
  })
}

const text = (_key: string, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value)

/** @returns where the input of a finding was saved. */
function saved(folder: string, target: string, { number, input }: Ran['wrong'][number]): string {
  const raw = input instanceof Uint8Array || typeof input === 'string'
  const path = join(folder, `${target}-${number}.${raw ? 'bin' : 'json'}`)
  writeFileSync(path, raw ? input : (JSON.stringify(input, text, 2) ?? 'made anew from seed and number'), {
    mode: 0o600,
  })
  return path
}

say(
  `seed ${seed}; ${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, Node ${process.version}`,
)
let [all, seconds, findings] = [0, 0, 0]
let folder: string | undefined
for (const target of chosen) {
  const outcome = await run(target, casesOf(target))
  all += outcome.cases
  seconds += outcome.seconds
  const rate = Math.round(outcome.cases / outcome.seconds)
  say(
    `${target.name.padEnd(16)} ${String(outcome.cases).padStart(8)} cases ${outcome.seconds.toFixed(1).padStart(7)} s ` +
      `${String(rate).padStart(7)}/s  slowest ${outcome.slowestMs.toFixed(0)} ms  findings ${outcome.wrong.length}`,
  )
  for (const wrong of outcome.wrong) {
    findings += 1
    folder ??= mkdtempSync(join(tmpdir(), 'taoforge-fuzz-'))
    say(`  ${wrong.why.split('\n').slice(0, 4).join('\n    ')}`)
    say(`  again: npm run fuzz -- --target ${target.name} --seed ${seed} --from ${wrong.number} --cases 1`)
    say(`  input: ${saved(folder, target.name, wrong)}`)
  }
}
say(
  `${all} cases in ${seconds.toFixed(0)} s, ${Math.round(all / seconds)}/s; limit ${LONGEST_CASE_MS} ms; findings ${findings}`,
)
process.exit(findings === 0 ? 0 : 1)
