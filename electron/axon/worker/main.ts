import { adapters } from '../../mining/adapters.ts'
import { parentLink } from '../../system/parent-link.ts'
import type { FromWorker, ToWorker } from '../messages.ts'
import { AxonWorker } from './axon-worker.ts'

// The entry of the process that the network talks to. It is told a hotkey's address, never its key.
const link = parentLink()
const worker = new AxonWorker(adapters, (message: FromWorker) => link.send(message))

link.onMessage((message) => {
  // Only our own host is at the other end of this pipe, and both ends ship together.
  const told = message as ToWorker
  if (told.kind === 'stop') void worker.stop().then(() => process.exit(0))
  else void worker.receive(told)
})
link.onParentGone(() => process.exit(0))
