import { createInterface } from 'node:readline'
import { deriveKey } from '../../electron/keys/worker/nacl-keyfile.ts'
import { loadArgonThenNoMore } from '../../electron/keys/worker/native-argon.ts'

// Derives the key of a `$NACL` file at each line, as the keys worker does. Answers: ms of processor time, key in hex.
loadArgonThenNoMore()
process.stdout.write('ready\n')
for await (const _line of createInterface({ input: process.stdin })) {
  const before = process.cpuUsage()
  const key = await deriveKey(new TextEncoder().encode('testpassword'))
  if (!key.ok) throw new Error(key.error.code)
  const { user, system } = process.cpuUsage(before)
  process.stdout.write(`${(user + system) / 1000} ${Buffer.from(key.value).toString('hex')}\n`)
}
