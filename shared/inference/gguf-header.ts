/**
 * Reads the head of a GGUF file: what a model is, what memory it will need, and whether the file is whole. It reads
 * bytes of unknown origin, so every length is checked before it is believed.
 *
 * @source ggml `docs/gguf.md` (format versions 2 and 3); type sizes from `ggml.c`.
 */
export interface GgufFacts {
  readonly version: number
  readonly architecture: string
  readonly name: string | undefined
  readonly licence: string | undefined
  /** Weight format by the file's own account; undefined = not said or unknown to us. */
  readonly quant: string | undefined
  readonly hasChatTemplate: boolean
  readonly tensorCount: number
  /** Longest context the model was trained for. Unit: tokens. */
  readonly contextLength: number | undefined
  readonly layers: number | undefined
  /** Numbers kept per layer and token for keys and for values together; undefined = not derivable. */
  readonly cacheNumbersPerLayer: number | undefined
  /** Numbers in one head's key. */
  readonly headLength: number | undefined
  readonly vocabularySize: number | undefined
  readonly kind: ModelKind
  /** The file is cut off if it is shorter. Unit: bytes. */
  readonly expectedBytes: number
  /** Where the weights lie in several files: which of them this is, from 1. */
  readonly split?: { readonly part: number; readonly parts: number }
}

/** What a model makes of a text: more text, one vector, or one figure for how well two texts belong together. */
export type ModelKind = 'text' | 'embed' | 'rank'

export type GgufReading =
  | { readonly is: 'facts'; readonly facts: GgufFacts }
  /** The head is longer than the bytes given: read more and try again. */
  | { readonly is: 'more-needed' }
  | { readonly is: 'not-gguf'; readonly reason: string }

class Stop {
  readonly reading: GgufReading
  constructor(reading: GgufReading) {
    this.reading = reading
  }
}
const refuse = (reason: string): never => {
  throw new Stop({ is: 'not-gguf', reason })
}

/** Bytes of the fixed-size value types, by type number; 8 is a string, 9 an array. */
const VALUE_BYTES: readonly number[] = [1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8]
const STRING = 8
const ARRAY = 9

/** Tensor types: numbers in a block, and bytes of that block. */
const BLOCKS: Readonly<Record<number, readonly [numbers: number, bytes: number]>> = {
  0: [1, 4], // F32
  1: [1, 2], // F16
  2: [32, 18], // Q4_0
  3: [32, 20], // Q4_1
  6: [32, 22], // Q5_0
  7: [32, 24], // Q5_1
  8: [32, 34], // Q8_0
  10: [256, 84], // Q2_K
  11: [256, 110], // Q3_K
  12: [256, 144], // Q4_K
  13: [256, 176], // Q5_K
  14: [256, 210], // Q6_K
  16: [256, 66], // IQ2_XXS
  17: [256, 74], // IQ2_XS
  18: [256, 98], // IQ3_XXS
  19: [256, 50], // IQ1_S
  20: [32, 18], // IQ4_NL
  21: [256, 110], // IQ3_S
  22: [256, 82], // IQ2_S
  23: [256, 136], // IQ4_XS
  24: [1, 1], // I8
  25: [1, 2], // I16
  26: [1, 4], // I32
  27: [1, 8], // I64
  28: [1, 8], // F64
  29: [256, 56], // IQ1_M
  30: [1, 2], // BF16
}

/** `general.file_type`. @source llama.cpp `llama_ftype`. */
const FILE_TYPES: Readonly<Record<number, string>> = {
  0: 'F32',
  1: 'F16',
  2: 'Q4_0',
  3: 'Q4_1',
  7: 'Q8_0',
  8: 'Q5_0',
  9: 'Q5_1',
  10: 'Q2_K',
  11: 'Q3_K_S',
  12: 'Q3_K_M',
  13: 'Q3_K_L',
  14: 'Q4_K_S',
  15: 'Q4_K_M',
  16: 'Q5_K_S',
  17: 'Q5_K_M',
  18: 'Q6_K',
  25: 'IQ4_NL',
  30: 'IQ4_XS',
  32: 'BF16',
}

/** No real model comes near these; a file that claims more is broken or hostile. */
const MOST_TENSORS = 100_000
const MOST_KEYS = 100_000
const LONGEST_NAME = 65_535

