import type { ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { WorkerHandle } from './spawn.port.ts'

/** A worker that is a child process of Node, with a channel for structured clones. */
export function handleOf(child: ChildProcess, onLine?: (line: string) => void): WorkerHandle {
  let gone = false
  const exits = new Set<(code: number | null) => void>()
  const end = (code: number | null) => {
    if (gone) return
    gone = true
    for (const listener of exits) listener(code)
  }
  child.on('exit', end)
  child.on('error', () => end(null))
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on('line', (line) => onLine?.(line))
  }
  return {
    pid: child.pid,
    send: (message) => {
      // The callback form swallows EPIPE of a dying child; its exit is reported by `onExit`.
      if (child.connected) child.send(message as object, () => undefined)
    },
    onMessage: (listener) => {
      child.on('message', listener)
      return () => void child.off('message', listener)
    },
    onExit: (listener) => {
      if (gone) queueMicrotask(() => listener(child.exitCode))
      exits.add(listener)
      return () => void exits.delete(listener)
    },
    kill: () => void child.kill('SIGKILL'),
  }
}
