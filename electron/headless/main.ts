import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { AppError } from '../../shared/errors.ts'
import { explainError } from '../../shared/words/explain-error.ts'
import { createHost, type Host } from '../host/create-host.ts'
import { storageError } from '../host/explainer.ts'
import { buildNodePorts, sourceResources } from '../node-ports.ts'
import { StorageFailure } from '../storage/storage.port.ts'
import { defaultDataFolder } from '../system/data-folder.ts'
import { keepNewSpaceSmall } from '../system/heap.ts'
import { nodeSpawn } from '../system/node-spawn.ts'
import { HEADLESS_HELP, type HeadlessArguments, headlessArguments } from './arguments.ts'
import { ensureBuilt, rendererFolder } from './ensure-built.ts'
import { removeHostFile, runningHost, writeHostFile } from './host-file.ts'
import { hasScreen, openBrowser } from './open-browser.ts'
import { type Served, serveHost } from './serve.ts'

const say = (line: string) => void process.stderr.write(`${line}\n`)

/** One JSON line for whoever started us, and the same in words for a person. */
function refuse(error: AppError): never {
  const { what, why, next } = explainError(error)
  say(`${what} ${why} ${next}`)
  process.stdout.write(`${JSON.stringify({ ok: false, error })}\n`)
  process.exit(1)
}

const version = (): string =>
  (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }).version

async function openHost(dataFolder: string, wanted: HeadlessArguments): Promise<Host> {
  try {
    return createHost(
      await buildNodePorts({
        kind: 'headless',
        version: version(),
        dataFolder,
        spawn: nodeSpawn,
        resourcesFolder: sourceResources,
        practice: { blockMs: wanted.blockMs, seed: wanted.seed, rootHoldBlocks: wanted.rootHoldBlocks },
      }),
    )
  } catch (cause) {
    if (!(cause instanceof StorageFailure)) throw cause
    return refuse(storageError(cause))
  }
}

async function listen(host: Host, port: number): Promise<Served> {
  try {
    return await serveHost(host, rendererFolder, port)
  } catch (cause) {
    const taken = (cause as { code?: string }).code === 'EADDRINUSE'
    await host.close()
    if (!taken) throw cause
    return refuse({ code: 'mining/port-taken', port })
  }
}

async function main(): Promise<void> {
  const parsed = headlessArguments(process.argv.slice(2))
  if (!parsed.ok) return refuse({ code: 'contract/bad-input', issues: [parsed.error] })
  const wanted = parsed.value
  if (wanted.help) return void process.stdout.write(HEADLESS_HELP)
  const dataFolder = resolve(wanted.data ?? defaultDataFolder())
  if (await runningHost(dataFolder)) return refuse({ code: 'host/data-folder-in-use', path: dataFolder })

  await ensureBuilt(say)
  const host = await openHost(dataFolder, wanted)
  const served = await listen(host, wanted.port)
  writeHostFile(dataFolder, { pid: process.pid, port: served.port, token: served.token })

  let ending = false
  const end = async () => {
    if (ending) return
    ending = true
    removeHostFile(dataFolder)
    await served.close()
    await host.close()
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end())

  // The page is usable while the chain still connects: it says what it waits for.
  const started = host.start(wanted.network)
  process.stdout.write(`${JSON.stringify({ url: served.url, token: served.token })}\n`)
  if (wanted.open && hasScreen()) openBrowser(served.url)
  await started
}

keepNewSpaceSmall()
await main()
