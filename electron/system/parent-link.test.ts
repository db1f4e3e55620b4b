import { fork } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'taoforge-link-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A worker that would live for ever, and takes its time to load as one with a native library does. */
function worker(name: string): string {
  const file = join(folder, `${name}.ts`)
  writeFileSync(
    file,
    `import { parentLink } from ${JSON.stringify(new URL('./parent-link.ts', import.meta.url).href)}
     setInterval(() => undefined, 1_000)
     if (${name === 'late'}) while (process.connected) await new Promise((done) => setTimeout(done, 10))
     parentLink().onParentGone(() => process.exit(7))
     if (${name === 'early'}) process.send('listening')`,
  )
  return file
}

test.each(['early', 'late'])('a worker whose parent goes %s ends', async (name) => {
  const child = fork(worker(name), { execArgv: ['--disable-warning=ExperimentalWarning'] })
  const ended = new Promise((resolve) => child.on('exit', resolve))
  if (name === 'early') await new Promise((resolve) => child.once('message', resolve))
  child.disconnect()
  expect(await ended).toBe(7)
})
