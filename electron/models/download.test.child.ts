// One download in a process of its own, to be killed: `node download.test.child.ts <json of Download>`.
import { type Download, downloadFile } from './download.ts'

const download = JSON.parse(process.argv[2] ?? '') as Download
const done = await downloadFile(download, {
  freeBytes: async () => undefined,
  // Told to the parent, so that it can kill at any moment of a download.
  onProgress: ({ bytes, step }) => process.stdout.write(`${step} ${bytes}\n`),
  signal: new AbortController().signal,
  retryMs: 1,
  smallestShareBytes: 500_000,
  saveEveryMs: 30,
})
process.stdout.write(`${done.ok ? 'done' : done.error.code}\n`)
process.exit(done.ok ? 0 : 1)
