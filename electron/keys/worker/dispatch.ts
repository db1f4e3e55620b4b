import type { AppError } from '../../../shared/errors.ts'
import type { Result } from '../../../shared/result.ts'
import { answers, type KeysRequest, requestFrame, wipeSecrets } from '../wire.ts'
import type { SigningDesk } from './signer/signing-desk.ts'
import type { Vault } from './vault.ts'

type Reply = Result<unknown, AppError>

/** What the worker is made of. */
export interface KeysParts {
  readonly vault: Vault
  readonly desk: SigningDesk
}

function run({ vault, desk }: KeysParts, request: KeysRequest): Reply | Promise<Reply> {
  switch (request.kind) {
    case 'list':
      return vault.list()
    case 'draft':
      return vault.draft()
    case 'create':
      return vault.create(request)
    case 'import-words':
      return vault.importWords(request.name, request.words, request.password)
    case 'inspect-folder':
      return vault.inspectFolder(request.path)
    case 'import-folder':
      return vault.importFolder(request.path, request.name)
    case 'create-hotkey':
      return vault.createHotkey(request.wallet, request.name)
    case 'unlock':
      return vault.unlock(request.wallet, {
        trimmed: request.password,
        ...(request.untrimmed ? { untrimmed: request.untrimmed } : {}),
      })
    case 'sign':
      return desk.sign(request)
  }
}

/**
 * Serves the closed vocabulary. Reading and signing run at once; what writes files or holds 512 MiB runs one at a time.
 * A message that is not in the vocabulary gets no answer: whoever sent it does not speak for the host.
 */
export function serveKeys(parts: KeysParts, send: (message: unknown) => void): (message: unknown) => Promise<void> {
  let turn: Promise<unknown> = Promise.resolve()
  return async (message) => {
    const frame = requestFrame.safeParse(message)
    if (!frame.success) return
    const { id, request } = frame.data
    const work = async (): Promise<Reply> => run(parts, request)
    const atOnce = request.kind === 'list' || request.kind === 'sign' || request.kind === 'draft'
    const reply = atOnce ? work() : turn.then(work)
    turn = reply.catch(() => undefined)
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
