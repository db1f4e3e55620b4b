import type { BenchCase } from '../case.ts'
import { restingMemory } from './memory.ts'

/** Started, wallets read, no network chosen: host and keys worker. */
export const memoryUnconnected: BenchCase = {
  name: 'memory-unconnected',
  unit: 'MiB',
  better: 'lower',
  run: () => restingMemory(false),
}
