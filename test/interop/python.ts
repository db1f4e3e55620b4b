import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Kept between runs and out of git: the packages are some 60 MB. */
const VENV = fileURLToPath(new URL('../../.cache/interop-venv', import.meta.url))
const BIN = `${VENV}/${process.platform === 'win32' ? 'Scripts' : 'bin'}`
const PACKAGE = 'bittensor==11.*'
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

const installed = (): string | undefined => {
  const { ok, text } = run(`${BIN}/python`, ['-c', 'import bittensor; print(bittensor.__version__)'])
  return ok && text.startsWith('11.') ? text : undefined
}

/** The official SDK and `btcli` in a folder of their own; installed on the first run. */
export function officialTools(): Python {
  const ready = (version: string): Python => ({ found: true, python: `${BIN}/python`, btcli: `${BIN}/btcli`, version })
  const before = existsSync(VENV) ? installed() : undefined
  if (before) return ready(before)
  const python = interpreter()
  if (!python) return { found: false, reason: 'no Python 3.10 or newer' }
  const venv = run(python, ['-m', 'venv', VENV], INSTALL_MS)
  if (!venv.ok) return { found: false, reason: `python -m venv failed: ${venv.text.slice(-200)}` }
  const pip = run(`${BIN}/python`, ['-m', 'pip', 'install', '--quiet', PACKAGE], INSTALL_MS)
  const version = installed()
  if (!version) return { found: false, reason: `pip install ${PACKAGE} failed: ${pip.text.slice(-200)}` }
  return ready(version)
}
