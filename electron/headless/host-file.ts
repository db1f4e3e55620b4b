import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { get } from 'node:http'
import { join } from 'node:path'
import { z } from 'zod'

/** Tells the terminal where the running host of a data folder listens. Readable by its owner only: it has the token. */
const shape = z.object({ pid: z.number().int(), port: z.number().int(), token: z.string() })
export type HostFile = z.output<typeof shape>

const fileOf = (dataFolder: string): string => join(dataFolder, 'host.json')

export function writeHostFile(dataFolder: string, facts: HostFile): void {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  const path = fileOf(dataFolder)
  writeFileSync(`${path}.new`, JSON.stringify(facts), { mode: 0o600 })
  renameSync(`${path}.new`, path)
}

export const removeHostFile = (dataFolder: string): void => rmSync(fileOf(dataFolder), { force: true })

const healthy = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const request = get({ host: '127.0.0.1', port, path: '/healthz', timeout: 2_000 }, (response) => {
      response.resume()
      resolve(response.statusCode === 200)
    })
    request.on('error', () => resolve(false))
    request.on('timeout', () => request.destroy())
  })

/** The host that runs for this folder now; a file that a killed host left behind counts as none. */
export async function runningHost(dataFolder: string): Promise<HostFile | undefined> {
  try {
    const facts = shape.parse(JSON.parse(readFileSync(fileOf(dataFolder), 'utf8')))
    return (await healthy(facts.port)) ? facts : undefined
  } catch {
    return undefined
  }
}
