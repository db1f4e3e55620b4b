import { type GgufTensor, type GgufValue, ggufFile } from '../../electron/models/gguf-writer.ts'

const WIDTH = 32
const HEADS = 2
const FEED_FORWARD = 64
const CONTEXT = 128
const LETTERS = [...'abcdefghijklmnopqrstuvwxyz0123456789.,?!']
const SPECIAL = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]']
/** Kinds of a vocabulary entry. @source llama.cpp `llama_token_type`. */
const NORMAL = 1
const CONTROL = 3
/** `pooling_type`. @source llama.cpp `llama_pooling_type` */
const POOLING = { embed: 1, rank: 4 } as const

function drawer(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 0x80000000 - 1
  }
}

function tensors(vocabulary: number, kind: keyof typeof POOLING): readonly GgufTensor[] {
  const draw = drawer(7)
  const weight = (name: string, inputs: number, outputs: number, scale = 0.3): GgufTensor => ({
    name: `${name}.weight`,
    shape: [inputs, outputs],
    data: Float32Array.from({ length: inputs * outputs }, () => draw() * scale),
  })
  const vector = (name: string, length: number, value: number): GgufTensor => ({
    name,
    shape: [length],
    data: new Float32Array(length).fill(value),
  })
  const norm = (name: string): readonly GgufTensor[] => [
    vector(`${name}.weight`, WIDTH, 1),
    vector(`${name}.bias`, WIDTH, 0),
  ]
  const linear = (name: string, inputs: number, outputs: number): readonly GgufTensor[] => [
    weight(name, inputs, outputs),
    vector(`${name}.bias`, outputs, 0),
  ]
  return [
    weight('token_embd', WIDTH, vocabulary, 1),
    weight('token_types', WIDTH, 2, 0.1),
    weight('position_embd', WIDTH, CONTEXT, 0.1),
    ...norm('token_embd_norm'),
    ...['attn_q', 'attn_k', 'attn_v', 'attn_output'].flatMap((part) => linear(`blk.0.${part}`, WIDTH, WIDTH)),
    ...norm('blk.0.attn_output_norm'),
    ...linear('blk.0.ffn_up', WIDTH, FEED_FORWARD),
    ...linear('blk.0.ffn_down', FEED_FORWARD, WIDTH),
    ...norm('blk.0.layer_output_norm'),
    ...(kind === 'rank' ? [...linear('cls', WIDTH, WIDTH), ...linear('cls.output', WIDTH, 1)] : []),
  ]
}

/**
 * A complete BERT file of some 60 kB with random weights: it turns texts into vectors, or ranks them, and knows nothing.
 * Proves the path from a request to llama.cpp's pooled output.
 */
export function tinyEncoder(kind: keyof typeof POOLING): Buffer {
  const words = [...LETTERS.map((letter) => `\u2581${letter}`), ...LETTERS]
  const tokens = [...SPECIAL, ...words]
  const u32 = (value: number): GgufValue => ({ type: 'u32', value })
  const text = (value: string): GgufValue => ({ type: 'text', value })
  const facts: Readonly<Record<string, GgufValue>> = {
    'general.architecture': text('bert'),
    'general.name': text(`Tiny ${kind}`),
    'bert.context_length': u32(CONTEXT),
    'bert.embedding_length': u32(WIDTH),
    'bert.block_count': u32(1),
    'bert.feed_forward_length': u32(FEED_FORWARD),
    'bert.attention.head_count': u32(HEADS),
    'bert.attention.layer_norm_epsilon': { type: 'f32', value: 1e-6 },
    'bert.attention.causal': { type: 'bool', value: false },
    'bert.pooling_type': u32(POOLING[kind]),
    'tokenizer.ggml.model': text('bert'),
    'tokenizer.ggml.token_type_count': u32(2),
    'tokenizer.ggml.tokens': { type: 'texts', value: tokens },
    'tokenizer.ggml.token_type': {
      type: 'i32s',
      value: tokens.map((_, at) => (at < SPECIAL.length ? CONTROL : NORMAL)),
    },
    'tokenizer.ggml.padding_token_id': u32(0),
    'tokenizer.ggml.unknown_token_id': u32(1),
    'tokenizer.ggml.cls_token_id': u32(2),
    'tokenizer.ggml.bos_token_id': u32(2),
    'tokenizer.ggml.seperator_token_id': u32(3),
    'tokenizer.ggml.eos_token_id': u32(3),
  }
  return ggufFile(facts, tensors(tokens.length, kind))
}
