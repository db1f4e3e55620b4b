import { statfs } from 'node:fs/promises'
import { createServer } from 'node:net'
import { dirname } from 'node:path'
import type { MachinePort } from './machine.port.ts'

/** A folder that is not there yet has the space of the one above it. */
async function freeBytes(folder: string): Promise<number | undefined> {
  const found = await statfs(folder).catch(() => undefined)
  if (found) return found.bavail * found.bsize
  const above = dirname(folder)
  return above === folder ? undefined : freeBytes(above)
}

const isPortFree = (port: number, host: string): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)))
  })

export const nodeMachine: MachinePort = { freeBytes, isPortFree }
