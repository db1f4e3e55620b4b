import { writeSync } from 'node:fs'

/** Between two tries to write into a pipe that is full, ms. */
const RETRY_MS = 5
const clock = new Int32Array(new SharedArrayBuffer(4))

/**
 * Writes all of a text before it returns. A pipe takes 64 KiB at once, and what `process.stdout` still holds is lost where the process
 * ends on purpose: whoever reads slowly would get half an answer that says it went well.
 */
export function writeAll(fd: 1 | 2, text: string): void {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(fd, bytes, at)
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException
      // Whoever read has gone: nobody is left to tell.
      if (code === 'EPIPE') return
      if (code !== 'EAGAIN') throw cause
      Atomics.wait(clock, 0, 0, RETRY_MS)
    }
  }
}
