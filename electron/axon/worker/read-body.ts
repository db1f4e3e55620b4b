import type { IncomingMessage } from 'node:http'
import { err, ok, type Result } from '../../../shared/result.ts'
import { REFUSALS, type Refusal } from './refusal.ts'

/** The connection ended before the body was whole; nobody is left to answer. */
export type BodyError = Refusal | 'gone'

let turn: Promise<void> | undefined
/** The end of this turn of the event loop, the same for everybody: by then Node has read what came with the head. */
function endOfTurn(): Promise<void> {
  turn ??= new Promise((resolve) => {
    setImmediate(() => {
      turn = undefined
      resolve()
    })
  })
  return turn
}

/**
 * The raw body, never more than `limit` bytes of it in memory.
 * @param waitMs  ms until the last byte must have come
 */
export async function readBody(
  request: IncomingMessage,
  limit: number,
  waitMs: number,
): Promise<Result<Uint8Array, BodyError>> {
  const declared = Number(request.headers['content-length'] ?? 0)
  if (declared > limit) return err(REFUSALS.tooLarge)
  // Most bodies come in one packet with their head: nothing need be waited for, and no timer be set.
  await endOfTurn()
  if (request.destroyed) return err('gone')
  if (!request.complete) return waitForBody(request, limit, waitMs)
  const whole: Buffer = request.read() ?? Buffer.alloc(0)
  return whole.length > limit ? err(REFUSALS.tooLarge) : ok(whole)
}

function waitForBody(request: IncomingMessage, limit: number, waitMs: number): Promise<Result<Uint8Array, BodyError>> {
  return new Promise((resolve) => {
    const pieces: Buffer[] = []
    let size = 0
    const end = (result: Result<Uint8Array, BodyError>) => {
      clearTimeout(timer)
      request.off('data', take)
      resolve(result)
    }
    const take = (piece: Buffer) => {
      size += piece.length
      if (size > limit) return end(err(REFUSALS.tooLarge))
      pieces.push(piece)
    }
    const timer = setTimeout(() => end(err(REFUSALS.slowBody)), waitMs)
    request.on('data', take)
    request.once('end', () => end(ok(pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces))))
    request.once('error', () => end(err('gone')))
    request.once('close', () => end(err('gone')))
  })
}
