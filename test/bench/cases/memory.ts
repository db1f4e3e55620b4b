import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const REST_HOST = fileURLToPath(new URL('../rest-host.ts', import.meta.url))
const REST_MS = 10_000
const KIB_PER_MIB = 1024

/** Proportional set size: shared pages are counted once over all processes. Linux only. */
function pssMib(pid: number): number {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
  return Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1]) / KIB_PER_MIB
}

/**
 * MiB of a host and its workers, ten seconds after they came to rest. The practice chain is not counted: it stands for a
 * node somewhere else.
 */
export async function restingMemory(connected: boolean): Promise<number> {
  if (process.platform !== 'linux') throw new Error('memory is read from /proc, which needs Linux')
  const folder = mkdtempSync(join(tmpdir(), 'taoforge-bench-'))
  const host = spawn(process.execPath, [REST_HOST, folder, ...(connected ? ['connected'] : [])], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = new Promise((resolve) => host.once('exit', resolve))
  try {
    const line = await new Promise<string>((resolve, reject) => {
      createInterface({ input: host.stdout }).once('line', resolve)
      host.once('exit', () => reject(new Error('the host ended')))
    })
    const pids = JSON.parse(line) as Record<string, number>
    await new Promise((resolve) => setTimeout(resolve, REST_MS))
    return Object.entries(pids).reduce((sum, [name, pid]) => (name === 'practice' ? sum : sum + pssMib(pid)), 0)
  } finally {
    host.stdin.end()
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
}
