import { execFile } from 'node:child_process'
import { statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { serveDownload } from '../../../electron/headless/download-door.ts'
import { Downloads } from '../../../electron/services/downloads.ts'
import { LedgerBooks } from '../../../electron/services/ledger-books.ts'
import { LedgerBooksKeeper } from '../../../electron/services/ledger-books-keeper.ts'
import { type ExportAsk, LedgerExport } from '../../../electron/services/ledger-export.ts'
import { exportFiles } from '../../../electron/storage/export-files.ts'
import { keepNewSpaceSmall } from '../../../electron/system/heap.ts'
import { nodeClock, nodeRandom } from '../../../electron/system/node-system.ts'
import { LOT_METHODS } from '../../../shared/ledger/lots.ts'
import type { BenchCase } from '../case.ts'
import { ACCOUNTS, GENESIS, LINES, type MillionLines, millionLines } from '../ledger-million.ts'

const MIB = 1024 * 1024
const names = { walletOf: () => 'wallet', subnetOf: (of: number) => `subnet ${of}` }
const ask = (over: Pick<ExportAsk, 'what'> & Partial<ExportAsk>): ExportAsk => ({
  genesis: GENESIS,
  method: 'fifo',
  own: new Set(ACCOUNTS),
  names,
  ...over,
})
/** Every file that a window can ask for: lots and years follow the lots, by each method another way. */
const ASKS: readonly ExportAsk[] = [
  ask({ what: 'transactions' }),
  ask({ what: 'rewards' }),
  ...LOT_METHODS.flatMap((method) => [ask({ what: 'lots', method }), ask({ what: 'years', method })]),
]

const nameOf = ({ what, method }: ExportAsk): string =>
  what === 'lots' || what === 'years' ? `${what} by ${method}` : what
/** Only these, by name and with commas between them: all together take minutes. */
const ONLY = process.env['TAOFORGE_BENCH_FILES']?.split(',')

/** The peak of a moment, MiB above what was there before it. */
class Peak {
  readonly #before = process.memoryUsage.rss()
  #highest = this.#before
  readonly #watch = setInterval(() => this.look(), 5)

  look(): void {
    this.#highest = Math.max(this.#highest, process.memoryUsage.rss())
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
async function download(writer: LedgerExport, what: ExportAsk): Promise<number> {
  const downloads = new Downloads({ clock: nodeClock, random: nodeRandom })
  downloads.serve()
  const path = downloads.offer({
    name: writer.nameOf(what),
    write: async (put) => void (await writer.stream(what, put)),
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

async function worstOf({ storage, folder }: MillionLines): Promise<number> {
  const exports = exportFiles(join(folder, 'exports'))
  const books = new LedgerBooks(storage, new LedgerBooksKeeper(storage))
  const writer = new LedgerExport({ storage, exports, clock: nodeClock, books: books })
  const start = new Peak()
  for (const what of ASKS.filter((one) => ONLY?.includes(nameOf(one)) ?? true)) {
    const named = nameOf(what)
    const toFile = new Peak()
    const done = await writer.write(what)
    const fileMib = toFile.end()
    const byDoor = new Peak()
    const bytes = await download(writer, what)
    const doorMib = byDoor.end()
    if (bytes !== statSync(done.path).size) throw new Error(`${named}: the download has ${bytes} bytes`)
    if (what.what === 'transactions' && done.lines !== LINES) throw new Error(`${done.lines} lines were written`)
    process.stderr.write(
      `${named}: ${done.lines} lines, ${Math.round(bytes / MIB)} MiB, file +${Math.round(fileMib)} MiB, download +${Math.round(doorMib)} MiB\n`,
    )
  }
  return start.end()
}

/**
 * Memory that the process takes more at its peak while a million lines become files, over all files that can be asked for, one
 * after the other: each to a file, and as a download.
 */
export const ledgerExport: BenchCase = {
  name: 'ledger-export-mib',
  unit: 'MiB',
  target: 64,
  better: 'lower',
  async run() {
    // As every host does.
    keepNewSpaceSmall()
    const ledger = millionLines()
    try {
      return await worstOf(ledger)
    } finally {
      ledger.close()
    }
  },
}
