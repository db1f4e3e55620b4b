import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { BenchCase } from '../case.ts'

/** Runs of each, in turn; the quickest of each counts, which is the one that other programs disturbed least. */
const ROUNDS = 5
const SODIUM = ['python3', fileURLToPath(new URL('../libsodium.py', import.meta.url))] as const
const OURS = [process.execPath, fileURLToPath(new URL('../our-argon.ts', import.meta.url))] as const

/** Unit of both: ms of processor time, as the work is on one thread and the clock also counts other programs. */
interface Run {
  readonly ms: number
  readonly key: string
}

interface Timed {
  readonly child: ChildProcess
  run(): Promise<Run>
}

/** A program that derives the key at each line it is given, and answers with the time it took and the key. */
function start([program, script]: readonly [string, string]): Timed {
  const child = spawn(program, [script], { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async (): Promise<string> => {
    const line = await lines.next()
    if (line.done) throw new Error(`${script} ended; this needs Python and libsodium`)
    return line.value
  }
  const ready = next()
  return {
    child,
    async run() {
      await ready
      child.stdin.write('go\n')
      const [ms = '', key = ''] = (await next()).split(' ')
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
    const sodium = start(SODIUM)
    const ours = start(OURS)
    try {
      let [ourMs, sodiumMs] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
      for (let round = 0; round < ROUNDS; round += 1) {
        const [there, here] = [await sodium.run(), await ours.run()]
        if (there.key !== here.key) throw new Error('the keys differ')
        ourMs = Math.min(ourMs, here.ms)
        sodiumMs = Math.min(sodiumMs, there.ms)
      }
      return ourMs / sodiumMs
    } finally {
      sodium.child.kill()
      ours.child.kill()
    }
  },
}
