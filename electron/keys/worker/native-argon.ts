import { createRequire } from 'node:module'
import type { ArgonTask } from './argon.ts'

type Addon = Pick<typeof import('@node-rs/argon2'), 'hashRaw'>
/** Values of the package's enum, which exists for the compiler only. */
const ALGORITHM = { argon2i: 1, argon2id: 2 } as const satisfies Readonly<Record<ArgonTask['variant'], number>>

let addon: Addon | undefined

/**
 * Loads the one add-on that this process needs, then gives up the right to load any other for good: the permission
 * model forgets to ask which file an add-on comes from, and the wallet folder is a place that the process may write to.
 * @returns whether the add-on is there; without it Argon2 is slower, not wrong.
 */
export function loadArgonThenNoMore(): boolean {
  // By this name the package would load any file.
  delete process.env['NAPI_RS_NATIVE_LIBRARY_PATH']
  try {
    const loaded: unknown = createRequire(import.meta.url)('@node-rs/argon2')
    if (isAddon(loaded)) addon = loaded
  } catch {
    // No build for this platform, or one that cannot be loaded.
  }
  const refuse = () => {
    throw new Error('this process loads no further add-ons')
  }
  Object.defineProperty(process, 'dlopen', { value: refuse, writable: false, configurable: false })
  return addon !== undefined
}

function isAddon(loaded: unknown): loaded is Addon {
  return typeof loaded === 'object' && loaded !== null && 'hashRaw' in loaded && typeof loaded.hashRaw === 'function'
}

/** Argon2 off the event loop, as quick as libsodium's. `undefined` where the add-on is not there or refuses. */
export async function addonArgon(
  password: Uint8Array,
  { variant, salt, cost }: ArgonTask,
  keyLength: number,
): Promise<Uint8Array | undefined> {
  const options = { algorithm: ALGORITHM[variant], memoryCost: cost.memoryKib, timeCost: cost.passes }
  try {
    const key = await addon?.hashRaw(password, { ...options, parallelism: 1, outputLen: keyLength, salt })
    return key && new Uint8Array(key)
  } catch {
    // A failure, such as memory that cannot be had, leaves the decision to the other implementations.
    return undefined
  }
}
