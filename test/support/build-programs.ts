import { readFile, rm } from 'node:fs/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build, type Plugin } from 'esbuild'
import { PROGRAMS, programsFolder, startingBundles, startsWorkers } from './programs.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** Every module keeps believing that it lies where its source lies: it finds the pages, the resources and add-ons from there. */
const asInSource: Plugin = {
  name: 'as-in-source',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]electron[\\/].*\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8')
      const placed = text.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href))
      return { loader: 'ts', contents: startsWorkers.test(path) ? startingBundles(placed) : placed }
    })
  },
}

/** Bundles what tests start as processes, some seconds. @throws when a source does not compile. */
export async function buildPrograms(): Promise<void> {
  await rm(programsFolder, { recursive: true, force: true })
  await build({
    absWorkingDir: root,
    entryPoints: [...PROGRAMS],
    outbase: root,
    outdir: programsFolder,
    bundle: true,
    // What programs share is written once, and what is imported late stays out until then.
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    // Native add-ons, and WebAssembly that is read from a file.
    external: ['better-sqlite3', 'node-llama-cpp', '@node-rs/argon2', '@polkadot-labs/schnorrkel-wasm'],
    banner: {
      js: "import { createRequire as bundleRequire } from 'node:module'; const require = bundleRequire(import.meta.url);",
    },
    plugins: [asInSource],
    logLevel: 'error',
  })
}
