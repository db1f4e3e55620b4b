// `npm run demo`: the whole journey on a fresh practice network, with the real host, workers, sockets and model.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ensureBuilt, rendererFolder } from '../headless/ensure-built.ts'
import { openBrowser } from '../headless/open-browser.ts'
import { serveHost } from '../headless/serve.ts'
import { createHost } from '../host/create-host.ts'
import { buildNodePorts, sourceResources } from '../node-ports.ts'
import { keepNewSpaceSmall } from '../system/heap.ts'
import { nodeSpawn } from '../system/node-spawn.ts'
import { DemoFailure, DemoJourney } from './demo-journey.ts'
import { socketAsker } from './socket-asker.ts'
import { typedClient } from './typed-client.ts'

/** An epoch is 20 blocks: at this pace one takes 8 s, and a request of the validator fits many times into it. */
const BLOCK_MS = 400

const OPTIONS = { json: { type: 'boolean', default: false }, open: { type: 'boolean', default: false } } as const

function wanted() {
  try {
    return parseArgs({ options: OPTIONS }).values
  } catch (cause) {
    const issues = [cause instanceof Error ? cause.message : String(cause), 'The options are --json and --open.']
    process.stdout.write(`${JSON.stringify({ ok: false, error: { code: 'contract/bad-input', issues } })}\n`)
    process.exit(1)
  }
}
const values = wanted()
const say = (line: string) => {
  if (!values.json) process.stdout.write(`${line}\n`)
}

async function demo(folder: string): Promise<() => Promise<void>> {
  const began = performance.now()
  if (values.open) await ensureBuilt(say)
  const host = createHost(
    await buildNodePorts({
      kind: 'headless',
      version: 'demo',
      dataFolder: folder,
      spawn: nodeSpawn,
      resourcesFolder: sourceResources,
      practice: { blockMs: BLOCK_MS },
    }),
  )
  const served = await serveHost(host, rendererFolder, 0)
  const close = async () => {
    await served.close()
    await host.close()
  }
  try {
    const selected = await host.services.network.select({ kind: 'practice' })
    if (!selected.ok) throw new DemoFailure('practice network', selected.error)
    say(
      `Practice network at ${selected.value.endpoint ?? 'unknown'}, block ${selected.value.best?.number ?? 'unknown'}.`,
    )
    const asker = await socketAsker({ pid: process.pid, port: served.port, token: served.token })
    const result = await new DemoJourney(typedClient(asker), say).play()
    await asker.close()
    const seconds = Math.round((performance.now() - began) / 100) / 10
    if (values.json) process.stdout.write(`${JSON.stringify({ ...result, seconds })}\n`)
    else
      say(
        `Done in ${seconds} s: ${result.requestsServed} requests served, half of them within ${result.latencyP50Ms} ms.`,
      )
  } catch (cause) {
    await close()
    throw cause
  }
  if (values.open) {
    say(`The app stays open at ${served.url} (Ctrl C ends it).`)
    openBrowser(served.url)
  }
  return close
}

keepNewSpaceSmall()
const folder = mkdtempSync(join(tmpdir(), 'taoforge-demo-'))
const clean = () => rmSync(folder, { recursive: true, force: true })
try {
  const close = await demo(folder)
  if (values.open) await new Promise<void>((resolve) => process.once('SIGINT', resolve))
  await close()
  clean()
  process.exit(0)
} catch (cause) {
  clean()
  const error =
    cause instanceof DemoFailure ? { step: cause.step, ...cause.error } : { code: 'internal', reason: String(cause) }
  process.stdout.write(
    `${JSON.stringify({ ok: false, error }, (_key, v) => (typeof v === 'bigint' ? v.toString() : v))}\n`,
  )
  process.exit(1)
}
