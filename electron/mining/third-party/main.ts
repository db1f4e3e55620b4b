import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { assertNever, type Result } from '../../../shared/result.ts'
import { parentLink } from '../../system/parent-link.ts'
import type { FromAdapter, ToAdapter } from './messages.ts'
import { Sandbox } from './sandbox.ts'

// The entry of a process for one adapter that did not come with the program. It may read that adapter's folder and write
// nothing, and the adapter's own program sees neither this process nor Node.
const [folder] = process.argv.slice(2)
const link = parentLink()
const sandbox = new Sandbox()

function loaded(): string | undefined {
  try {
    return sandbox.load(readFileSync(join(folder ?? '', 'adapter.js'), 'utf8'))
  } catch {
    return 'adapter.js cannot be read'
  }
}
const broken = loaded()

function answer(asked: ToAdapter): Result<unknown, string> {
  switch (asked.kind) {
    case 'routes':
      return sandbox.routes()
    case 'to-task':
      return sandbox.toTask(asked.request)
    case 'token':
      return sandbox.token(asked.path, asked.piece, asked.asked)
    case 'end':
      return sandbox.end(asked.path, { done: asked.done, request: asked.asked, facts: asked.facts })
    default:
      return assertNever(asked)
  }
}

link.onMessage((message) => {
  // Only our own host is at the other end of this pipe, and both ends ship together.
  const asked = message as ToAdapter
  const said: Result<unknown, string> = broken === undefined ? answer(asked) : { ok: false, error: broken }
  const reply: FromAdapter = said.ok
    ? { id: asked.id, ok: true, value: said.value }
    : { id: asked.id, ok: false, reason: said.error }
  link.send(reply)
})
link.onParentGone(() => process.exit(0))
