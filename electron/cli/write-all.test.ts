import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'

const script = (text: string) => `
  import { writeAll } from ${JSON.stringify(new URL('./write-all.ts', import.meta.url).href)}
  writeAll(1, ${text})
  process.exit(0)`

test('a slow reader gets all of a long text, though the process ends right after it', async () => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', script("'x'.repeat(1_000_000) + 'end'")])
  // Long enough for the pipe to be full, and for a process that does not wait to be gone.
  await new Promise((resolve) => setTimeout(resolve, 500))
  let text = ''
  child.stdout.on('data', (chunk) => {
    text += chunk
  })
  const [exit] = await once(child, 'close')
  expect([exit, text.length, text.slice(-3)]).toEqual([0, 1_000_003, 'end'])
})

test('a reader who leaves ends it without a failure', async () => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', script("'x'.repeat(1_000_000)")])
  child.stdout.destroy()
  const [exit] = await once(child, 'close')
  expect(exit).toBe(0)
})
