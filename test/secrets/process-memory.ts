import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { foundIn, type Trace } from './traces.ts'

const CHUNK = 8 * 1024 * 1024
/** Longer than any trace, so that one that lies across two chunks is found. */
const OVERLAP = 1_024

interface Region {
  readonly from: number
  readonly to: number
}

/** Memory that the process can write: its heap, its stacks, whatever it allocated. Program text holds no secrets. */
function regionsOf(pid: number): readonly Region[] {
  return readFileSync(`/proc/${pid}/maps`, 'latin1')
    .split('\n')
    .flatMap((line) => {
      const match = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line)
      const [from, to] = [Number.parseInt(match?.[1] ?? '', 16), Number.parseInt(match?.[2] ?? '', 16)]
      return Number.isSafeInteger(from) && Number.isSafeInteger(to) ? [{ from, to }] : []
    })
}

/**
 * Reads all writable memory of a running process, freed memory included.
 * @returns names of what was found, and how much was read; `undefined` where the system does not allow it
 */
export function foundInMemory(
  pid: number,
  traces: readonly Trace[],
): { readonly found: readonly string[]; readonly bytes: number } | undefined {
  let file: number
  try {
    file = openSync(`/proc/${pid}/mem`, 'r')
  } catch {
    return undefined
  }
  const found = new Set<string>()
  const buffer = Buffer.alloc(CHUNK + OVERLAP)
  let bytes = 0
  try {
    for (const { from, to } of regionsOf(pid)) {
      for (let at = from; at < to; at += CHUNK) {
        const length = readable(file, buffer, { at, length: Math.min(CHUNK + OVERLAP, to - at) })
        bytes += Math.min(length, CHUNK)
        for (const name of foundIn(buffer.subarray(0, length), traces)) found.add(name)
      }
    }
  } finally {
    closeSync(file)
  }
  return { found: [...found], bytes }
}

/** Guard pages and the like cannot be read; they hold nothing. */
function readable(file: number, buffer: Buffer, { at, length }: { at: number; length: number }): number {
  try {
    return readSync(file, buffer, 0, length, at)
  } catch {
    return 0
  }
}
