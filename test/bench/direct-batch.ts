import { getLlama, LlamaLogLevel } from 'node-llama-cpp'

/**
 * node-llama-cpp with nothing of ours around it, as the yardstick of `batch-ratio`: texts computed together in one context.
 * For each line on stdin, a number of places in the batch, it prints the milliseconds that all texts took.
 */
const [file = '', contextTokens = '', threads = '', gpuLayers = '', texts = '', maxTokens = ''] = process.argv.slice(2)

const llama = await getLlama({
  build: 'never',
  skipDownload: true,
  progressLogs: false,
  logLevel: LlamaLogLevel.disabled,
  maxThreads: 0,
})
const model = await llama.loadModel({ modelPath: file, gpuLayers: Number(gpuLayers) })
const contexts = new Map<string, Awaited<ReturnType<typeof contextFor>>>()

async function contextFor(sequences: string) {
  const context = await model.createContext({
    contextSize: Number(contextTokens),
    sequences: Number(sequences),
    threads: Number(threads),
    batchSize: Math.min(512, Number(contextTokens)),
  })
  return Array.from({ length: Number(sequences) }, () => context.getSequence())
}

async function all(places: string): Promise<number> {
  const sequences = contexts.get(places) ?? (await contextFor(places))
  contexts.set(places, sequences)
  const left = Array.from({ length: Number(texts) }, (_, n) => `Story number ${n}: once upon a time`)
  const before = performance.now()
  const one = async (sequence: (typeof sequences)[number]): Promise<void> => {
    for (let text = left.pop(); text !== undefined; text = left.pop()) {
      await sequence.clearHistory()
      const tokens = []
      for await (const token of sequence.evaluate(model.tokenize(text), {
        temperature: 0,
        topP: 0.95,
        yieldEogToken: true,
      })) {
        if (tokens.push(token) >= Number(maxTokens)) break
      }
      if (model.detokenize(tokens) === '') throw new Error('no text')
    }
  }
  await Promise.all(sequences.map(one))
  return performance.now() - before
}

process.stdin.setEncoding('utf8')
let last: Promise<void> = Promise.resolve()
process.stdin.on('data', (line: string) => {
  last = last.then(async () => void process.stdout.write(`${await all(line.trim())}\n`))
})
process.stdin.on('end', () => process.exit(0))
process.stdout.write('ready\n')
