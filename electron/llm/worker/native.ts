import { getLlama, getLlamaGpuTypes, type Llama, LlamaLogLevel } from 'node-llama-cpp'
import type { MachineRoom, ModelReserve } from '../../../shared/inference/model-memory.ts'
import { machineRoom, readMachine } from '../hardware.ts'
import type { BackendRefusal, LlmHardware, LoadedModel } from '../llm.port.ts'

/** The order in which they are tried: by what a card of the same price computes with them. The processor is always left. */
const GPUS = ['cuda', 'vulkan', 'metal'] as const
type Gpu = (typeof GPUS)[number]
const NAME: Readonly<Record<Gpu, string>> = { cuda: 'CUDA', vulkan: 'Vulkan', metal: 'Metal' }

export interface Native {
  readonly library: Llama
  /** Backends that were looked at before the one in use, each with why it is not used. */
  readonly refusals: readonly BackendRefusal[]
}

const open = (gpu: Gpu | false): Promise<Llama> =>
  getLlama({
    gpu,
    build: 'never',
    skipDownload: true,
    progressLogs: false,
    logLevel: LlamaLogLevel.disabled,
    logger: () => undefined,
    // 0 = no cap of its own: the plan's number of threads is used as it is.
    maxThreads: 0,
  })

const firstLine = (problem: unknown): string =>
  (problem instanceof Error ? problem.message : String(problem)).split('\n', 1)[0] ?? 'unknown'

/** @returns the library on this GPU, or why it cannot be. */
async function tried(gpu: Gpu, here: readonly unknown[], ready: readonly unknown[]): Promise<Llama | string> {
  if (!here.includes(gpu)) return `${NAME[gpu]} does not exist on this kind of computer`
  if (!ready.includes(gpu)) return `no graphics card with a driver for ${NAME[gpu]} was found`
  try {
    const library = await open(gpu)
    if (library.gpu === gpu && (await library.getVramState()).total > 0) return library
    await library.dispose()
    return `a driver for ${NAME[gpu]} was found, but no graphics card that it can use`
  } catch (problem) {
    return `a driver for ${NAME[gpu]} was found, but the program for it did not start: ${firstLine(problem)}`
  }
}

async function start(): Promise<Native> {
  const refusals: BackendRefusal[] = []
  const [here, ready] = await Promise.all([getLlamaGpuTypes('allValid'), getLlamaGpuTypes('supported')])
  for (const gpu of GPUS) {
    const found = await tried(gpu, here, ready)
    if (typeof found !== 'string') return { library: found, refusals }
    refusals.push({ backend: gpu, reason: found })
  }
  return { library: await open(false), refusals }
}

let started: Promise<Native> | undefined

/** The native library, started once. It takes a shipped binary or none: nothing is compiled or fetched. */
export function native(): Promise<Native> {
  started ??= start()
  return started
}

export const backendOf = (library: Llama): LoadedModel['backend'] => library.gpu || 'cpu'

export async function readHardware(): Promise<LlmHardware> {
  const { library, refusals } = await native()
  const machine = readMachine()
  const gpuRefusal = refusals.map(({ reason }) => reason).join('; ')
  if (library.gpu === false) return { ...machine, backend: 'cpu', gpus: [], gpuRefusal, refusals }
  const vram = await library.getVramState()
  const names = await library.getGpuDeviceNames()
  return {
    ...machine,
    backend: backendOf(library),
    refusals,
    gpus: names.map((name) => ({ name })),
    vramTotalBytes: vram.total,
    vramFreeBytes: vram.free,
    sharedMemory: isShared(library, vram),
  }
}

/** A GPU without memory of its own: counting the machine's memory twice would promise room that is not there. */
const isShared = (library: Llama, { total, unifiedSize }: { total: number; unifiedSize: number }): boolean =>
  library.gpu === 'metal' || unifiedSize >= total / 2

export async function room(library: Llama, reserve: ModelReserve | undefined): Promise<MachineRoom> {
  if (library.gpu === false) return { ...machineRoom(undefined), reserve }
  const vram = await library.getVramState()
  return { ...machineRoom({ vramFreeBytes: vram.free, sharedMemory: isShared(library, vram) }), reserve }
}
