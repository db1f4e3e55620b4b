import { parentLink } from '../system/parent-link.ts'
import { BadArgument, readArguments } from './arguments.ts'
import { JournalError } from './node/journal.ts'
import { FolderInUse } from './node/open-chain.ts'
import { createRuntime } from './runtime/create-runtime.ts'
import { CHAT_NETUIDS, PRACTICE_VALIDATOR } from './seed/accounts.ts'
import { devKey } from './signing/dev-key.ts'
import { type Network, startNetwork } from './start-network.ts'
import { startValidator } from './validator/practice-validator.ts'

const line = (value: object): string => `${JSON.stringify(value)}\n`

/** One line for whoever started us, then the end: nothing half-started stays. */
function fail(error: unknown): void {
  process.stdout.write(line({ error: reasonOf(error) }), () => process.exit(1))
}

function reasonOf(error: unknown): { code: string; message: string } {
  const message = error instanceof Error ? error.message : String(error)
  if (error instanceof BadArgument) return { code: 'practice/bad-argument', message }
  if (error instanceof FolderInUse) return { code: 'practice/folder-in-use', message }
  if (error instanceof JournalError) return { code: `practice/${error.code}`, message }
  switch ((error as NodeJS.ErrnoException | null)?.code) {
    case 'EADDRINUSE':
      return { code: 'practice/port-taken', message: 'the port is taken; choose another one or 0' }
    case 'ENOSPC':
      return { code: 'practice/disk-full', message: 'the disk of the data folder is full' }
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return { code: 'practice/no-access', message }
    default:
      return { code: 'practice/failed', message }
  }
}

/** Bugs are told on stderr, one line each, and do not stop the chain. */
function onFault(error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  process.stderr.write(line({ fault: text }))
}

async function open(): Promise<{ network: Network; stopValidator: () => void }> {
  const { port, blockMs, folder, seed, validator, limitOrders, rootHoldBlocks } = readArguments(process.argv.slice(2))
  const network = await startNetwork({
    runtime: createRuntime(),
    port,
    blockMs,
    onFault,
    onFailure: fail,
    limitOrders,
    rootHoldBlocks,
    ...(folder === undefined ? {} : { folder }),
    ...(seed === undefined ? {} : { seed }),
  })
  if (!validator) return { network, stopValidator: () => undefined }
  const key = devKey(PRACTICE_VALIDATOR.hotkeyUri)
  return { network, stopValidator: startValidator({ node: network.node, key, netuids: CHAT_NETUIDS, onFault }) }
}

async function main(): Promise<void> {
  const link = parentLink()
  const { network, stopValidator } = await open()
  const { ws, genesis, spec } = network
  const end = (): void => {
    stopValidator()
    // A slow reader must not keep us alive.
    setTimeout(() => process.exit(0), 1_000).unref()
    network.close().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
  link.onParentGone(end)
  link.send({ kind: 'ready', ws, genesis, spec })
  process.stdout.write(line({ ws, genesis, spec }))
}

main().catch(fail)
