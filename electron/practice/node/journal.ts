import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { BuiltBlock, Chain, Snapshot } from './chain.ts'
import { RecordFile, readRecords } from './record-file.ts'

/** What makes one practice network another one. */
export interface Identity {
  readonly seed: number
  readonly specVersion: number
  readonly genesis: string
  /** Block time that block 0 was made for; a later run may use another one. */
  readonly blockMs: number
}

/** Why a folder cannot be used; the text is for a person. */
export class JournalError extends Error {
  readonly code: 'other-network' | 'broken'
  constructor(code: JournalError['code'], message: string) {
    super(message)
    this.name = 'JournalError'
    this.code = code
  }
}

const FORMAT = 1
/** Blocks per file. Two files are kept, so at least this many blocks of history survive a restart. */
const SEGMENT_BLOCKS = 2_400
const NAME = /^blocks-(\d{10})\.journal$/

interface SegmentHead {
  readonly format: number
  readonly identity: Identity
  readonly snapshot: Snapshot
}

interface Segment {
  readonly path: string
  readonly head: SegmentHead
  readonly blocks: readonly BuiltBlock[]
  readonly goodBytes: number
}

export interface Restored {
  readonly snapshot: Snapshot
  readonly blocks: readonly BuiltBlock[]
}

const pathOf = (folder: string, number: number): string =>
  join(folder, `blocks-${String(number).padStart(10, '0')}.journal`)

function segmentPaths(folder: string): readonly string[] {
  const names = readdirSync(folder).filter((name) => NAME.test(name))
  return names.sort().map((name) => join(folder, name))
}

function readSegment(path: string): Segment | undefined {
  const { values, goodBytes } = readRecords(path)
  const [head, ...blocks] = values
  if (typeof head !== 'object' || head === null || !('format' in head)) return undefined
  // The checksum proved that we wrote these records; only the format's number can differ.
  const segmentHead = head as SegmentHead
  if (segmentHead.format !== FORMAT) throw new JournalError('broken', `the folder is of format ${segmentHead.format}`)
  return { path, head: segmentHead, blocks: blocks as BuiltBlock[], goodBytes }
}

const endOf = (segment: Segment): number => segment.head.snapshot.block.header.number + segment.blocks.length

/** The chain on disk: files of blocks with their state changes, each beginning with a whole state. */
export class Journal {
  readonly #folder: string
  readonly #identity: Identity
  #file: RecordFile
  #segmentStart: number

  private constructor(folder: string, identity: Identity, open: { file: RecordFile; start: number }) {
    this.#folder = folder
    this.#identity = identity
    this.#file = open.file
    this.#segmentStart = open.start
  }

  /** @returns whose chain a folder holds; `undefined` for an empty or new one. Throws JournalError. */
  static identityOf(folder: string): Identity | undefined {
    mkdirSync(folder, { recursive: true })
    const newest = segmentPaths(folder).at(-1)
    if (newest === undefined) return undefined
    const segment = readSegment(newest)
    if (!segment) throw new JournalError('broken', `${newest} holds no readable state`)
    return segment.head.identity
  }

  static create(folder: string, identity: Identity, snapshot: Snapshot): Journal {
    mkdirSync(folder, { recursive: true })
    const start = snapshot.block.header.number
    const head: SegmentHead = { format: FORMAT, identity, snapshot }
    return new Journal(folder, identity, { file: RecordFile.create(pathOf(folder, start), head), start })
  }

  /** Reads what a folder holds and goes on after its last whole block. Throws JournalError. */
  static open(folder: string, identity: Identity): { journal: Journal; restored: Restored } {
    const paths = segmentPaths(folder)
    const newest = readSegment(paths.at(-1) ?? '')
    if (!newest) throw new JournalError('broken', `${folder} holds no readable state`)
    const start = newest.head.snapshot.block.header.number
    const earlier = paths.length > 1 ? readSegment(paths.at(-2) ?? '') : undefined
    const file = RecordFile.open(newest.path, newest.goodBytes)
    const journal = new Journal(folder, identity, { file, start })
    if (!earlier || endOf(earlier) !== start) return { journal, restored: restoredFrom(newest) }
    const blocks = [...earlier.blocks, ...newest.blocks]
    return { journal, restored: { snapshot: earlier.head.snapshot, blocks } }
  }

  /** Call before the block becomes the chain's best one. Throws the file system's error. */
  append(built: BuiltBlock, chain: Chain): void {
    if (built.block.header.number - this.#segmentStart > SEGMENT_BLOCKS) this.#rotate(chain)
    this.#file.append(built)
  }

  #rotate(chain: Chain): void {
    const snapshot = chain.snapshot()
    const start = snapshot.block.header.number
    const head: SegmentHead = { format: FORMAT, identity: this.#identity, snapshot }
    const next = RecordFile.create(pathOf(this.#folder, start), head)
    this.#file.close()
    this.#file = next
    this.#segmentStart = start
    for (const path of segmentPaths(this.#folder).slice(0, -2)) rmSync(path, { force: true })
  }

  close(): void {
    this.#file.sync()
    this.#file.close()
  }
}

const restoredFrom = (segment: Segment): Restored => ({ snapshot: segment.head.snapshot, blocks: segment.blocks })
