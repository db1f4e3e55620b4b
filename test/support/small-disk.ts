import { execFileSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface SmallDisk {
  readonly folder: string
  /** Takes every byte that is left. */
  fill(): void
  /** Gives them back. */
  empty(): void
  remove(): void
}

/**
 * A file system of its own that a test can fill to the last byte. `undefined`, after saying why on stderr, where this
 * user may not mount one.
 */
export function smallDisk(mebibytes: number): SmallDisk | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'taoforge-small-'))
  try {
    const options = `size=${mebibytes}m,mode=700`
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: ['ignore', 'ignore', 'pipe'] })
  } catch (problem) {
    rmSync(folder, { recursive: true, force: true })
    const reason = problem instanceof Error ? problem.message.split('\n')[0] : String(problem)
    process.stderr.write(
      `\n*** SKIPPED: tests with a full disk. A small file system could not be mounted: ${reason}\n\n`,
    )
    return undefined
  }
  const filler = join(folder, 'filler')
  return {
    folder,
    fill() {
      const file = openSync(filler, 'a')
      for (const size of [1_048_576, 4_096, 1]) {
        const block = Buffer.alloc(size)
        try {
          for (;;) writeSync(file, block)
        } catch (problem) {
          if ((problem as { code?: string }).code !== 'ENOSPC') throw problem
        }
      }
      closeSync(file)
    },
    empty: () => rmSync(filler, { force: true }),
    remove() {
      execFileSync('umount', [folder])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
