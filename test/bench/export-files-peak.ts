import { execFile } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { serveDownload } from '../../electron/headless/download-door.ts'
import { Downloads } from '../../electron/services/downloads.ts'
import { LedgerExport } from '../../electron/services/ledger-export.ts'
import { exportFiles } from '../../electron/storage/export-files.ts'
import type { FileAsk } from '../../electron/storage/ledger-files.port.ts'
import { ledgerFiles } from '../../electron/storage/ledger-files.ts'
import { nodeSpawn } from '../../electron/system/node-spawn.ts'
import { nodeClock, nodeRandom } from '../../electron/system/node-system.ts'
import type { SpawnPort } from '../../electron/system/spawn.port.ts'
import type { ExportAsk } from '../../shared/ledger/export-text.ts'
import { LOT_METHODS } from '../../shared/ledger/lots.ts'
import { EPOCH_FILES, ROWS } from './epochs-million.ts'
import { ACCOUNTS, GENESIS, LINES } from './ledger-million.ts'

const MIB = 1024 * 1024
const walletNames = new Map(ACCOUNTS.map((account) => [account, 'wallet']))
const subnetNames = new Map(Array.from({ length: 64 }, (_, netuid) => [netuid, `subnet ${netuid}`]))
const ask = (over: Pick<ExportAsk, 'what'> & Partial<ExportAsk>): ExportAsk => ({
  genesis: GENESIS,
  method: 'fifo',
  own: ACCOUNTS,
  walletNames,
  subnetNames,
  ...over,
})
/** Every file that a window can ask for: lots and years follow the lots, by each method another way. */
const ASKS: readonly ExportAsk[] = [
  ask({ what: 'transactions' }),
  ask({ what: 'rewards' }),
  ...LOT_METHODS.flatMap((method) => [ask({ what: 'lots', method }), ask({ what: 'years', method })]),
]

const nameOf = (of: FileAsk): string =>
  of.what === 'epochs'
    ? `epochs as ${of.format}`
    : of.what === 'lots' || of.what === 'years'
      ? `${of.what} by ${of.method}`
      : of.what
/** Only these, by name and with commas between them: all together take minutes. */
const ONLY = process.env['TAOFORGE_BENCH_FILES']?.split(',')

/** Processes beside this one that make files at the moment. */
const beside = new Set<number>()
const watched: SpawnPort = {
  start(name, options) {
    const worker = nodeSpawn.start(name, options)
    const { pid } = worker
    if (pid === undefined) return worker
    beside.add(pid)
    worker.onExit(() => beside.delete(pid))
    return worker
  },
}

/** Bytes of the memory of a process by these names; 0 where it is gone. */
function taken(pid: number, names: readonly string[]): number {
  try {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
    const kib = names.map((name) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0))
    return kib.reduce((sum, of) => sum + of, 0) * 1024
  } catch {
    return 0
  }
}
/** Of the program itself (Node and SQLite, files that both map) only what nobody else has in memory is counted. */
const takenByAll = (): number =>
  taken(process.pid, ['Anonymous']) +
  [...beside].reduce((sum, pid) => sum + taken(pid, ['Anonymous', 'Private_Clean']), 0)

/** The peak of a moment, of this process and of those beside it together: MiB above what was there before it. */
class Peak {
  readonly #before = takenByAll()
  #highest = this.#before
  readonly #watch = setInterval(() => this.look(), 25)

  look(): void {
    this.#highest = Math.max(this.#highest, takenByAll())
  }
  end(): number {
    this.look()
    clearInterval(this.#watch)
    return (this.#highest - this.#before) / MIB
  }
}

const run = promisify(execFile)
/** Reads an address to its end and says how many bytes came: in a process of its own, whose memory is not ours. */
const BROWSER = `let bytes = 0
for await (const chunk of (await fetch(process.argv[1])).body) bytes += chunk.length
process.stdout.write(String(bytes))`

/** As a browser fetches it, through the door that serves it. @returns bytes */
async function download(writer: LedgerExport, what: FileAsk): Promise<number> {
  const downloads = new Downloads({ clock: nodeClock, random: nodeRandom })
  downloads.serve()
  const path = downloads.offer({
    name: writer.nameOf(what),
    write: async (put) => {
      const sent = await writer.stream(what, { put })
      if (!sent.ok) throw new Error(sent.error.code)
    },
  })
  const server = createServer(({ url = '' }, response) => void serveDownload(downloads, { url, headers: {} }, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  try {
    const { stdout } = await run(process.execPath, [
      '--input-type=module',
      '-e',
      BROWSER,
      `http://127.0.0.1:${port}${path}`,
    ])
    return Number(stdout)
  } finally {
    server.close()
  }
}

/**
 * The worst of all files, one after the other, from a data folder that has the million lines: above what was taken right before it, or
 * above what was taken at first, whichever is more. MiB.
 */
export async function worstOf(folder: string, of: 'ledger' | 'epochs'): Promise<number> {
  const exports = exportFiles(join(folder, 'exports'))
  const files = ledgerFiles({ spawn: watched, dataFolder: folder })
  const writer = new LedgerExport({ files, exports, clock: nodeClock })
  const start = new Peak()
  let worst = 0
  const asks: readonly FileAsk[] = of === 'epochs' ? EPOCH_FILES : ASKS
  for (const what of asks.filter((one) => ONLY?.includes(nameOf(one)) ?? true)) {
    const named = nameOf(what)
    const toFile = new Peak()
    const written = await writer.write(what)
    if (!written.ok) throw new Error(written.error.code)
    const done = written.value
    const fileMib = toFile.end()
    const byDoor = new Peak()
    const bytes = await download(writer, what)
    const doorMib = byDoor.end()
    worst = Math.max(worst, fileMib, doorMib)
    if (bytes !== statSync(done.path).size) throw new Error(`${named}: the download has ${bytes} bytes`)
    if (what.what === 'transactions' && done.lines !== LINES) throw new Error(`${done.lines} lines were written`)
    if (what.what === 'epochs' && done.lines !== ROWS) throw new Error(`${done.lines} lines were written`)
    process.stderr.write(
      `${named}: ${done.lines} lines, ${Math.round(bytes / MIB)} MiB, file +${Math.round(fileMib)} MiB, download +${Math.round(doorMib)} MiB\n`,
    )
  }
  return Math.max(worst, start.end())
}
