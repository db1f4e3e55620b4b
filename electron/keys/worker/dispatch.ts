import type { AppError } from '../../../shared/errors.ts'
import { err, type Result } from '../../../shared/result.ts'
import {
  answers,
  hostHello,
  type KeysAnswers,
  type KeysRequest,
  type KeysRequestKind,
  type KeysRole,
  PROTOCOL,
  type RequestOf,
  requestFrame,
} from '../wire.ts'
import { wipeSecrets } from '../wire-parts.ts'
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
  'verify-message',
  'word-list',
  'diagnose-words',
  'inspect-secret',
  'list-trash',
  'lock-hotkey',
  'unlocked-hotkeys',
])

async function run(handlers: RoleHandlers, request: KeysRequest): Promise<Result<unknown, AppError>> {
  // The cast: the handler under this kind takes the requests of this kind.
  const handler = handlers[request.kind] as ((request: KeysRequest) => unknown) | undefined
  if (!handler) return err({ code: 'keys/unsupported', what: `${request.kind} in this process` })
  return (await handler(request)) as Result<unknown, AppError>
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
  return async (message) => {
    const hello = greeted ? undefined : hostHello.safeParse(message)
    if (hello?.success) {
      greeted = hello.data.hello === PROTOCOL
      send({ hello: PROTOCOL, role })
    }
    const frame = requestFrame.safeParse(message)
    if (!greeted || !frame.success) return
    const { id, request } = frame.data
    const queued = async () => {
      meter.begin((progress) => send({ id, progress }))
      return run(handlers, request).finally(() => meter.end())
    }
    const reply = AT_ONCE.has(request.kind) ? run(handlers, request) : turn.then(queued)
    if (!AT_ONCE.has(request.kind)) turn = reply.catch(() => undefined)
    try {
      const result = await reply
      if (!result.ok) send({ id, ok: false, error: result.error })
      else send({ id, ok: true, value: answers[request.kind].parse(result.value) })
    } catch {
      // A defect of ours. Its text could quote a secret, so nothing of it leaves the process.
      send({ id, ok: false, error: { code: 'keys/worker-died' } })
    } finally {
      wipeSecrets(request)
    }
  }
}
