import { getLlama, getLlamaGpuTypes, type Llama, LlamaLogLevel } from 'node-llama-cpp'
import type { MachineRoom } from '../../../shared/inference/plan-model-load.ts'
import { readMachine } from '../hardware.ts'
import type { LlmHardware, LoadedModel } from '../llm.port.ts'

let started: Promise<Llama> | undefined

/** The native library, started once. It takes a shipped binary or none: nothing is compiled or fetched. */
export function llama(): Promise<Llama> {
  started ??= getLlama({
    gpu: 'auto',
    build: 'never',
    skipDownload: true,
    progressLogs: false,
    logLevel: LlamaLogLevel.disabled,
    logger: () => undefined,
    // 0 = no cap of its own: the plan's number of threads is used as it is.
    maxThreads: 0,
  })
  return started
}

export const backendOf = (library: Llama): LoadedModel['backend'] => library.gpu || 'cpu'

async function gpuRefusal(): Promise<string> {
  const supported = (await getLlamaGpuTypes('supported')).filter((type) => type !== false)
  return supported.length === 0
    ? 'no graphics card with a CUDA, Vulkan or Metal driver was found'
    : `a driver for ${supported.join(' and ')} was found, but the program for it did not start`
}

export async function readHardware(): Promise<LlmHardware> {
  const library = await llama()
  const machine = readMachine()
  if (library.gpu === false) return { ...machine, backend: 'cpu', gpus: [], gpuRefusal: await gpuRefusal() }
  const vram = await library.getVramState()
  const names = await library.getGpuDeviceNames()
  return {
    ...machine,
    backend: backendOf(library),
    gpus: names.map((name) => ({ name })),
    vramTotalBytes: vram.total,
    vramFreeBytes: vram.free,
  }
}

export async function room(library: Llama): Promise<MachineRoom> {
  const machine = readMachine()
  // Metal shares the machine's memory; counting it twice would promise room that is not there.
  const ownVram = library.gpu !== false && library.gpu !== 'metal'
  return {
    memoryTotalBytes: machine.memoryTotalBytes,
    // Unknown on macOS: half of the memory is what its own graphics limit assumes to be obtainable.
    memoryFreeBytes: machine.memoryFreeBytes ?? machine.memoryTotalBytes / 2,
    vramFreeBytes: ownVram ? (await library.getVramState()).free : undefined,
    cores: machine.cpuCores,
  }
}
