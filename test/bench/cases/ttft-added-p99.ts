import { withBenchLlm } from '../bench-llm.ts'
import type { BenchCase } from '../case.ts'
import { askStreaming, axonOver } from './llm-axon.ts'

const WARM_UPS = 50
const REQUESTS = 500

/**
 * From the caller's first byte sent to its first byte of text, less the time that the model itself took to its first token:
 * connection, signature, queue, three processes, the chat template, text from tokens, and the way back.
 */
export const ttftAddedP99: BenchCase = {
  name: 'ttft-added-p99',
  unit: 'ms',
  target: 5,
  better: 'lower',
  run: () =>
    withBenchLlm(async (llm) => {
      let modelMs = 0
      const under = await axonOver(llm, (done) => {
        modelMs = done.firstTokenMs
      })
      try {
        const added: number[] = []
        for (let i = 0; i < WARM_UPS + REQUESTS; i++) {
          const { status, firstByteMs } = await askStreaming(under, 4)
          if (status !== 200) throw new Error(`status ${status}`)
          if (i >= WARM_UPS) added.push(firstByteMs - modelMs)
        }
        added.sort((a, b) => a - b)
        const at = (share: number): number => added[Math.floor(share * (REQUESTS - 1))] ?? Number.NaN
        const told = [0.5, 0.9, 0.95, 1].map((share) => `p${share * 100} ${at(share).toFixed(2)}`)
        process.stderr.write(`ttft-added-p99: ${told.join(', ')} ms\n`)
        return at(0.99)
      } finally {
        await under.axon.stop()
      }
    }),
}
