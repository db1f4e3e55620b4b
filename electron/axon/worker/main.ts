import { adapters } from '../../mining/adapters.ts'
import { parentLink } from '../../system/parent-link.ts'
import type { FromWorker, ToWorker } from '../messages.ts'
import { Outbox } from '../outbox.ts'
import { AxonWorker } from './axon-worker.ts'

// The entry of the process that the network talks to. It is told a hotkey's address, never its key.
const link = parentLink()
const outbox = new Outbox<FromWorker>((messages) => link.send(messages), setImmediate)
const worker = new AxonWorker(adapters, (message) => outbox.put(message))

async function end(): Promise<void> {
  await worker.stop()
  outbox.flush()
  process.exit(0)
}

link.onMessage((messages) => {
  // Only our own host is at the other end of this pipe, and both ends ship together.
  for (const told of messages as readonly ToWorker[]) {
    if (told.kind === 'stop') void end()
    else void worker.receive(told)
  }
})
link.onParentGone(() => process.exit(0))
