import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** A folder of its own for each version: two are named `bittensor`. Kept between runs and out of git, some 60 MB each. */
interface Place {
  readonly folder: string
  readonly name: string
  readonly major: number
  readonly beside?: string
}
const PLACES = {
  sdk: { folder: 'interop-venv', name: 'bittensor', major: 11 },
  dendrite: { folder: 'interop-venv-10', name: 'bittensor', major: 10 },
  fiber: { folder: 'interop-venv-fiber', name: 'cryptography', major: 46, beside: 'bittensor-wallet==4.*' },
} as const
const venvOf = ({ folder }: Place): string => fileURLToPath(new URL(`../../.cache/${folder}`, import.meta.url))
const binOf = (place: Place): string => `${venvOf(place)}/${process.platform === 'win32' ? 'Scripts' : 'bin'}`
const INSTALL_MS = 300_000

export type Python =
  | { readonly found: true; readonly python: string; readonly btcli: string; readonly version: string }
  | { readonly found: false; readonly reason: string }

function run(file: string, args: readonly string[], timeout = 60_000): { ok: boolean; text: string } {
  const { status, stdout, stderr, error } = spawnSync(file, args, { encoding: 'utf8', timeout })
  return { ok: status === 0, text: error ? error.message : status === 0 ? stdout.trim() : stderr.trim() }
}

/** A Python that can run SDK 11: 3.10 or newer. */
function interpreter(): string | undefined {
  const newEnough = 'import sys; sys.exit(0 if sys.version_info >= (3, 10) else 1)'
  const names = ['python3.13', 'python3.12', 'python3.11', 'python3.10', 'python3', 'python']
  return names.find((name) => run(name, ['-c', newEnough]).ok)
}

function installed(place: Place): string | undefined {
  // SDK 10 says the same in its metadata, and takes seconds to import.
  const ask = `import importlib.metadata; print(importlib.metadata.version("${place.name}"))`
  const { ok, text } = run(`${binOf(place)}/python`, ['-c', ask])
  return ok && text.startsWith(`${place.major}.`) ? text : undefined
}

function tools(place: Place): Python {
  const bin = binOf(place)
  const ready = (version: string): Python => ({ found: true, python: `${bin}/python`, btcli: `${bin}/btcli`, version })
  const before = existsSync(venvOf(place)) ? installed(place) : undefined
  if (before) return ready(before)
  const python = interpreter()
  if (!python) return { found: false, reason: 'no Python 3.10 or newer' }
  const venv = run(python, ['-m', 'venv', venvOf(place)], INSTALL_MS)
  if (!venv.ok) return { found: false, reason: `python -m venv failed: ${venv.text.slice(-200)}` }
  const wanted = [`${place.name}==${place.major}.*`, ...(place.beside ? [place.beside] : [])]
  const pip = run(`${bin}/python`, ['-m', 'pip', 'install', '--quiet', ...wanted], INSTALL_MS)
  const version = installed(place)
  if (!version) return { found: false, reason: `pip install ${wanted.join(' ')} failed: ${pip.text.slice(-200)}` }
  return ready(version)
}

/** The official SDK and `btcli` in a folder of their own; installed on the first run. */
export const officialTools = (): Python => tools(PLACES.sdk)

/** The library that Fiber's own code seals and opens with, and the wallet's that signs its handshakes. */
export const fiberTools = (): Python => tools(PLACES.fiber)

/** SDK 10, the last one with axon and dendrite, in another. */
export const officialDendrite = (): Python => tools(PLACES.dendrite)
