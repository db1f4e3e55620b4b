import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { BenchCase } from '../case.ts'
import { millionLines } from '../ledger-million.ts'

const HOST = fileURLToPath(new URL('../export-host.ts', import.meta.url))

/**
 * Memory that the host and its processes together take more at their peak than the host at rest, while a million lines become
 * files: over all files that can be asked for, one after the other, each to a file and as a download.
 */
export const ledgerExport: BenchCase = {
  name: 'ledger-export-mib',
  unit: 'MiB',
  target: 64,
  better: 'lower',
  async run() {
    const ledger = millionLines()
    const host = fork(HOST, [ledger.folder])
    try {
      return await new Promise<number>((resolve, reject) => {
        host.once('message', (mib) => resolve(Number(mib)))
        host.once('exit', () => reject(new Error('the host of the exports ended')))
      })
    } finally {
      host.kill('SIGKILL')
      ledger.close()
    }
  },
}
