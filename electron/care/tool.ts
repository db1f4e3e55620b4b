import { type ChildProcess, spawn } from 'node:child_process'
import type { WhyUnknown } from '../../shared/care/readings.ts'

export type ToolAnswer =
  | { readonly ok: true; readonly text: string; readonly exit: number | null }
  | { readonly ok: false; readonly why: WhyUnknown }

export interface ToolOptions {
  readonly command: string
  readonly args: readonly string[]
  /** Default: that of this process. */
  readonly env?: NodeJS.ProcessEnv | undefined
  readonly limitMs: number
}

/** More than any of our questions is answered with. */
const MOST_BYTES = 64 * 1024

/**
 * A program that is asked again and again. A driver that hangs can leave it waiting in the kernel, where no signal reaches it: an answer is
 * then given without it, and no second one is started before the first is gone.
 */
export class Tool {
  readonly #options: ToolOptions
  #running: ChildProcess | undefined

  constructor(options: ToolOptions) {
    this.#options = options
  }

  ask(): Promise<ToolAnswer> {
    if (this.#running) return Promise.resolve({ ok: false, why: 'no-answer' })
    const { command, args, env = process.env, limitMs } = this.#options
    // Tools speak the user's language, and write numbers its way, unless told otherwise.
    const child = spawn(command, args, {
      env: { ...env, LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'ignore'],
      windowsHide: true,
    })
    this.#running = child
    return new Promise((resolve) => {
      let text = ''
      const end = (answer: ToolAnswer) => {
        clearTimeout(timer)
        resolve(answer)
      }
      const kill = () => {
        child.kill('SIGKILL')
        child.stdout.destroy()
        child.unref()
        end({ ok: false, why: 'no-answer' })
      }
      const timer = setTimeout(kill, limitMs)
      const gone = () => {
        if (this.#running === child) this.#running = undefined
      }
      child.stdout.setEncoding('utf8').on('data', (piece: string) => {
        text += piece
        if (text.length > MOST_BYTES) kill()
      })
      child.on('error', (cause: NodeJS.ErrnoException) => {
        gone()
        end({ ok: false, why: cause.code === 'EACCES' || cause.code === 'EPERM' ? 'not-permitted' : 'no-tool' })
      })
      child.on('exit', gone)
      child.on('close', (exit) => end({ ok: true, text, exit }))
    })
  }
}
