import { flushCompileCache } from 'node:module'
import { epochsText } from '../../../shared/earnings/epochs-file.ts'
import { exportText } from '../../../shared/ledger/export-text.ts'
import { parentLink } from '../../system/parent-link.ts'
import type { FileAsk } from '../ledger-files.port.ts'
import { storageFailure } from '../open-database.ts'
import { type FromExporter, TEXTS_AHEAD, type ToExporter } from './messages.ts'
import { epochReader } from './read-epochs.ts'
import { ledgerReader } from './read-ledger.ts'

// The entry of a process that makes one file of the ledger and ends: the lots of a million lines are in its memory, and go with
// it. It reads the data folder and writes nothing; the host takes the text.
const [folder] = process.argv.slice(2)
/** Sent at once; small enough to be no matter, large enough to be few messages. */
const CHUNK_CHARS = 16 * 1024

const link = parentLink()
const send = (message: FromExporter): void => link.send(message)
let credit = TEXTS_AHEAD
let wake = (): void => undefined

async function mayBeTaken(): Promise<void> {
  if (credit === 0)
    await new Promise<void>((resolve) => {
      wake = resolve
    })
  credit -= 1
}

/** @returns what ends the file, which is no line of it */
function* textOf(of: string, ask: FileAsk): Generator<string, string> {
  if (ask.what === 'epochs') return yield* epochsText(ask, epochReader(of, ask.genesis))
  yield* exportText(ask, ledgerReader(of, ask.genesis))
  return ''
}

async function write(of: string, ask: FileAsk): Promise<void> {
  let waiting = ''
  // The head is no line.
  let lines = -1
  const texts = textOf(of, ask)
  let next = texts.next()
  for (; !next.done; next = texts.next()) {
    waiting += next.value
    lines += 1
    if (waiting.length < CHUNK_CHARS) continue
    await mayBeTaken()
    send({ kind: 'text', text: waiting })
    waiting = ''
  }
  waiting += next.value
  if (waiting !== '') send({ kind: 'text', text: waiting })
  send({ kind: 'done', lines })
}

// Where the sources run as they are, turning them into programs takes 17 MiB: as much as half of all lots. Whoever is started
// without a folder does that alone, and keeps the result for the next.
flushCompileCache()
if (folder === undefined) process.exit(0)

link.onMessage((message) => {
  const asked = message as ToExporter
  if (asked.kind === 'more') {
    credit += 1
    wake()
    return
  }
  write(folder, asked.ask).catch((cause: unknown) => {
    const { kind, path, message: reason } = storageFailure(folder, cause)
    send({ kind: 'failed', failure: { kind, path, message: reason } })
  })
})
link.onParentGone(() => process.exit(0))
