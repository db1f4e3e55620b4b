import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildMain } from './build-main.ts'
import { electronFiles } from './electron-files.ts'

// `npm run pack`: an unpacked app for this computer's system, in `dist/`. Installers: `npx electron-builder`.
const root = fileURLToPath(new URL('../../../', import.meta.url))

function run(script: string, args: readonly string[]): void {
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules', script), ...args], {
    cwd: root,
    stdio: 'inherit',
  })
  if (status !== 0) process.exit(status ?? 1)
}

run('vite/bin/vite.js', ['build', '--logLevel', 'warn'])
await buildMain()
const files = electronFiles()
if (!files) {
  process.stderr.write(
    'Built out/renderer and out/main, but not packed: the files of Electron are not in node_modules/electron/dist. ' +
      'Fetch them once with "npx install-electron" and run this again.\n',
  )
  process.exit(1)
}
run('electron-builder/cli.js', ['--dir', '--publish', 'never', `--config.electronDist=${files.dist}`])
process.stdout.write('Packed: see the folder dist/.\n')
