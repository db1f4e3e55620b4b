import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { BenchCase } from '../case.ts'
import { millionEpochs } from '../epochs-million.ts'

const HOST = fileURLToPath(new URL('../export-host.ts', import.meta.url))

/**
 * Memory that the host and its processes together take more at their peak than the host at rest, while a million epochs become
 * files: CSV and JSON, each to a file and as a download.
 */
export const earningsExport: BenchCase = {
  name: 'earnings-export-mib',
  unit: 'MiB',
  target: 64,
  better: 'lower',
  async run() {
    const epochs = millionEpochs()
    const host = fork(HOST, [epochs.folder, 'epochs'])
    try {
      return await new Promise<number>((resolve, reject) => {
        host.once('message', (mib) => resolve(Number(mib)))
        host.once('exit', () => reject(new Error('the host of the exports ended')))
      })
    } finally {
      host.kill('SIGKILL')
      epochs.close()
    }
  },
}
