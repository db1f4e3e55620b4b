import { writeBytes } from '../words/plain-text.ts'
import { type MachineRoom, type ModelShape, neededMemory, roomForModel } from './model-memory.ts'
import { type ModelLoadPlan, planModelLoad, WANTED_CONTEXT } from './plan-model-load.ts'

export interface Fit {
  readonly fits: 'fits' | 'slow' | 'does-not-fit' | 'unknown'
  /** One or two plain sentences. */
  readonly why: string
}

/** About three billion weights in 4 bits: some ten tokens a second on four laptop cores. */
const CPU_COMFORT_BYTES = 3 * 1024 ** 3

/** What one chat of the usual length takes, without a GPU. Unit: bytes. */
export function memoryOfOneChat(shape: ModelShape): number {
  const contextTokens = Math.min(WANTED_CONTEXT, shape.contextLength ?? WANTED_CONTEXT)
  return neededMemory(shape, { contextTokens, parallel: 1, kvType: 'f16' }).memoryBytes
}

function where({ gpuLayers, layers, neededBytes }: ModelLoadPlan): Fit {
  if (gpuLayers === layers) return { fits: 'fits', why: 'The graphics card computes all of it.' }
  if (gpuLayers > 0) {
    const part = `The graphics card holds ${gpuLayers} of its ${layers} layers.`
    return { fits: 'slow', why: `${part} The processor computes the rest, and every word waits for it.` }
  }
  if (neededBytes > CPU_COMFORT_BYTES)
    return { fits: 'slow', why: 'The processor computes it alone, at a few words a second.' }
  return { fits: 'fits', why: 'The processor computes it fast enough.' }
}

/** What of the wanted setting memory does not allow; '' = all is as wanted. */
function given(shape: ModelShape, { contextTokens, parallel, kvType }: ModelLoadPlan): string {
  if (contextTokens < Math.min(WANTED_CONTEXT, shape.contextLength ?? WANTED_CONTEXT) && parallel === 1)
    return ` Memory is short: one request at a time, and no more than ${contextTokens} tokens of it.`
  if (kvType !== 'f16') return ' Memory is short: one request at a time, remembered in 8 bits.'
  return parallel === 1 ? ' Memory is short: one request at a time.' : ''
}

/**
 * What to tell before a download or a load: would it load here, would it run well, and why.
 *
 * @param room  undefined = nothing is known of the machine.
 */
export function judgeFit(shape: ModelShape, room: MachineRoom | undefined): Fit {
  if (!room) return { fits: 'unknown', why: 'The free memory of this computer is not known.' }
  const plan = planModelLoad(shape, room)
  if (!plan.ok) {
    const needed = plan.error.code === 'model/too-large' ? plan.error.neededBytes : memoryOfOneChat(shape)
    const { memoryBytes, vramBytes } = roomForModel(room)
    const onCard = room.vramFreeBytes === undefined ? '' : ` and ${writeBytes(vramBytes)} on the graphics card`
    const offered = `${writeBytes(memoryBytes)} of memory${onCard}`
    return { fits: 'does-not-fit', why: `It needs ${writeBytes(needed)} at least. It can have ${offered}.` }
  }
  const placed = where(plan.value)
  if (shape.kind === 'embed' || shape.kind === 'rank') return placed
  const short = given(shape, plan.value)
  return { fits: short === '' ? placed.fits : 'slow', why: placed.why + short }
}
