import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const packageFolder = fileURLToPath(new URL('../../../node_modules/electron/', import.meta.url))

export interface ElectronFiles {
  /** Folder with Electron's program and libraries. */
  readonly dist: string
  readonly executable: string
}

/**
 * Electron's program, if its files are here. The npm package brings only a way to fetch them, and merely requiring it
 * would start that download; so this looks at the disk and nothing else.
 */
export function electronFiles(env: NodeJS.ProcessEnv = process.env, folder = packageFolder): ElectronFiles | undefined {
  const dist = env['ELECTRON_OVERRIDE_DIST_PATH'] || join(folder, 'dist')
  const pathFile = join(folder, 'path.txt')
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : executableName(process.platform)
  const executable = join(dist, name)
  return existsSync(executable) ? { dist, executable } : undefined
}

/** @source electron `install.js`: getPlatformPath */
export function executableName(platform: NodeJS.Platform): string {
  if (platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron'
  return platform === 'win32' ? 'electron.exe' : 'electron'
}

/** The package's own download script. */
export const fetchScript = (folder = packageFolder): string => join(folder, 'install.js')
