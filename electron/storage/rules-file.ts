import { constants, copyFileSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { goFile } from './go-file.ts'
import { storageFailure } from './open-database.ts'
import type { RulesFilePort } from './rules-file.port.ts'

const isMissing = (cause: unknown): boolean => (cause as NodeJS.ErrnoException).code === 'ENOENT'

/** Written as the way to mining is; what cannot be understood is copied beside it, and never overwritten. */
export function rulesFile(path: string): RulesFilePort {
  const folder = dirname(path)
  const mark = `${basename(path)}.unreadable`
  const names = (): readonly string[] => {
    try {
      return readdirSync(folder)
        .filter((name) => name.startsWith(mark))
        .toSorted()
    } catch (cause) {
      if (isMissing(cause)) return []
      throw storageFailure(folder, cause)
    }
  }
  return {
    ...goFile(path),
    read() {
      try {
        return readFileSync(path, 'utf8')
      } catch (cause) {
        if (isMissing(cause)) return undefined
        // Taken as nothing it would be replaced with the next rule.
        throw storageFailure(path, cause)
      }
    },
    keepAside() {
      const taken = new Set(names())
      let name = mark
      for (let number = 2; taken.has(name); number++) name = `${mark}-${number}`
      try {
        copyFileSync(path, join(folder, name), constants.COPYFILE_EXCL)
      } catch (cause) {
        throw storageFailure(path, cause)
      }
    },
    aside: () => names().map((name) => join(folder, name)),
  }
}
