import type { BenchCase } from '../case.ts'
import { restingMemory } from './memory.ts'

/** A miner's night: connected, wallets read, model loaded, nothing asked. Host, keys worker and llm worker. */
export const memoryRest: BenchCase = {
  name: 'memory-rest',
  unit: 'MiB',
  target: 600,
  better: 'lower',
  run: () => restingMemory(true),
}
