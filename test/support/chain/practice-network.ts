import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { programPath } from '../programs.ts'

export interface PracticeNetwork {
  readonly ws: string
  readonly genesis: string
  stop(): Promise<void>
}

const MAIN = programPath('electron/practice/main.ts')

/** Starts the real practice network in its own process, on a free port. For tests and benchmarks. */
export async function startPractice(options: readonly string[] = ['--block-ms', '120']): Promise<PracticeNetwork> {
  const child = spawn(process.execPath, [MAIN, '--port', '0', ...options], { stdio: ['ignore', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })
  const line = await Promise.race([
    once(lines, 'line').then(([text]) => String(text)),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`the practice network ended with ${String(code)}`))),
  ])
  const ready: { ws?: string; genesis?: string; error?: unknown } = JSON.parse(line)
  if (!ready.ws || !ready.genesis) throw new Error(`the practice network did not start: ${line}`)
  return {
    ws: ready.ws,
    genesis: ready.genesis,
    stop: async () => {
      if (child.exitCode !== null) return
      const gone = once(child, 'exit')
      child.kill('SIGTERM')
      await gone
    },
  }
}
