import { availableParallelism, cpus, totalmem } from 'node:os'

export interface Machine {
  readonly cpuName?: string
  /** Cores that this process may run on. */
  readonly cpuCores: number
  readonly memoryTotalBytes: number
  readonly memoryFreeBytes?: number
}

/**
 * RAM and processor as this process may use them; limits of a container count.
 * macOS keeps hardly any memory "free" on purpose and gives it back on demand, so there the figure is unknown.
 */
export function readMachine(): Machine {
  const cpuName = cpus()[0]?.model.trim()
  const limit = process.constrainedMemory()
  const total = totalmem()
  return {
    ...(cpuName && cpuName !== 'unknown' ? { cpuName } : {}),
    cpuCores: availableParallelism(),
    memoryTotalBytes: limit > 0 && limit < total ? limit : total,
    ...(process.platform === 'darwin' ? {} : { memoryFreeBytes: process.availableMemory() }),
  }
}
