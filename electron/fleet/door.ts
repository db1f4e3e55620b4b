import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net'
import { createServer, type TLSSocket } from 'node:tls'
import type { AppError } from '../../shared/errors.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { FleetDoorOptions, RunningFleetDoor } from './fleet.port.ts'
import { FrameReader, writeFrame } from './frames.ts'
import { Knocks } from './knocks.ts'
import {
  HANDSHAKE_MS,
  IDLE_MS,
  MESSAGE_MS,
  MOST_ANSWER_BYTES,
  MOST_CONNECTIONS,
  MOST_QUESTION_BYTES,
  MOST_QUESTIONS,
} from './limits.ts'
import { freshKeyOf } from './pair-keys.ts'
import { TLS_OPTIONS } from './tls-options.ts'

/** Who is in, by name. */
type Guests = Map<string, Set<TLSSocket>>

function enter(guests: Guests, id: string, socket: TLSSocket, tell: FleetDoorOptions['onPresence']): void {
  const own = guests.get(id) ?? new Set()
  guests.set(id, own.add(socket))
  tell(id, true)
  socket.once('close', () => {
    own.delete(socket)
    if (own.size > 0) return
    guests.delete(id)
    tell(id, false)
  })
}

/** Answers one message after the other; whoever hurries, or does not read what it asked for, is sent away. */
function converse(socket: TLSSocket, id: string, answer: FleetDoorOptions['answer']): void {
  const caller = { id, fresh: freshKeyOf(socket) }
  const reader = new FrameReader(MOST_QUESTION_BYTES)
  let last = Promise.resolve()
  let asked: readonly number[] = []
  let slow: NodeJS.Timeout | undefined
  const one = async (message: unknown) => {
    const said = await answer(caller, message)
    if (socket.destroyed) return
    socket.write(writeFrame(said, MOST_ANSWER_BYTES))
    if (socket.writableLength > 2 * MOST_ANSWER_BYTES) socket.destroy()
  }
  socket.on('data', (piece) => {
    const messages = reader.take(piece)
    clearTimeout(slow)
    if (reader.isMidway()) slow = setTimeout(() => socket.destroy(), MESSAGE_MS)
    const now = performance.now()
    asked = [...asked.filter((at) => now - at < 1_000), ...(messages ?? []).map(() => now)]
    if (!messages || asked.length > MOST_QUESTIONS) return void socket.destroy()
    for (const message of messages) last = last.then(() => one(message)).catch(() => void socket.destroy())
  })
  socket.once('close', () => clearTimeout(slow))
  socket.setTimeout(IDLE_MS, () => socket.destroy())
}

function listening(server: Server, { port, onlyHere }: FleetDoorOptions): Promise<boolean> {
  return new Promise((resolve) => {
    server.once('error', () => resolve(false))
    server.listen({ port, ...(onlyHere ? { host: '127.0.0.1' } : {}) }, () => resolve(true))
  })
}

/** Speaks with nobody who has not proved a key in the handshake itself. @errors mining/port-taken */
export async function openDoor(options: FleetDoorOptions): Promise<Result<RunningFleetDoor, AppError>> {
  const names = new WeakMap<object, string>()
  const guests: Guests = new Map()
  const knocks = new Knocks(() => performance.now())
  const server = createServer({
    ...TLS_OPTIONS,
    handshakeTimeout: HANDSHAKE_MS,
    pskCallback: (socket, id) => {
      names.set(socket, id)
      return options.keyOf(id) ?? null
    },
  })
  server.on('tlsClientError', (_error, socket) => {
    const id = names.get(socket)
    if (id !== undefined) options.onRefused(id)
    socket.destroy()
  })
  server.on('secureConnection', (socket) => {
    socket.on('error', () => socket.destroy())
    const id = names.get(socket)
    // A handshake without a key of ours fails before this; nothing depends on that alone.
    if (id === undefined || !socket.isSessionReused() || options.keyOf(id) === undefined) return void socket.destroy()
    knocks.cameIn(socket.remoteAddress ?? '')
    enter(guests, id, socket, options.onPresence)
    converse(socket, id, options.answer)
  })
  const door = createTcpServer((raw) => {
    raw.on('error', () => raw.destroy())
    if (knocks.knock(raw.remoteAddress ?? '')) server.emit('connection', raw)
    else raw.destroy()
  })
  door.maxConnections = MOST_CONNECTIONS
  if (!(await listening(door, options))) return err({ code: 'mining/port-taken', port: options.port })
  const drop = (id: string) => {
    for (const socket of guests.get(id) ?? []) socket.destroy()
  }
  return ok({
    port: (door.address() as AddressInfo).port,
    drop,
    close: () =>
      new Promise((resolve) => {
        door.close(() => resolve())
        for (const id of [...guests.keys()]) drop(id)
      }),
  })
}
