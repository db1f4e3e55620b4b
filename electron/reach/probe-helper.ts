import { randomBytes } from 'node:crypto'
import { connect, createServer, type Server, type Socket } from 'node:net'
import type { AppError } from '../../shared/errors.ts'
import { parseIp, scopeOf } from '../../shared/mining/ip-address.ts'
import {
  type Ask,
  challengeFrame,
  FRAME_BYTES,
  knockFrame,
  LOWEST_PROBED_PORT,
  NONCE_BYTES,
  type ProbeResult,
  readAsk,
  readHello,
  readHere,
  resultFrame,
  type Talk,
  vouched,
} from '../../shared/reach/probe-frames.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { ProbeLimits } from './probe-limits.ts'
import { isProof, plainAddress, probeKey, proofOf, readFrame, seenBytes } from './probe-proof.ts'
import type { HelperOptions, RunningHelper } from './reach.port.ts'

/** A stranger has this long to say who he is. */
const HELLO_MS = 5_000
/**
 * How long a knock takes when it fails, whatever the reason: a port that refuses and one that is silent look the same to the
 * asker, who thus learns nothing about other people's computers behind the same address.
 */
export const KNOCK_MS = 4_000

interface Visit {
  readonly socket: Socket
  readonly address: string
  readonly key: Uint8Array
  readonly options: HelperOptions
  readonly limits: ProbeLimits
}

/** Connects to the asker's own address, and to no other. @returns whether the asker itself answered there */
async function knock(visit: Visit, talk: Talk, ask: Ask): Promise<boolean> {
  const { address, key } = visit
  const line = connect({ host: address, port: ask.port, noDelay: true })
  line.on('error', () => undefined)
  const until = Date.now() + KNOCK_MS
  try {
    line.write(knockFrame(ask.nonce, proofOf(key, vouched.knock(talk, ask.nonce))))
    const frame = await readFrame(line, FRAME_BYTES.here, KNOCK_MS)
    const proof = frame && readHere(frame)
    if (proof && isProof(key, vouched.here(talk, ask), proof)) return true
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, until - Date.now())))
    return false
  } finally {
    line.destroy()
  }
}

async function resultFor(visit: Visit, talk: Talk, ask: Ask): Promise<ProbeResult> {
  const ip = parseIp(visit.address)
  if (!ip || (scopeOf(ip) !== 'public' && !visit.options.alsoInside)) return 'inside'
  if (!visit.limits.mayKnock(visit.address)) return 'later'
  return (await knock(visit, talk, ask)) ? 'open' : 'closed'
}

async function serve(visit: Visit): Promise<void> {
  const { socket, address, key, limits } = visit
  const hello = await readFrame(socket, FRAME_BYTES.hello, HELLO_MS)
  const asker = hello && readHello(hello)
  if (!asker) return
  const talk: Talk = { asker, helper: new Uint8Array(randomBytes(NONCE_BYTES)) }
  socket.write(challengeFrame(talk.helper))
  const frame = await readFrame(socket, FRAME_BYTES.ask, HELLO_MS)
  const ask = frame && readAsk(frame)
  if (!ask) return
  if (!isProof(key, vouched.ask(talk, ask), ask.proof)) return limits.wrongProof(address)
  if (ask.port < LOWEST_PROBED_PORT) return
  const result = await resultFor(visit, talk, ask)
  const seen = seenBytes(address)
  socket.end(resultFrame(result, seen, proofOf(key, vouched.result(talk, result, seen))))
  visit.options.onAnswered()
}

function listen(server: Server, port: number): Promise<Result<number, AppError>> {
  return new Promise((resolve) => {
    const fail = (cause: NodeJS.ErrnoException) => {
      // A computer without IPv6.
      if (cause.code === 'EAFNOSUPPORT' || cause.code === 'EADDRNOTAVAIL') return void server.listen(port, '0.0.0.0')
      resolve(
        err(
          cause.code === 'EADDRINUSE'
            ? { code: 'mining/port-taken', port }
            : { code: 'mining/bad-address', address: `port ${port}`, reason: cause.code ?? cause.message },
        ),
      )
    }
    server.on('error', fail)
    server.once('listening', () => {
      const address = server.address()
      resolve(ok(typeof address === 'object' && address ? address.port : port))
    })
    server.listen(port, '::')
  })
}

/** Knocks for those who have the key, each at its own address only. See docs/adr/0021-probe-from-outside.md. */
export async function startHelper(options: HelperOptions): Promise<Result<RunningHelper, AppError>> {
  const key = probeKey(options.key)
  if (!key) return err({ code: 'contract/bad-input', issues: ['The key is none of a probe invitation.'] })
  const limits = new ProbeLimits(() => Date.now())
  const open = new Set<Socket>()
  const server = createServer({ noDelay: true, pauseOnConnect: true }, (socket) => {
    socket.on('error', () => undefined)
    const address = plainAddress(socket.remoteAddress)
    if (address === undefined || !limits.entered(address)) return void socket.destroy()
    open.add(socket)
    socket.once('close', () => {
      open.delete(socket)
      limits.left()
    })
    void serve({ socket, address, key, options, limits }).finally(() => socket.destroySoon())
  })
  const port = await listen(server, options.port)
  if (!port.ok) return port
  return ok({
    port: port.value,
    close: () =>
      new Promise<void>((resolve) => {
        for (const socket of open) socket.destroy()
        server.close(() => resolve())
      }),
  })
}
