import type { AppError } from '../../../shared/errors.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import {
  answers,
  anyFrame,
  hostHello,
  type KeysAnswers,
  type KeysRequestKind,
  type KeysRole,
  type OpenRequest,
  PROTOCOL,
  type RequestOf,
  requestFrame,
} from '../wire.ts'
import { wipeSecrets } from '../wire-parts.ts'
import { SealingDesk } from './sealing-desk.ts'
import type { WorkMeter } from './work-meter.ts'

type Reply<K extends KeysRequestKind> = Result<KeysAnswers[K], AppError>

/** What a process of one role does; what is missing here, it refuses. */
export type RoleHandlers = {
  readonly [K in KeysRequestKind]?: (request: RequestOf<K>) => Reply<K> | Promise<Reply<K>>
}

export interface KeysParts {
  readonly role: KeysRole
  readonly handlers: RoleHandlers
  readonly meter: WorkMeter
}

/** Neither writes a file nor takes long, so it need not wait for what does. */
const AT_ONCE: ReadonlySet<KeysRequestKind> = new Set([
  'list',
  'sealing-key',
  'draft',
  'sign',
  'sign-shielded',
  'sign-order',
  'learn-runtime',
  'read-payload',
  'policy',
  'cancel-loosening',
  'audit',
  'export-audit',
  'sign-message',
  'begin-answers',
  'sign-answer',
  'end-answers',
  'verify-message',
  'word-list',
  'diagnose-words',
  'inspect-secret',
  'list-trash',
  'lock-hotkey',
  'unlocked-hotkeys',
])

async function run(handlers: RoleHandlers, request: OpenRequest): Promise<Result<unknown, AppError>> {
  // The cast: the handler under this kind takes the requests of this kind.
  const handler = handlers[request.kind] as ((request: OpenRequest) => unknown) | undefined
  if (!handler) return err({ code: 'keys/unsupported', what: `${request.kind} in this process` })
  return (await handler(request)) as Result<unknown, AppError>
}

interface Frame {
  readonly id: number
  readonly request: Result<OpenRequest, AppError>
}

/** The frame with everything in it open; `undefined` when it is not in the vocabulary. */
async function opened(desk: SealingDesk, message: unknown): Promise<Frame | undefined> {
  const any = anyFrame.safeParse(message)
  if (!any.success) return undefined
  const { id, request } = any.data
  const open = await desk.open(request)
  if (open && !open.ok) return { id, request: open }
  const frame = requestFrame.safeParse({ id, request: open ? open.value : request })
  if (frame.success) return { id, request: ok(frame.data.request) }
  if (!open) return undefined
  // Whoever sealed it knows our vocabulary, so it was changed on its way.
  wipeSecrets(open.value)
  return { id, request: err({ code: 'keys/sealed-broken' }) }
}

/** The answer, sealed where the request names a key for it. @errors keys/sealed-broken */
async function told(desk: SealingDesk, request: OpenRequest, value: unknown): Promise<Result<unknown, AppError>> {
  if (!('sealTo' in request) || request.sealTo === undefined) return ok(value)
  try {
    return ok(await desk.sealAnswer(request.kind, request.sealTo, value))
  } catch {
    return err({ code: 'keys/sealed-broken' })
  }
}

/**
 * Serves the closed vocabulary. Reading and signing run at once; what writes files or holds 512 MiB runs one at a time.
 * A message that is not in the vocabulary, or that comes before the greeting, gets no answer: whoever sent it does not
 * speak for the host.
 */
export function serveKeys(
  { role, handlers, meter }: KeysParts,
  send: (message: unknown) => void,
): (message: unknown) => Promise<void> {
  let turn: Promise<unknown> = Promise.resolve()
  let greeted = false
  const desk = new SealingDesk()
  const served: RoleHandlers = { ...handlers, 'sealing-key': async () => ok(await desk.issue()) }
  return async (message) => {
    const hello = greeted ? undefined : hostHello.safeParse(message)
    if (hello?.success) {
      greeted = hello.data.hello === PROTOCOL
      send({ hello: PROTOCOL, role })
    }
    if (!greeted) return
    const frame = await opened(desk, message)
    if (!frame) return
    if (!frame.request.ok) return send({ id: frame.id, ok: false, error: frame.request.error })
    const { id } = frame
    const request = frame.request.value
    const queued = async () => {
      meter.begin((progress) => send({ id, progress }))
      return run(served, request).finally(() => meter.end())
    }
    const reply = AT_ONCE.has(request.kind) ? run(served, request) : turn.then(queued)
    if (!AT_ONCE.has(request.kind)) turn = reply.catch(() => undefined)
    try {
      const result = await reply
      const answer = result.ok ? await told(desk, request, answers[request.kind].parse(result.value)) : result
      send(answer.ok ? { id, ok: true, value: answer.value } : { id, ok: false, error: answer.error })
    } catch {
      // A defect of ours. Its text could quote a secret, so nothing of it leaves the process.
      send({ id, ok: false, error: { code: 'keys/worker-died' } })
    } finally {
      wipeSecrets(request)
    }
  }
}