class Cursor {
  readonly view: DataView
  at = 0
  constructor(bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }
  take(count: number): number {
    const from = this.at
    if (from + count > this.view.byteLength) throw new Stop({ is: 'more-needed' })
    this.at = from + count
    return from
  }
  u32(): number {
    return this.view.getUint32(this.take(4), true)
  }
  /** Values above 2^53 are no length or offset of a real file. */
  u64(): number {
    const value = this.view.getBigUint64(this.take(8), true)
    return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : refuse('a length in the header is absurd')
  }
  text(longest: number): string {
    const length = this.u64()
    if (length > longest) refuse('a text in the header is too long')
    const from = this.take(length)
    let escaped = ''
    for (let i = from; i < from + length; i++) escaped += `%${this.view.getUint8(i).toString(16).padStart(2, '0')}`
    try {
      return decodeURIComponent(escaped)
    } catch {
      return refuse('a text in the header is not UTF-8')
    }
  }
}

type Value = number | string | { readonly items: number } | undefined

function scalar(cursor: Cursor, type: number): Value {
  const bytes = VALUE_BYTES[type] ?? refuse(`unknown value type ${type}`)
  const from = cursor.take(bytes)
  switch (type) {
    case 0:
    case 7:
      return cursor.view.getUint8(from)
    case 2:
      return cursor.view.getUint16(from, true)
    case 4:
      return cursor.view.getUint32(from, true)
    case 5:
      return cursor.view.getInt32(from, true)
    case 10:
      return Number(cursor.view.getBigUint64(from, true))
    default:
      return undefined
  }
}

function arrayValue(cursor: Cursor, first: { found?: number }): Value {
  const type = cursor.u32()
  const items = cursor.u64()
  if (type === ARRAY) refuse('nested arrays in the header')
  if (type === STRING) {
    for (let i = 0; i < items; i++) cursor.take(cursor.u64())
  } else if (items > 0) {
    const start = cursor.at
    const one = scalar(cursor, type)
    if (typeof one === 'number') first.found = one
    cursor.at = start
    cursor.take((VALUE_BYTES[type] ?? 0) * items)
  }
  return { items }
}

/** Texts that we read; others, such as a chat template of many kilobytes, are only stepped over. */
const READ_TEXTS: ReadonlySet<string> = new Set(['general.architecture', 'general.name', 'general.license'])

function keyValues(cursor: Cursor, count: number): ReadonlyMap<string, Value> {
  const found = new Map<string, Value>()
  for (let i = 0; i < count; i++) {
    const key = cursor.text(LONGEST_NAME)
    // Readers differ in which of two they take: what we plan for would not be what is loaded.
    if (found.has(key)) refuse('the header says something twice')
    const type = cursor.u32()
    const first: { found?: number } = {}
    if (type === STRING && READ_TEXTS.has(key)) found.set(key, cursor.text(LONGEST_NAME))
    else if (type === STRING) {
      const length = cursor.u64()
      cursor.take(length)
      found.set(key, { items: length })
    } else if (type === ARRAY) {
      found.set(key, arrayValue(cursor, first))
      // Per-layer lists (head_count_kv of some models): the first stands for all, which our estimate allows for.
      if (first.found !== undefined) found.set(`${key}[0]`, first.found)
    } else found.set(key, scalar(cursor, type))
  }
  return found
}

interface Tensors {
  /** The end of the furthest tensor, counted from the start of the data. Unit: bytes. */
  readonly end: number
  /** There are weights that turn the pooled output into a figure. */
  readonly classifies: boolean
}

function tensors(cursor: Cursor, count: number): Tensors {
  const spans: (readonly [from: number, to: number])[] = []
  let classifies = false
  for (let i = 0; i < count; i++) {
    const name = cursor.text(LONGEST_NAME)
    classifies ||= name === 'cls.weight' || name === 'cls.output.weight'
    const dimensions = cursor.u32()
    if (dimensions > 8) refuse('a tensor has too many dimensions')
    let numbers = 1
    for (let d = 0; d < dimensions; d++) numbers *= cursor.u64()
    const block = BLOCKS[cursor.u32()]
    const offset = cursor.u64()
    // A type that is newer than this list still has its offset: the file must at least reach that far.
    const to = Math.ceil(offset + (block ? (numbers / block[0]) * block[1] : 1))
    if (!Number.isSafeInteger(to)) refuse('a tensor of absurd size')
    spans.push([offset, to])
  }
  spans.sort(([a], [b]) => a - b)
  if (spans.some(([from], at) => from < (spans[at - 1]?.[1] ?? 0))) refuse('two tensors lie on the same bytes')
  return { end: spans.at(-1)?.[1] ?? 0, classifies }
}

