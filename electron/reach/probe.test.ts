import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { askFrame, FRAME_BYTES, helloFrame, readChallenge } from '../../shared/reach/probe-frames.ts'
import type { ProbeInvitation } from '../../shared/reach/probe-invitation.ts'
import { askHelper } from './probe-asker.ts'
import { startHelper } from './probe-helper.ts'
import { ProbeLimits } from './probe-limits.ts'
import { plainAddress, readFrame, seenBytes, seenText } from './probe-proof.ts'

const HOST = '127.0.0.1'
const KEY = Buffer.alloc(16, 7).toString('base64url')
const OTHER_KEY = Buffer.alloc(16, 8).toString('base64url')
const never = new AbortController().signal
const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

async function helper(alsoInside = true): Promise<ProbeInvitation & { answered: () => number }> {
  let answered = 0
  const onAnswered = () => {
    answered += 1
  }
  const started = await startHelper({ port: 0, key: KEY, alsoInside, onAnswered })
  if (!started.ok) throw new Error(started.error.code)
  ends.push(() => started.value.close())
  return { family: 4, address: HOST, port: started.value.port, key: KEY, answered: () => answered }
}
async function freePort(): Promise<number> {
  const server = createServer().listen(0, HOST)
  await once(server, 'listening')
  const address = server.address()
  await new Promise((done) => server.close(done))
  return typeof address === 'object' && address ? address.port : 0
}
const ask = async (invitation: ProbeInvitation, ports: { port?: number; outer?: number } = {}) => {
  const port = ports.port ?? (await freePort())
  return askHelper({ invitation, port, outer: ports.outer ?? port }, never)
}

describe('a probe', () => {
  test('is told apart by what came in at our own port', async () => {
    const invitation = await helper()
    const port = await freePort()
    expect(await ask(invitation, { port })).toEqual({
      state: 'knocked',
      helper: `${HOST}:${invitation.port}`,
      from: HOST,
      seen: HOST,
      port,
    })
    expect(invitation.answered()).toBe(1)
  })

  test('of a helper that only serves the internet is refused from inside', async () => {
    expect(await ask(await helper(false))).toMatchObject({ state: 'inside' })
  })

  test('with another key is not answered, and five of them close the door', async () => {
    const invitation = await helper()
    for (let i = 0; i < 5; i++)
      expect(await ask({ ...invitation, key: OTHER_KEY })).toMatchObject({ state: 'not-trusted' })
    expect(await ask(invitation)).toMatchObject({ state: 'silent' })
  })

  test('asks nobody while the port is taken, and says who is silent', async () => {
    const invitation = await helper()
    expect(await ask(invitation, { port: invitation.port })).toMatchObject({ state: 'port-taken' })
    expect(await ask({ ...invitation, port: await freePort() })).toMatchObject({ state: 'silent' })
  })

  test("learns nothing of a port that is another program's: open and shut take as long, and sound the same", async () => {
    const heard: Buffer[] = []
    const other = createServer((socket) => {
      socket.on('data', (part) => heard.push(part)).on('error', () => undefined)
      socket.end('220 mail.example.org ESMTP and what else it says\r\n')
    }).listen(0, HOST)
    await once(other, 'listening')
    ends.push(() => other.close())
    const address = other.address()
    const open = typeof address === 'object' && address ? address.port : 0
    const invitation = await helper()
    const [atOpen, atShut] = await Promise.all([
      ask(invitation, { outer: open }),
      ask(invitation, { outer: await freePort() }),
    ])
    const { port: _one, ...first } = atOpen as { port: number }
    const { port: _two, ...second } = atShut as { port: number }
    expect(first).toEqual(second)
    expect(first).toMatchObject({ state: 'closed' })
    expect(Buffer.concat(heard).length).toBe(FRAME_BYTES.knock)
  })

  test('never goes to a port below 1024, nor to anybody without a proof', async () => {
    const invitation = await helper()
    expect(await ask(invitation, { outer: 25 })).toMatchObject({ state: 'not-trusted' })
    const target = createServer().listen(0, HOST)
    await once(target, 'listening')
    ends.push(() => target.close())
    let visits = 0
    target.on('connection', () => {
      visits += 1
    })
    const address = target.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const socket: Socket = connect(invitation.port, HOST).on('error', () => undefined)
    socket.write(helloFrame(new Uint8Array(16)))
    const challenge = await readFrame(socket, FRAME_BYTES.challenge, 2000)
    expect(challenge && readChallenge(challenge)).toHaveLength(16)
    socket.write(askFrame({ port, nonce: new Uint8Array(16) }, new Uint8Array(32)))
    expect(await readFrame(socket, FRAME_BYTES.result, 2000)).toBeUndefined()
    expect(visits).toBe(0)
  })
})

describe('the limits of a helper', () => {
  test('four knocks a minute for one line, thirty for everybody', () => {
    let now = 0
    const limits = new ProbeLimits(() => now)
    const knocks = (address: string, count: number) =>
      Array.from({ length: count }, () => limits.mayKnock(address)).filter(Boolean).length
    expect(knocks('8.8.8.8', 9)).toBe(4)
    // One IPv6 customer has a whole /64.
    expect(knocks('2001:db8:1:2::1', 2) + knocks('2001:db8:1:2::9', 9)).toBe(4)
    expect(Array.from({ length: 50 }, (_, i) => knocks(`9.9.9.${i}`, 1)).reduce((a, b) => a + b)).toBe(22)
    now += 60_000
    expect(knocks('8.8.8.8', 9)).toBe(4)
  })

  test('sixteen lines at once', () => {
    const limits = new ProbeLimits(() => 0)
    expect(Array.from({ length: 20 }, () => limits.entered('8.8.8.8')).filter(Boolean)).toHaveLength(16)
    limits.left()
    expect(limits.entered('8.8.8.8')).toBe(true)
  })
})

test('addresses go through the wire and back', () => {
  for (const address of ['8.8.4.4', '2001:db8::1']) expect(seenText(seenBytes(address))).toBe(address)
  expect(plainAddress('::ffff:8.8.4.4')).toBe('8.8.4.4')
  expect(plainAddress('fe80::1%eth0')).toBe('fe80::1')
  expect(plainAddress(undefined)).toBeUndefined()
  expect(seenText(new Uint8Array(17))).toBeUndefined()
})
