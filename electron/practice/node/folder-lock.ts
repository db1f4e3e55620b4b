import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** One process per data folder. The system drops the lock with the process, however it ends. */
export interface FolderLock {
  release(): void
}

/** A socket and not a file with a process number: that number may belong to someone else after a crash. */
function addressOf(folder: string): string {
  const name = createHash('sha256').update(resolve(folder)).digest('hex').slice(0, 24)
  return process.platform === 'win32'
    ? `\\\\.\\pipe\\taoforge-practice-${name}`
    : join(tmpdir(), `taoforge-${name}.sock`)
}

function listen(address: string): Promise<Server> {
  return new Promise((resolveServer, reject) => {
    const server = createServer((socket) => socket.destroy())
    server.once('error', reject)
    server.listen(address, () => resolveServer(server.unref()))
  })
}

const answers = (address: string): Promise<boolean> =>
  new Promise((resolveAnswer) => {
    const socket = connect(address, () => {
      socket.destroy()
      resolveAnswer(true)
    })
    socket.once('error', () => resolveAnswer(false))
  })

/** @returns `undefined` when another living process has the folder. */
export async function lockFolder(folder: string): Promise<FolderLock | undefined> {
  const address = addressOf(folder)
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      const server = await listen(address)
      return { release: () => void server.close() }
    } catch {
      if (await answers(address)) return undefined
      // Left behind by a process that was killed: nobody listens.
      if (process.platform !== 'win32') rmSync(address, { force: true })
    }
  }
  return undefined
}
