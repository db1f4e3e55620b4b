import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Makes a folder and those above it. Not by Node's own `recursive`: that never comes back where a file system answers "no such
 * folder" for a child of a folder that is there, as `/proc` does.
 * @throws what the system says
 */
export function makeFolder(path: string): void {
  const missing: string[] = []
  for (let at = path; !made(at); at = dirname(at)) missing.push(at)
  for (const folder of missing.reverse()) mkdirSync(folder, { mode: 0o700 })
}

/** @returns false where a folder above is missing. @throws everything else */
function made(path: string): boolean {
  try {
    mkdirSync(path, { mode: 0o700 })
    return true
  } catch (cause) {
    const { code } = cause as { code?: string }
    if (code === 'EEXIST') return true
    if (code === 'ENOENT') return false
    throw cause
  }
}
