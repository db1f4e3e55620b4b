import { createSocket } from 'node:dgram'

export interface FakeStun {
  readonly server: string
  close(): Promise<void>
}

/** A STUN server that says which address it sees, or the one that it is told to claim. @source RFC 8489, 14.2 */
export async function fakeStun(
  host: string,
  options: { readonly port?: number; readonly claims?: string; readonly deaf?: number } = {},
): Promise<FakeStun> {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4')
  let deaf = options.deaf ?? 0
  socket.on('message', (question, from) => {
    if (deaf-- > 0 || question.length !== 20 || question.readUInt16BE(0) !== 1) return
    const answer = Buffer.alloc(32)
    answer.writeUInt16BE(0x0101, 0)
    answer.writeUInt16BE(12, 2)
    question.copy(answer, 4, 4, 20)
    answer.writeUInt32BE(0x00200008, 20)
    answer.writeUInt16BE(1, 24)
    answer.writeUInt16BE(from.port ^ 0x2112, 26)
    for (const [i, part] of (options.claims ?? from.address).split('.').entries())
      answer.writeUInt8(Number(part) ^ (question[4 + i] ?? 0), 28 + i)
    socket.send(answer, from.port, from.address)
  })
  await new Promise<void>((done) => socket.bind(options.port ?? 0, host, done))
  const { port } = socket.address()
  return { server: `${host}:${port}`, close: () => new Promise<void>((done) => socket.close(() => done())) }
}
