import { getLlama, LlamaLogLevel, resolveChatWrapper } from 'node-llama-cpp'

/**
 * node-llama-cpp with nothing of ours around it, as the yardstick of `tokens-ratio`: same file, context, threads, prompt
 * and sampling as the llm worker's. Prints milliseconds per run, one line for each line on stdin.
 */
const [file = '', contextTokens = '', parallel = '', threads = '', gpuLayers = '', question = '', maxTokens = ''] =
  process.argv.slice(2)

const llama = await getLlama({
  build: 'never',
  skipDownload: true,
  progressLogs: false,
  logLevel: LlamaLogLevel.disabled,
  maxThreads: 0,
})
const model = await llama.loadModel({ modelPath: file, gpuLayers: Number(gpuLayers) })
const context = await model.createContext({
  contextSize: Number(contextTokens),
  sequences: Number(parallel),
  threads: Number(threads),
  batchSize: Math.min(512, Number(contextTokens)),
})
const sequence = context.getSequence()
const wrapper = resolveChatWrapper(model, { warningLogs: false })
const { contextText } = wrapper.generateContextState({
  chatHistory: [
    { type: 'user', text: question },
    { type: 'model', response: [] },
  ],
})

async function once(): Promise<number> {
  const before = performance.now()
  await sequence.clearHistory()
  const prompt = contextText.tokenize(model.tokenizer)
  const tokens = []
  for await (const token of sequence.evaluate(prompt, { temperature: 0, topP: 0.95 })) {
    if (tokens.push(token) >= Number(maxTokens)) break
  }
  const text = model.detokenize(tokens)
  const ms = performance.now() - before
  if (text === '') throw new Error('no text')
  return ms / tokens.length
}

process.stdin.setEncoding('utf8')
let last: Promise<void> = Promise.resolve()
process.stdin.on('data', () => {
  last = last.then(async () => void process.stdout.write(`${await once()}\n`))
})
process.stdin.on('end', () => process.exit(0))
process.stdout.write('ready\n')
