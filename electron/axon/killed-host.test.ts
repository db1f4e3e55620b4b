import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { ask, CHAT_BODY, freshNonce, MINER, send, signedHeaders, VALIDATOR } from '../../test/support/axon-harness.ts'

// Host and request server as processes of their own: what one of them has answered, the next must not answer again.
const HOST = fileURLToPath(new URL('../../test/support/miner-host.ts', import.meta.url))

let child: ChildProcess | undefined
async function start(): Promise<string> {
  const host = spawn(process.execPath, [HOST, MINER.address, VALIDATOR.address], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  child = host
  const [url] = (await once(createInterface({ input: host.stdout }), 'line')) as [string]
  return url
}
async function kill(): Promise<void> {
  if (!child || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}
afterEach(kill)

test('what a host answered before kill -9 is refused after its next start, also what was signed ahead of time', async () => {
  const first = await start()
  // A host refuses what was signed before it started, so its first answer comes some seconds later.
  while ((await ask(first)).status !== 200) await new Promise((resolve) => setTimeout(resolve, 100))
  const requests = [0, 1_500].map((aheadMs) => signedHeaders({ nonceNs: freshNonce(aheadMs) }))
  const sendAll = async (url: string) => {
    const answers = await Promise.all(requests.map((headers) => send(url, { headers, body: CHAT_BODY })))
    return answers.map(({ status, json }) => (status === 200 ? 200 : json().error?.code))
  }
  expect(await sendAll(first)).toEqual([200, 200])
  expect(await sendAll(first)).toEqual(['ReplayedRequest', 'ReplayedRequest'])
  await kill()
  const second = await start()
  expect(await sendAll(second)).toEqual(['StaleRequest', 'StaleRequest'])
  while ((await ask(second)).status !== 200) await new Promise((resolve) => setTimeout(resolve, 100))
  expect(await sendAll(second)).toEqual(['StaleRequest', 'StaleRequest'])
})
