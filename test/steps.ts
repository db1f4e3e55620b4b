import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

export interface Step {
  readonly name: string
  readonly command: readonly [string, ...string[]]
}

/** Runs a tool of this checkout; its output goes through. @returns its exit code. */
function run([command, ...args]: Step['command']): Promise<number> {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit', env: process.env })
  return new Promise((resolve) => {
    child.on('error', () => resolve(127))
    child.on('close', (code) => resolve(code ?? 1))
  })
}

/** One step after the other; ends the process at the first that fails. */
export async function runSteps(steps: readonly Step[]): Promise<void> {
  for (const { name, command } of steps) {
    const began = Date.now()
    process.stdout.write(`\n▸ ${name}\n`)
    const code = await run(command)
    process.stdout.write(
      `  ${name}: ${code === 0 ? 'good' : `failed (${code})`}, ${((Date.now() - began) / 1000).toFixed(1)} s\n`,
    )
    if (code !== 0) process.exit(1)
  }
}
