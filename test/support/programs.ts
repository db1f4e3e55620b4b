import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** What tests start as processes, by the path of its source. */
export const PROGRAMS: readonly string[] = [
  'electron/headless/main.ts',
  'electron/cli/main.ts',
  'electron/practice/main.ts',
  'electron/keys/worker/main.ts',
  'electron/llm/worker/main.ts',
  'electron/axon/worker/main.ts',
]
/** Inside of the checkout: a worker may read its own code and nothing else. */
export const programsFolder: string = join(root, 'node_modules', '.cache', 'taoforge-programs')

/**
 * `npm test` bundles the programs once, since Node spends most of the start of a process on finding and reading hundreds
 * of modules, and there are hundreds of starts. A single test file, run by itself, starts the sources.
 */
const areBundled = process.env['TAOFORGE_PROGRAMS'] === 'bundled'

const bundleOf = (entry: string): string => join(programsFolder, entry.replace(/\.ts$/, '.js'))

/** The source of a program, as the README starts it. */
export const sourcePath = (entry: string): string => join(root, entry)
/** The file to start for a program. */
export const programPath = (entry: string): string => (areBundled ? bundleOf(entry) : sourcePath(entry))

/** Lets the code that starts workers start their bundles. @throws when it names none: then this has to be looked at. */
export function startingBundles(code: string): string {
  const changed = code.replaceAll(/'(electron\/[\w/]+\/main\.ts)'/g, (_, entry: string) => {
    if (!PROGRAMS.includes(entry)) throw new Error(`${entry} is not bundled for tests`)
    return `'${pathToFileURL(bundleOf(entry)).href}'`
  })
  if (changed === code) throw new Error('no worker is named here')
  return changed
}
export const startsWorkers: RegExp = /electron[\\/]system[\\/]node-spawn\.ts$/

/** For vitest: the same in the process of a test. */
export const startBundles = {
  name: 'taoforge-programs',
  // Before the types are taken out: the code is then as it was written.
  enforce: 'pre' as const,
  transform: (code: string, id: string): string | undefined =>
    areBundled && startsWorkers.test(id) ? startingBundles(code) : undefined,
}
