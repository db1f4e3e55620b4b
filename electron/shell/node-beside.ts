import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { permissionFlags } from '../system/permission-flags.ts'

/** The Node program that comes with the app, and the folder of the code that it may run. */
export interface NodeBeside {
  readonly program: string
  /** Holds `out/main/workers` and `node_modules`, outside of the archive: plain Node cannot read one. */
  readonly codeFolder: string
}

export interface Installation {
  /** Folder of the app, or its archive. */
  readonly appFolder: string
  /** Folder of what lies beside the archive; `undefined` in a checkout. */
  readonly resourcesFolder: string | undefined
  readonly platform: NodeJS.Platform
}

/** Where the installed app, or a checkout, has its Node. `undefined` when it is not there. */
export function findNodeBeside({ appFolder, resourcesFolder, platform }: Installation): NodeBeside | undefined {
  const folder = resourcesFolder ? join(resourcesFolder, 'node') : join(appFolder, 'node_modules', 'node', 'bin')
  const program = join(folder, platform === 'win32' ? 'node.exe' : 'node')
  return existsSync(program) ? { program, codeFolder: appFolder.replace(/\.asar$/, '.asar.unpacked') } : undefined
}

/** A program that starts at all does so in well under a second. */
const PROBE_LIMIT_MS = 10_000
/** Of every type that our messages use. The two ends of the pipe are different builds of V8. */
const SENT = { text: 'é', bytes: Uint8Array.of(0, 255), amount: 2n ** 80n, absent: undefined, list: [null, 0.5, true] }
const PROBE = `process.on('message', ({ sent, outside, inside }) => {
  const { permission } = process
  const may = [permission.has('fs.read', outside), permission.has('fs.write', inside), permission.has('child')]
  process.send({ sent, may: [...may, permission.has('fs.read', inside)] })
})`

/**
 * Proves on this computer that the program starts, refuses what it was not given, and understands this process.
 * Asked at each start: an app whose keys cannot be reached would be worse than one with a wall less.
 */
export function provesConfined({ program, codeFolder }: NodeBeside): Promise<boolean> {
  const child = spawn(program, [...permissionFlags(codeFolder, { mayRead: [] }), '--eval', PROBE], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: {},
    windowsHide: true,
  })
  return new Promise((resolve) => {
    const answer = (confined: boolean) => {
      clearTimeout(limit)
      child.kill('SIGKILL')
      resolve(confined)
    }
    const limit = setTimeout(() => answer(false), PROBE_LIMIT_MS)
    child.on('error', () => answer(false))
    child.on('exit', () => answer(false))
    child.on('message', (message) =>
      answer(isDeepStrictEqual(message, { sent: SENT, may: [false, false, false, true] })),
    )
    child.send({ sent: SENT, outside: dirname(codeFolder), inside: codeFolder }, () => undefined)
  })
}
