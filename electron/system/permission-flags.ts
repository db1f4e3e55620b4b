import type { WorkerOptions } from './spawn.port.ts'

/**
 * Node's permission model, used where the caller names folders; the program's own may always be read. Child processes
 * and threads are then refused, too, and addons unless the worker needs one; that one has to close the door behind it.
 * The warning says nothing more than that.
 */
export function permissionFlags(codeFolder: string, options: WorkerOptions): readonly string[] {
  if (!options.mayRead && !options.mayWrite) return []
  const reads = [codeFolder, ...(options.mayRead ?? []), ...(options.mayWrite ?? [])]
  return [
    '--permission',
    ...(options.mayLoadAddons ? ['--allow-addons', '--disable-warning=PERM0001'] : []),
    ...reads.map((path) => `--allow-fs-read=${path}`),
    ...(options.mayWrite ?? []).map((path) => `--allow-fs-write=${path}`),
  ]
}
