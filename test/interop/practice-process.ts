import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import WebSocket from 'ws'
import { programPath } from '../support/programs.ts'

const ENTRY = programPath('electron/practice/main.ts')

export interface PracticeProcess {
  readonly ws: string
  readonly genesis: string
  readonly pid: number
  /** One JSON-RPC call on a connection of its own. */
  rpc(method: string, ...params: readonly unknown[]): Promise<unknown>
  /** Ends it as a crash would. */
  kill(): Promise<void>
}

export interface FirstLine {
  readonly ws?: string
  readonly genesis?: string
  readonly spec?: number
  readonly error?: { readonly code: string; readonly message: string }
}

/** The practice network as a user starts it. @returns its first line and the process. */
export async function startPractice(args: readonly string[]) {
  const child = spawn(process.execPath, [ENTRY, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  const errors: string[] = []
  createInterface({ input: child.stderr }).on('line', (line) => errors.push(line))
  const exited = once(child, 'exit')
  const [text] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  return { child, exited, errors, line: JSON.parse(text) as FirstLine }
}

export async function practice(args: readonly string[]): Promise<PracticeProcess> {
  const { child, exited, line } = await startPractice(['--port', '0', '--block-ms', '250', ...args])
  const { ws, genesis } = line
  if (ws === undefined || genesis === undefined) throw new Error(JSON.stringify(line))
  const rpc = async (method: string, ...params: readonly unknown[]): Promise<unknown> => {
    const socket = new WebSocket(ws)
    await once(socket, 'open')
    socket.send(JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }))
    const [data] = (await once(socket, 'message')) as [Buffer]
    socket.close()
    const { result, error } = JSON.parse(data.toString()) as { result?: unknown; error?: { message: string } }
    if (error) throw new Error(`${method}: ${JSON.stringify(error)}`)
    return result
  }
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL')
    await exited
  }
  return { ws, genesis, pid: child.pid ?? 0, rpc, kill }
}
