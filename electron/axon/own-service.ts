import { request } from 'node:http'
import { connect } from 'node:net'
import type { AppError } from '../../shared/errors.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { OwnService, OwnServicePort } from '../mining/own-service.port.ts'
import type { ForwardDone, ForwardTask } from '../mining/work.port.ts'

const HOST = '127.0.0.1'
/** Largest answer taken: a picture in base64 fits. */
const MOST_BYTES = 16 * 1_048_576
const REACH_MS = 2_000

const failed = ({ port }: OwnService, reason: string): Result<never, AppError> =>
  err({ code: 'mining/service-failed', port, reason })

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

interface Reply {
  readonly status: number
  readonly body: Buffer
}

/** One POST; rejects with a reason in words. */
function post({ port, path }: OwnService, body: string, signal: AbortSignal): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const bytes = Buffer.from(body)
    const headers = { 'content-type': 'application/json', 'content-length': bytes.length, accept: 'application/json' }
    const asked = request({ host: HOST, port, path, method: 'POST', headers, signal, agent: false }, (reply) => {
      const pieces: Buffer[] = []
      let size = 0
      reply.on('data', (piece: Buffer) => {
        size += piece.length
        if (size > MOST_BYTES) reply.destroy(new Error(`the answer is larger than ${MOST_BYTES} bytes`))
        else pieces.push(piece)
      })
      reply.on('end', () => resolve({ status: reply.statusCode ?? 0, body: Buffer.concat(pieces) }))
      reply.on('error', reject)
    })
    asked.on('error', reject)
    asked.end(bytes)
  })
}

/** Asks programs on this computer: fixed address, no redirects, every wait and every size has an end. */
export const ownService: OwnServicePort = {
  reach: (service) =>
    new Promise((resolve) => {
      const socket = connect({ host: HOST, port: service.port, timeout: REACH_MS })
      const end = (result: Result<null, AppError>) => {
        socket.destroy()
        resolve(result)
      }
      socket.once('connect', () => end(ok(null)))
      socket.once('timeout', () => end(failed(service, 'nothing answered')))
      socket.once('error', (cause: NodeJS.ErrnoException) => end(failed(service, cause.code ?? cause.message)))
    }),

  async send(service, { body, deadlineMs }: ForwardTask, signal): Promise<Result<ForwardDone, AppError>> {
    const startedMs = Date.now()
    const waited = AbortSignal.timeout(Math.max(1, deadlineMs - startedMs))
    try {
      const reply = await post(service, body, AbortSignal.any([signal, waited]))
      if (reply.status < 200 || reply.status > 299) return failed(service, `status ${reply.status}`)
      const text = reply.body.toString('utf8')
      if (!isJson(text)) return failed(service, 'the answer is not JSON')
      return ok({
        status: reply.status,
        contentType: 'application/json',
        body: text,
        totalMs: Date.now() - startedMs,
      })
    } catch (cause) {
      if (signal.aborted) return err({ code: 'contract/cancelled' })
      if (waited.aborted) return failed(service, 'no answer in time')
      const { code, message } = cause as NodeJS.ErrnoException
      return failed(service, code ?? message)
    }
  },
}
