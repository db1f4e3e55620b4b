import { connect, type TLSSocket } from 'node:tls'
import { err, ok, type Result } from '../../shared/result.ts'
import type { FleetLine, FleetTarget, LineFailure } from './fleet.port.ts'
import { FrameReader, writeFrame } from './frames.ts'
import { HANDSHAKE_MS, MESSAGE_MS, MOST_ANSWER_BYTES, MOST_QUESTION_BYTES } from './limits.ts'
import { freshKeyOf } from './pair-keys.ts'
import { TLS_OPTIONS } from './tls-options.ts'

const failure = (kind: LineFailure['kind'], reason: string): LineFailure => ({ kind, reason })

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'it closed the connection at once',
  EHOSTUNREACH: 'there is no way to that address',
  ENETUNREACH: 'this computer has no way to that network',
  ENOTFOUND: 'nobody knows that name',
  EAI_AGAIN: 'the name could not be looked up now',
  ETIMEDOUT: 'nothing answered in time',
}

/** A certificate where a key was asked for is somebody else, too. */
function failureOf(cause: NodeJS.ErrnoException): LineFailure {
  const code = cause.code ?? ''
  const known = REASONS[code]
  if (known !== undefined) return failure('unreachable', known)
  if (code === 'ERR_SSL_WRONG_VERSION_NUMBER' || code === 'ERR_SSL_PACKET_LENGTH_TOO_LONG')
    return failure('unreachable', 'what answers there is no Taoforge')
  if (code.startsWith('ERR_SSL') || /CERT|ISSUER/.test(code)) return failure('refused', 'the keys do not fit')
  return failure('unreachable', 'the connection failed')
}

/** Questions and answers on a connection whose other side has proved its key. */
function lineOf(socket: TLSSocket): FleetLine {
  const reader = new FrameReader(MOST_ANSWER_BYTES)
  let waiting: ((answer: Result<unknown, LineFailure>) => void) | undefined
  const settle = (answer: Result<unknown, LineFailure>) => {
    const told = waiting
    waiting = undefined
    told?.(answer)
  }
  const bad = (reason: string) => {
    settle(err(failure('bad-answer', reason)))
    socket.destroy()
  }
  socket.on('data', (piece) => {
    const messages = reader.take(piece)
    if (!messages) return bad('it sent what is no message, or one that is too long')
    const [first] = messages
    if (messages.length > 1 || (messages.length === 1 && !waiting)) return bad('it sent what nobody asked for')
    if (messages.length === 1) settle(ok(first))
  })
  socket.once('close', () => settle(err(failure('closed', 'it closed the connection'))))
  return {
    fresh: freshKeyOf(socket),
    ask: (message) =>
      new Promise((resolve) => {
        if (waiting || socket.destroyed) return resolve(err(failure('closed', 'the connection is closed')))
        const timer = setTimeout(() => bad('it took too long'), MESSAGE_MS)
        waiting = (answer) => {
          clearTimeout(timer)
          resolve(answer)
        }
        socket.write(writeFrame(message, MOST_QUESTION_BYTES))
      }),
    onClosed: (listener) => void (socket.destroyed ? listener() : socket.once('close', listener)),
    close: () => void socket.destroy(),
  }
}

/** Goes to another computer, and stays only where it proves to have the key. No certificate of whoever is taken for that. */
export function dial(
  { address, port, pair }: FleetTarget,
  signal: AbortSignal,
): Promise<Result<FleetLine, LineFailure>> {
  return new Promise((resolve) => {
    const socket = connect({
      ...TLS_OPTIONS,
      host: address,
      port,
      servername: '',
      ca: [],
      checkServerIdentity: () => new Error('certificates prove nothing here'),
      pskCallback: () => ({ identity: pair.id, psk: pair.key }),
    })
    const end = (answer: Result<FleetLine, LineFailure>) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', left)
      if (!answer.ok) socket.destroy()
      resolve(answer)
    }
    const left = () => end(err(failure('closed', 'nobody waits for it any more')))
    const timer = setTimeout(() => end(err(failure('unreachable', 'nothing answered in time'))), HANDSHAKE_MS)
    signal.addEventListener('abort', left, { once: true })
    // Stays for as long as the socket: what ends it later is told by its close.
    socket.on('error', (cause) => end(err(failureOf(cause))))
    socket.once('close', () => end(err(failure('unreachable', 'it closed the connection at once'))))
    socket.once('secureConnect', () => {
      const proved = socket.authorized && socket.isSessionReused() && socket.getProtocol() === 'TLSv1.3'
      end(proved ? ok(lineOf(socket)) : err(failure('refused', 'the keys do not fit')))
    })
    if (signal.aborted) left()
  })
}
