import { availableParallelism, cpus, totalmem } from 'node:os'
import type { MachineRoom } from '../../shared/inference/model-memory.ts'

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

/** A GPU as the llm worker found it. */
export interface GpuRoom {
  readonly vramFreeBytes?: number
  readonly sharedMemory?: boolean
}

/** What a model finds now. @param gpu  undefined = none, or none was asked for yet */
export function machineRoom(gpu: GpuRoom | undefined): MachineRoom {
  const { memoryTotalBytes, memoryFreeBytes, cpuCores } = readMachine()
  const shared = gpu?.sharedMemory === true
  return {
    memoryTotalBytes,
    // Unknown on macOS: half of the memory is what its own graphics limit assumes to be obtainable.
    memoryFreeBytes: memoryFreeBytes ?? memoryTotalBytes / 2,
    vramFreeBytes: shared ? undefined : gpu?.vramFreeBytes,
    sharedGpu: shared,
    cores: cpuCores,
  }
}
