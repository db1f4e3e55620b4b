import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { officialTools } from '../interop/python.ts'

export interface OfficialServer {
  readonly pid: number
  readonly port: number
  close(): void
}

const has = (python: string): boolean =>
  spawnSync(python, ['-c', 'import fastapi, uvicorn, uvloop, httptools']).status === 0

/** `http_auth` under FastAPI and uvicorn with its fast loop and parser, in a process of its own; installed on the first run. @throws where it cannot be */
export async function startOfficial(receiver: string): Promise<OfficialServer> {
  const tools = officialTools()
  if (!tools.found) throw new Error(tools.reason)
  if (!has(tools.python)) spawnSync(tools.python, ['-m', 'pip', 'install', '--quiet', 'fastapi', 'uvicorn[standard]'])
  const script = fileURLToPath(new URL('http_auth_server.py', import.meta.url))
  const server: ChildProcess = spawn(tools.python, [script, receiver], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await Promise.race([
    once(server.stdout ?? server, 'data'),
    once(server, 'exit').then(() => {
      throw new Error('the official server did not start')
    }),
  ])) as [Buffer]
  return { pid: server.pid ?? 0, port: Number(line.toString()), close: () => void server.kill() }
}
