import { type GgufTensor, type GgufValue, ggufFile } from './gguf-writer.ts'

/** Said wherever the model is shown: nobody may take its output for language. */
export const SELF_TEST_NAME = 'Self-test (random weights, not a language model)'
export const SELF_TEST_ID = 'self-test'
export const SELF_TEST_FILE = 'self-test.gguf'
/** Of the file that `selfTestModel()` returns; a test holds both together. */
export const SELF_TEST_SHA256 = '02bcab0419464cfba7d7a68d6c03b64bb0cb22084e5dbc6c9140f1d329198965'

const LAYERS = 2
const WIDTH = 64
const HEADS = 4
const FEED_FORWARD = 128
const CONTEXT = 8192

/** Kinds of a vocabulary entry. @source llama.cpp `llama_token_type`. */
const NORMAL = 1
const UNKNOWN = 2
const CONTROL = 3
const BYTE = 6

/** llama.cpp writes a space as U+2581 in this kind of vocabulary. */
const SPACE = '\u2581'
const TURN_START = '<|im_start|>'
const TURN_END = '<|im_end|>'

const CHAT_TEMPLATE =
  "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n' }}" +
  "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"

interface Token {
  readonly text: string
  readonly kind: number
  readonly score: number
}

function vocabulary(): readonly Token[] {
  const control = (text: string): Token => ({ text, kind: CONTROL, score: 0 })
  const bytes = Array.from({ length: 256 }, (_, byte): Token => {
    const hex = byte.toString(16).toUpperCase().padStart(2, '0')
    return { text: `<0x${hex}>`, kind: BYTE, score: 0 }
  })
  return [
    { text: '<unk>', kind: UNKNOWN, score: 0 },
    control('<s>'),
    control('</s>'),
    ...bytes,
    { text: SPACE, kind: NORMAL, score: -1 },
    control(TURN_START),
    control(TURN_END),
  ]
}

/** Uniform numbers of -1 to 1 from integer arithmetic alone, so that every machine draws the same ones (splitmix32). */
function drawer(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x9e3779b9) >>> 0
    let mixed = state
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 0x80000000 - 1
  }
}

/**
 * How likely a token is on average. Lower-case letters and the space lead, other printable signs are rare, and nothing
 * else comes: with weights alone most of the output would be control bytes, or end before it began.
 */
function inclination(token: Token): number {
  if (token.text === SPACE) return 2
  if (token.kind !== BYTE) return -8
  const byte = Number.parseInt(token.text.slice(3, 5), 16)
  const letter = String.fromCharCode(byte)
  if ('aeionrst'.includes(letter)) return 1.4
  if (/[a-z]/.test(letter)) return 1
  return '.,'.includes(letter) ? 0.4 : -8
}

function weights(tokens: readonly Token[]): readonly GgufTensor[] {
  const draw = drawer(0x7a0f)
  const matrix = (name: string, inputs: number, outputs: number, scale: number): GgufTensor => ({
    name: `${name}.weight`,
    shape: [inputs, outputs],
    data: Float32Array.from({ length: inputs * outputs }, () => draw() * scale),
  })
  const ones = (name: string): GgufTensor => ({
    name: `${name}.weight`,
    shape: [WIDTH],
    data: new Float32Array(WIDTH).fill(1),
  })
  /** Channel 0 carries the constant that `inclination` acts through: no layer may write to it. */
  const quietChannel = (tensor: GgufTensor): GgufTensor => {
    tensor.data.fill(0, 0, tensor.shape[0])
    return tensor
  }
  const embedding = matrix('token_embd', WIDTH, tokens.length, 1)
  const output = matrix('output', WIDTH, tokens.length, 0.3)
  tokens.forEach((token, row) => {
    // A token leans away from following itself; without this a likely letter would repeat for ever.
    for (let i = 1; i < WIDTH; i++) {
      const at = row * WIDTH + i
      output.data[at] = (output.data[at] ?? 0) - 0.3 * (embedding.data[at] ?? 0)
    }
    embedding.data[row * WIDTH] = 4
    output.data[row * WIDTH] = inclination(token) * 2
  })
  const layers = Array.from({ length: LAYERS }, (_, layer) => {
    const name = (part: string): string => `blk.${layer}.${part}`
    return [
      ones(name('attn_norm')),
      matrix(name('attn_q'), WIDTH, WIDTH, 0.3),
      matrix(name('attn_k'), WIDTH, WIDTH, 0.3),
      matrix(name('attn_v'), WIDTH, WIDTH, 0.3),
      quietChannel(matrix(name('attn_output'), WIDTH, WIDTH, 0.2)),
      ones(name('ffn_norm')),
      matrix(name('ffn_gate'), WIDTH, FEED_FORWARD, 0.3),
      matrix(name('ffn_up'), WIDTH, FEED_FORWARD, 0.3),
      quietChannel(matrix(name('ffn_down'), FEED_FORWARD, WIDTH, 0.2)),
    ]
  })
  return [embedding, ...layers.flat(), ones('output_norm'), output]
}

function facts(tokens: readonly Token[], template: string): Readonly<Record<string, GgufValue>> {
  const u32 = (value: number): GgufValue => ({ type: 'u32', value })
  const text = (value: string): GgufValue => ({ type: 'text', value })
  const index = (wanted: string): GgufValue => u32(tokens.findIndex((token) => token.text === wanted))
  return {
    'general.architecture': text('llama'),
    'general.name': text(SELF_TEST_NAME),
    'general.file_type': u32(0),
    'llama.context_length': u32(CONTEXT),
    'llama.embedding_length': u32(WIDTH),
    'llama.block_count': u32(LAYERS),
    'llama.feed_forward_length': u32(FEED_FORWARD),
    'llama.attention.head_count': u32(HEADS),
    'llama.attention.head_count_kv': u32(HEADS),
    'llama.attention.layer_norm_rms_epsilon': { type: 'f32', value: 1e-5 },
    'llama.rope.dimension_count': u32(WIDTH / HEADS),
    'llama.vocab_size': u32(tokens.length),
    'tokenizer.ggml.model': text('llama'),
    'tokenizer.ggml.tokens': { type: 'texts', value: tokens.map((token) => token.text) },
    'tokenizer.ggml.scores': { type: 'f32s', value: tokens.map((token) => token.score) },
    'tokenizer.ggml.token_type': { type: 'i32s', value: tokens.map((token) => token.kind) },
    'tokenizer.ggml.unknown_token_id': index('<unk>'),
    'tokenizer.ggml.bos_token_id': index('<s>'),
    'tokenizer.ggml.eos_token_id': index(TURN_END),
    'tokenizer.ggml.add_bos_token': { type: 'bool', value: true },
    'tokenizer.ggml.add_eos_token': { type: 'bool', value: false },
    'tokenizer.ggml.add_space_prefix': { type: 'bool', value: false },
    'tokenizer.chat_template': text(template),
  }
}

/**
 * A complete language-model file of about 0.5 MB that any llama.cpp loads, with random weights from a fixed seed. It
 * proves the path from a request to generated tokens on any machine, without a download; it understands nothing.
 * @param template  how a chat becomes one text, in Jinja
 */
export function selfTestModel(template: string = CHAT_TEMPLATE): Buffer {
  const tokens = vocabulary()
  return ggufFile(facts(tokens, template), weights(tokens))
}
