import { assertNever, err, ok, type Result } from '../../../shared/result.ts'
import { parentLink } from '../../system/parent-link.ts'
import { readManifest, readProgram } from './adapter-folders.ts'
import type { FromAdapter, ToAdapter } from './messages.ts'
import { RequestSchemas } from './request-schemas.ts'
import { type MappedRequest, Sandbox } from './sandbox.ts'

// The entry of a process for one adapter that did not come with the program. It may read that adapter's folder and write
// nothing, and the adapter's own program sees neither this process nor Node.
const [folder = ''] = process.argv.slice(2)
const link = parentLink()
const sandbox = new Sandbox()

function loaded(): Result<RequestSchemas, string> {
  const manifest = readManifest(folder)
  if (!manifest.ok) return manifest
  const program = readProgram(folder)
  if (!program.ok) return program
  const broken = sandbox.load(program.value)
  return broken === undefined ? ok(new RequestSchemas(manifest.value)) : err(broken)
}
const schemas = loaded()

/** The program never sees a body that does not fit. */
function toTask(taken: RequestSchemas, request: MappedRequest): Result<unknown, string> {
  const wrong = taken.misfit(request.path, request.body)
  if (!wrong.ok) return wrong
  return wrong.value === undefined ? sandbox.toTask(request) : ok({ refuse: wrong.value })
}

function answer(taken: RequestSchemas, asked: ToAdapter): Result<unknown, string> {
  switch (asked.kind) {
    case 'routes':
      return sandbox.routes()
    case 'to-task':
      return toTask(taken, asked.request)
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
  const said: Result<unknown, string> = schemas.ok ? answer(schemas.value, asked) : schemas
  const reply: FromAdapter = said.ok
    ? { id: asked.id, ok: true, value: said.value }
    : { id: asked.id, ok: false, reason: said.error }
  link.send(reply)
})
link.onParentGone(() => process.exit(0))
