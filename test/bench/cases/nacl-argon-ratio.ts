import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { deriveKey } from '../../../electron/keys/worker/nacl-keyfile.ts'
import type { BenchCase } from '../case.ts'

/** Runs of each, in turn; the quickest of each counts, which is the one that other programs disturbed least. */
const ROUNDS = 5
const SCRIPT = fileURLToPath(new URL('../libsodium.py', import.meta.url))

/** Unit of both: ms of processor time, as the work is on one thread and the clock also counts other programs. */
interface Run {
  readonly ms: number
  readonly key: string
}

async function ours(): Promise<Run> {
  const before = process.cpuUsage()
  const key = await deriveKey(new TextEncoder().encode('testpassword'))
  if (!key.ok) throw new Error(key.error.code)
  const { user, system } = process.cpuUsage(before)
  return { ms: (user + system) / 1000, key: Buffer.from(key.value).toString('hex') }
}

interface Sodium {
  readonly child: ChildProcess
  run(): Promise<Run>
}

async function startSodium(): Promise<Sodium> {
  const child = spawn('python3', [SCRIPT], { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const { done } = await lines.next()
  if (done) throw new Error('this needs Python and libsodium')
  return {
    child,
    async run() {
      child.stdin.write('go\n')
      const line = await lines.next()
      if (line.done) throw new Error('libsodium ended')
      const [ms = '', key = ''] = line.value.split(' ')
      return { ms: Number(ms), key }
    },
  }
}

/** Opening a `$NACL` file: our Argon2i over libsodium's, at the cost that btwallet sets. */
export const naclArgonRatio: BenchCase = {
  name: 'nacl-argon-ratio',
  unit: 'ratio',
  target: 1.2,
  better: 'lower',
  async run() {
    const sodium = await startSodium()
    try {
      let [ourMs, sodiumMs] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
      for (let round = 0; round < ROUNDS; round += 1) {
        const [there, here] = [await sodium.run(), await ours()]
        if (there.key !== here.key) throw new Error('the keys differ')
        ourMs = Math.min(ourMs, here.ms)
        sodiumMs = Math.min(sodiumMs, there.ms)
      }
      return ourMs / sodiumMs
    } finally {
      sodium.child.kill()
    }
  },
}
