import { randomBytes } from 'node:crypto'
import { connect, createServer, type Server, type Socket } from 'node:net'
import type { ProbeFact } from '../../shared/reach/judge-reach.ts'
import {
  askFrame,
  FRAME_BYTES,
  helloFrame,
  hereFrame,
  NONCE_BYTES,
  readChallenge,
  readKnock,
  readResult,
  type Talk,
  vouched,
} from '../../shared/reach/probe-frames.ts'
import { KNOCK_MS } from './probe-helper.ts'
import { isProof, plainAddress, probeKey, proofOf, readFrame, seenText } from './probe-proof.ts'
import type { ProbeQuestion } from './reach.port.ts'

const CONNECT_MS = 5_000
/** The helper answers within `KNOCK_MS`; the rest is for a slow line. */
const RESULT_MS = KNOCK_MS + 4_000
/** Strangers that connect while it is open are let go without a word. */
const STRANGERS = 20

interface Door {
  readonly server: Server
  /** Set once the challenge is known; nothing is answered before. */
  expect(wanted: Wanted): void
  /** Where the connection came from that brought our number. */
  from(): string | undefined
}
interface Wanted {
  readonly talk: Talk
  readonly key: Uint8Array
  readonly port: number
  readonly nonce: Uint8Array
}

/** Listens where the miner will, for the seconds of the question only. @returns nothing where the port is taken */
function openDoor(port: number): Promise<Door | undefined> {
  let wanted: Wanted | undefined
  let from: string | undefined
  let strangers = 0
  const visit = async (socket: Socket) => {
    const frame = await readFrame(socket, FRAME_BYTES.knock, KNOCK_MS)
    const knock = frame && readKnock(frame)
    if (!knock || !wanted || !Buffer.from(knock.nonce).equals(wanted.nonce)) return
    if (!isProof(wanted.key, vouched.knock(wanted.talk, wanted.nonce), knock.proof)) return
    from ??= plainAddress(socket.remoteAddress)
    socket.end(hereFrame(proofOf(wanted.key, vouched.here(wanted.talk, wanted))))
  }
  const server = createServer({ noDelay: true, pauseOnConnect: true }, (socket) => {
    socket.on('error', () => undefined)
    strangers += 1
    if (strangers > STRANGERS) return void socket.destroy()
    void visit(socket).finally(() => {
      strangers -= 1
      socket.destroySoon()
    })
  })
  return new Promise((resolve) => {
    const expect = (next: Wanted) => {
      wanted = next
    }
    const door: Door = { server, expect, from: () => from }
    server.on('error', (cause: NodeJS.ErrnoException) => {
      if (cause.code === 'EAFNOSUPPORT' || cause.code === 'EADDRNOTAVAIL') server.listen(port, '0.0.0.0')
      else resolve(undefined)
    })
    server.once('listening', () => resolve(door))
    server.listen(port, '::')
  })
}

function reach(address: string, port: number, signal: AbortSignal): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port, noDelay: true, signal })
    const fail = () => {
      socket.destroy()
      resolve(undefined)
    }
    socket.setTimeout(CONNECT_MS, fail)
    socket.once('error', fail)
    socket.once('connect', () => {
      socket.setTimeout(0)
      socket.on('error', () => undefined)
      resolve(socket)
    })
  })
}

/** One question to one helper, over an open line. */
async function ask(socket: Socket, door: Door, question: ProbeQuestion): Promise<ProbeFact> {
  const { invitation, outer } = question
  const helper = `${invitation.address}:${invitation.port}`
  const key = probeKey(invitation.key)
  if (!key) return { state: 'not-trusted', helper }
  const asker = new Uint8Array(randomBytes(NONCE_BYTES))
  socket.write(helloFrame(asker))
  const challenge = await readFrame(socket, FRAME_BYTES.challenge, CONNECT_MS)
  const theirs = challenge && readChallenge(challenge)
  if (!theirs) return { state: 'silent', helper }
  const talk: Talk = { asker, helper: theirs }
  const nonce = new Uint8Array(randomBytes(NONCE_BYTES))
  door.expect({ talk, key, port: outer, nonce })
  socket.write(askFrame({ port: outer, nonce }, proofOf(key, vouched.ask(talk, { port: outer, nonce }))))
  const frame = await readFrame(socket, FRAME_BYTES.result, RESULT_MS)
  const told = frame && readResult(frame)
  // A helper that does not know the key says nothing more; nor does one that we asked with a wrong one.
  if (!told || !isProof(key, vouched.result(talk, told.result, told.seen), told.proof))
    return { state: 'not-trusted', helper }
  const [seen, from] = [seenText(told.seen), door.from()]
  if (told.result === 'inside' || told.result === 'later') return { state: told.result, helper }
  if (seen === undefined) return { state: 'not-trusted', helper }
  if (told.result === 'open' && from !== undefined) return { state: 'knocked', helper, from, seen, port: outer }
  return told.result === 'closed' ? { state: 'closed', helper, seen, port: outer } : { state: 'not-trusted', helper }
}

/** Has a helper knock at our port, and looks at what came in: its word alone is not enough. */
export async function askHelper(question: ProbeQuestion, signal: AbortSignal): Promise<ProbeFact> {
  const { invitation, port } = question
  const helper = `${invitation.address}:${invitation.port}`
  const door = await openDoor(port)
  if (!door) return { state: 'port-taken', helper }
  const socket = await reach(invitation.address, invitation.port, signal)
  try {
    return socket ? await ask(socket, door, question) : { state: 'silent', helper }
  } finally {
    socket?.destroy()
    door.server.close()
  }
}
