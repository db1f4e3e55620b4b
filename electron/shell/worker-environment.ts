import type { WorkerOptions } from '../system/spawn.port.ts'

/** What the desktop hands on; the rest of the environment (proxies, Node switches, tokens) is nobody's business. */
const HANDED_ON = [
  'PATH',
  'HOME',
  'USERPROFILE',
  'SystemRoot',
  'TEMP',
  'TMPDIR',
  'LANG',
  'LD_LIBRARY_PATH',
  'CUDA_VISIBLE_DEVICES',
]

export function environmentFor(options: WorkerOptions): Record<string, string> {
  const handed = HANDED_ON.flatMap((name) => {
    const value = process.env[name]
    return value === undefined ? [] : [[name, value] as const]
  })
  return { ...Object.fromEntries(handed), ...options.env }
}
