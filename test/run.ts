// `npm test`: unit, integration and browser tests. Extra arguments go to vitest. With `--long` the walks and scans that
// take a minute or more each, instead.
import { spawnSync } from 'node:child_process'
import { runSteps } from './steps.ts'
import { buildPrograms } from './support/build-programs.ts'
import { findChromium } from './support/chromium.ts'

/** Browser tests need a system Chromium; Debian's package is installed where we may. */
function ensureChromium(): void {
  if (findChromium()) return
  const isRoot = process.getuid?.() === 0
  if (isRoot && spawnSync('apt-get', ['--version']).status === 0) {
    process.stdout.write('No Chromium found: installing the package "chromium".\n')
    spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit' })
    spawnSync('apt-get', ['install', '-y', '-qq', 'chromium'], {
      stdio: 'inherit',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
  }
  if (findChromium()) return
  process.stderr.write(
    'The browser tests need Chromium or Chrome. Install it (Debian and Ubuntu: apt-get install chromium), or set CHROMIUM to its path.\n',
  )
  process.exit(1)
}

const long = process.argv[2] === '--long'
const extra = process.argv.slice(long ? 3 : 2)
if (long) process.env['TAOFORGE_TESTS'] = 'long'
else process.stdout.write('Left to `npm run test:long`: the files named *.long.test.ts.\n')
if (extra.length === 0) ensureChromium()
await buildPrograms()
process.env['TAOFORGE_PROGRAMS'] = 'bundled'
await runSteps([
  { name: 'pages', command: ['vite', 'build', '--logLevel', 'error'] },
  { name: 'tests', command: ['vitest', 'run', ...extra] },
])
