/**
 * Writes GGUF version 3, the part of it that a small float model needs.
 *
 * @source ggml `docs/gguf.md`: magic, version, counts, key-values, tensor infos, padding, data; all little-endian.
 */
export type GgufValue =
  | { readonly type: 'u32' | 'f32'; readonly value: number }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'text'; readonly value: string }
  | { readonly type: 'texts'; readonly value: readonly string[] }
  | { readonly type: 'f32s' | 'i32s'; readonly value: readonly number[] }

export interface GgufTensor {
  readonly name: string
  /** Fastest-varying dimension first: a matrix that maps `a` inputs to `b` outputs is `[a, b]`. */
  readonly shape: readonly number[]
  readonly data: Float32Array
}

/** Type numbers of the file format. */
const U32 = 4
const I32 = 5
const F32 = 6
const BOOL = 7
const STRING = 8
const ARRAY = 9
const TENSOR_F32 = 0
/** The format's default of `general.alignment`. */
const ALIGNMENT = 32

const padded = (bytes: number): number => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(BigInt(value))
  return bytes
}
function i32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32LE(value)
  return bytes
}
function f32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeFloatLE(value)
  return bytes
}
function text(value: string): Buffer {
  const bytes = Buffer.from(value, 'utf8')
  return Buffer.concat([u64(bytes.length), bytes])
}
const array = (type: number, items: readonly Buffer[]): Buffer =>
  Buffer.concat([u32(ARRAY), u32(type), u64(items.length), ...items])

function valueBytes(item: GgufValue): Buffer {
  switch (item.type) {
    case 'u32':
      return Buffer.concat([u32(U32), u32(item.value)])
    case 'f32':
      return Buffer.concat([u32(F32), f32(item.value)])
    case 'bool':
      return Buffer.concat([u32(BOOL), Buffer.from([item.value ? 1 : 0])])
    case 'text':
      return Buffer.concat([u32(STRING), text(item.value)])
    case 'texts':
      return array(STRING, item.value.map(text))
    case 'f32s':
      return array(F32, item.value.map(f32))
    case 'i32s':
      return array(I32, item.value.map(i32))
  }
}

function littleEndian(data: Float32Array): Buffer {
  const bytes = Buffer.alloc(padded(data.byteLength))
  for (let i = 0; i < data.length; i++) bytes.writeFloatLE(data[i] ?? 0, i * 4)
  return bytes
}

/** @returns the whole file. The same input gives the same bytes on every machine. */
export function ggufFile(facts: Readonly<Record<string, GgufValue>>, tensors: readonly GgufTensor[]): Buffer {
  const entries = Object.entries(facts)
  const parts = [Buffer.from('GGUF', 'latin1'), u32(3), u64(tensors.length), u64(entries.length)]
  for (const [key, value] of entries) parts.push(text(key), valueBytes(value))
  let offset = 0
  for (const { name, shape, data } of tensors) {
    parts.push(text(name), u32(shape.length), ...shape.map(u64), u32(TENSOR_F32), u64(offset))
    offset += padded(data.byteLength)
  }
  const header = Buffer.concat(parts)
  const gap = Buffer.alloc(padded(header.length) - header.length)
  return Buffer.concat([header, gap, ...tensors.map((tensor) => littleEndian(tensor.data))])
}
