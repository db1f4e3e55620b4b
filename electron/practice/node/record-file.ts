import {
  closeSync,
  existsSync,
  fdatasyncSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { blake2b } from '@noble/hashes/blake2.js'

/** Record = length u32 LE, 16 bytes of BLAKE2b of the payload, payload. */
const HEAD_BYTES = 20

function frame(value: unknown): Buffer {
  const payload = serialize(value)
  const head = Buffer.alloc(HEAD_BYTES)
  head.writeUInt32LE(payload.length)
  head.set(blake2b(payload, { dkLen: 16 }), 4)
  return Buffer.concat([head, payload])
}

export interface Records {
  readonly values: readonly unknown[]
  /** Bytes up to the end of the last whole record. */
  readonly goodBytes: number
  /** Bytes after it: what a killed process or a full disk left behind. */
  readonly tornBytes: number
}

/** Reads all whole records; stops at the first one that is cut off or damaged. */
export function readRecords(path: string): Records {
  const bytes = readFileSync(path)
  const values: unknown[] = []
  let at = 0
  while (at + HEAD_BYTES <= bytes.length) {
    const end = at + HEAD_BYTES + bytes.readUInt32LE(at)
    if (end > bytes.length) break
    const payload = bytes.subarray(at + HEAD_BYTES, end)
    const digest = Buffer.from(blake2b(payload, { dkLen: 16 }))
    if (!digest.equals(bytes.subarray(at + 4, at + HEAD_BYTES))) break
    values.push(deserialize(payload))
    at = end
  }
  return { values, goodBytes: at, tornBytes: bytes.length - at }
}

/** A file that only grows. An append is whole or, after a failure, not there. */
export class RecordFile {
  readonly #fd: number
  #length: number

  private constructor(fd: number, length: number) {
    this.#fd = fd
    this.#length = length
  }

  /** Makes a file whose first record is complete before the file has its name. */
  static create(path: string, first: unknown): RecordFile {
    const partial = `${path}.partial`
    const bytes = frame(first)
    const fd = openSync(partial, 'w')
    writeAll(fd, bytes, 0)
    fsyncSync(fd)
    // Windows refuses to rename an open file.
    closeSync(fd)
    renameSync(partial, path)
    syncFolder(dirname(path))
    return RecordFile.open(path, bytes.length)
  }

  /** Goes on after the last whole record; what is torn is cut off. */
  static open(path: string, goodBytes: number): RecordFile {
    const fd = openSync(path, 'r+')
    ftruncateSync(fd, goodBytes)
    return new RecordFile(fd, goodBytes)
  }

  append(value: unknown): void {
    const bytes = frame(value)
    try {
      writeAll(this.#fd, bytes, this.#length)
    } catch (error) {
      ftruncateSync(this.#fd, this.#length)
      throw error
    }
    this.#length += bytes.length
  }

  /** Waits until the disk has it: a power cut then loses nothing. A killed process never does. */
  sync(): void {
    fdatasyncSync(this.#fd)
  }

  close(): void {
    closeSync(this.#fd)
  }
}

function writeAll(fd: number, bytes: Buffer, position: number): void {
  let done = 0
  while (done < bytes.length) done += writeSync(fd, bytes, done, bytes.length - done, position + done)
}

/** So that the new name survives a power cut; Windows has no such call and needs none. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32' || !existsSync(folder)) return
  const fd = openSync(folder, 'r')
  fsyncSync(fd)
  closeSync(fd)
}
