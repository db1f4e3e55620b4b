import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type BuildOptions, build } from 'esbuild'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const mainFolderOf = (appFolder: string): string => join(appFolder, 'out', 'main')

/** Entry of each worker; the names are those of the spawn port. */
const WORKERS: Readonly<Record<string, string>> = {
  keys: 'electron/keys/worker/main.ts',
  llm: 'electron/llm/worker/main.ts',
  axon: 'electron/axon/worker/main.ts',
  practice: 'electron/practice/main.ts',
  adapter: 'electron/mining/third-party/main.ts',
  ledger: 'electron/storage/export-worker/main.ts',
}

/** Stay in `node_modules`: native addons, WebAssembly that is read from a file, and Electron itself. */
const EXTERNAL = ['electron', 'better-sqlite3', 'node-llama-cpp', '@node-rs/argon2', '@polkadot-labs/schnorrkel-wasm']

/** Some packages inside the bundle are CommonJS and call `require` for Node's own modules. */
const REQUIRE =
  "import { createRequire as bundleRequire } from 'node:module'; const require = bundleRequire(import.meta.url);"

const common: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node24',
  external: EXTERNAL,
  sourcemap: 'linked',
  // Stack traces and the class names in them stay readable; size matters little on a local disk.
  minify: false,
  logLevel: 'error',
}

const esm: BuildOptions = { ...common, format: 'esm', banner: { js: REQUIRE } }

/** Bundles main, preload and workers to `out/main` of `appFolder`. @throws when a source does not compile. */
export async function buildMain(appFolder: string = root): Promise<void> {
  const mainFolder = mainFolderOf(appFolder)
  const workers = Object.fromEntries(Object.entries(WORKERS).filter(([, entry]) => existsSync(join(root, entry))))
  await Promise.all([
    build({ ...esm, entryPoints: ['electron/shell/main.ts'], outfile: join(mainFolder, 'main.js') }),
    build({ ...esm, entryPoints: workers, outdir: join(mainFolder, 'workers') }),
    // A sandboxed preload script may only be CommonJS.
    build({
      ...common,
      format: 'cjs',
      entryPoints: ['electron/shell/preload.ts'],
      outfile: join(mainFolder, 'preload.cjs'),
    }),
  ])
}

const newestIn = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|json)$/.test(entry.name) && !entry.name.endsWith('.test.ts'))
    .reduce((latest, entry) => Math.max(latest, statSync(join(entry.parentPath, entry.name)).mtimeMs), 0)

/** Whether `out/main` is younger than every source. */
export function isMainBuilt(): boolean {
  const built = ['main.js', 'preload.cjs', 'workers/keys.js'].map((name) => join(mainFolderOf(root), name))
  if (!built.every((path) => existsSync(path))) return false
  const oldest = Math.min(...built.map((path) => statSync(path).mtimeMs))
  return oldest > Math.max(newestIn(join(root, 'electron')), newestIn(join(root, 'shared')))
}