/** `pooling_type` of a header. 0, or no such entry, is a model that does not pool. @source llama.cpp `llama_pooling_type` */
const POOL_RANK = 4

function kindOf(architecture: string, pooling: number | undefined, { classifies }: Tensors): ModelKind {
  if (pooling === POOL_RANK || classifies) return 'rank'
  // Encoders have no way to go on with a text, whatever their header says.
  return pooling !== undefined || /bert|t5encoder/.test(architecture) ? 'embed' : 'text'
}

type Reader = (key: string) => number | undefined

function headLength(number: Reader): number | undefined {
  const width = number('embedding_length')
  const heads = number('attention.head_count')
  return number('attention.key_length') ?? (width && heads ? width / heads : undefined)
}

function cacheNumbers(number: Reader): number | undefined {
  const width = number('embedding_length')
  const heads = number('attention.head_count')
  if (!width || !heads) return undefined
  const keyHeads = number('attention.head_count_kv') ?? heads
  const keyLength = number('attention.key_length') ?? width / heads
  const valueLength = number('attention.value_length') ?? width / heads
  return keyHeads * (keyLength + valueLength)
}

function read(bytes: Uint8Array): GgufReading {
  const cursor = new Cursor(bytes)
  if (cursor.u32() !== 0x46554747) refuse('the file does not begin with GGUF')
  const version = cursor.u32()
  if (version < 2 || version > 3) refuse(`GGUF version ${version} is not supported`)
  const tensorCount = cursor.u64()
  const keyCount = cursor.u64()
  if (tensorCount > MOST_TENSORS || keyCount > MOST_KEYS) refuse('the header claims too many entries')
  const values = keyValues(cursor, keyCount)
  const data = tensors(cursor, tensorCount)
  const alignment = values.get('general.alignment')
  const step = typeof alignment === 'number' && alignment > 0 ? alignment : 32
  const text = (key: string): string | undefined => {
    const value = values.get(key)
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  const architecture = text('general.architecture') ?? refuse('the header names no architecture')
  const number = (key: string): number | undefined => {
    const value = values.get(`${architecture}.${key}`) ?? undefined
    const known = typeof value === 'object' ? values.get(`${architecture}.${key}[0]`) : value
    return typeof known === 'number' && Number.isFinite(known) && known > 0 ? known : undefined
  }
  const tokens = values.get('tokenizer.ggml.tokens')
  const parts = values.get('split.count')
  const part = values.get('split.no')
  const fileType = values.get('general.file_type')
  return {
    is: 'facts',
    facts: {
      version,
      architecture,
      name: text('general.name'),
      licence: text('general.license'),
      quant: typeof fileType === 'number' ? FILE_TYPES[fileType] : undefined,
      hasChatTemplate: values.has('tokenizer.chat_template'),
      tensorCount,
      contextLength: number('context_length'),
      layers: number('block_count'),
      cacheNumbersPerLayer: cacheNumbers(number),
      headLength: headLength(number),
      kind: kindOf(architecture, number('pooling_type'), data),
      vocabularySize: typeof tokens === 'object' ? tokens.items : undefined,
      expectedBytes: Math.ceil(cursor.at / step) * step + data.end,
      // Counted from 0 in the file.
      ...(typeof parts === 'number' && parts > 1 ? { split: { part: (Number(part) || 0) + 1, parts } } : {}),
    },
  }
}

/** @param bytes the file's beginning; how much of it is enough depends on its vocabulary (a few MB at most). */
export function readGgufHeader(bytes: Uint8Array): GgufReading {
  try {
    return read(bytes)
  } catch (stop) {
    if (stop instanceof Stop) return stop.reading
    throw stop
  }
}
