import { spawn } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
export const rendererFolder = join(root, 'out', 'renderer')

const newest = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((latest, entry) => Math.max(latest, statSync(join(entry.parentPath, entry.name)).mtimeMs), 0)

/** True when the built pages are there and no source is younger. An installed app has no sources and is always built. */
function isBuilt(): boolean {
  const page = join(rendererFolder, 'index.html')
  if (!existsSync(page)) return false
  if (!existsSync(join(root, 'renderer'))) return true
  return statSync(page).mtimeMs > Math.max(newest(join(root, 'renderer')), newest(join(root, 'shared')))
}

/** Builds the pages of a fresh clone, some seconds once. @throws when the build fails, with its last lines. */
export async function ensureBuilt(say: (line: string) => void): Promise<void> {
  if (isBuilt()) return
  say('Building the pages, once …')
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  const build = spawn(process.execPath, [vite, 'build', '--logLevel', 'error'], {
    cwd: root,
    // Whoever starts it (a test, say): the pages are those that people get, not React's slow ones for developers.
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [build.stdout, build.stderr]) stream.on('data', (chunk) => (output += String(chunk)))
  const code = await new Promise<number | null>((resolve) => build.on('close', resolve))
  if (code !== 0) throw new Error(`The pages could not be built: ${output.slice(-2000)}`)
}
