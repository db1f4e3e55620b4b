import { execFile, spawn } from 'node:child_process'
import { type AddressInfo, createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerText } from '../../shared/mining/axon-answer.ts'
import { ok } from '../../shared/result.ts'
import { ss58 } from '../../shared/units/amounts.ts'
import { callerOf, doneWith, MINER, testKey } from '../support/axon-harness.ts'
import { type InsideAxon, startInside } from '../support/axon-inside.ts'
import { officialDendrite } from './python.ts'

const run = promisify(execFile)
const tools = officialDendrite()
const title = tools.found ? `the dendrite of bittensor ${tools.version}` : `the dendrite — SKIPPED: ${tools.reason}`
if (!tools.found)
  process.stderr.write(`\n*** INTEROP NOT CHECKED: ${tools.reason}. Nothing proves that dendrites work. ***\n\n`)

const ALICE = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const CHARLIE = ss58('5FLSigC9HGRKVhB9FiEo4Y3koPsNmBmLJbpXg2mp1hXcS59Y')
const known = testKey(2)
const UNVERIFIED = 'Not Verified with error: '

type Seen = Record<string, { status: unknown; message: string }> & Record<string, unknown>

/** What the dendrite says of a miner. */
async function dendriteSees(python: string, port: number, miner: string): Promise<Seen> {
  const script = fileURLToPath(new URL('dendrite.py', import.meta.url))
  const { stdout } = await run(python, [script, `${port}`, miner, testKey(9).address], { env: ENV, timeout: 60_000 })
  return JSON.parse(stdout.split('\n').find((line) => line.startsWith('{')) ?? '{}')
}

const ENV = { PATH: process.env['PATH'], HOME: process.env['HOME'] }

/** What it says of the axon that comes with it. */
async function dendriteSeesItsAxon(python: string): Promise<Seen> {
  const free = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => free.once('listening', resolve))
  const { port } = free.address() as AddressInfo
  await new Promise((resolve) => free.close(resolve))
  const script = fileURLToPath(new URL('axon.py', import.meta.url))
  const axon = spawn(python, [script, `${port}`], { env: ENV, stdio: ['pipe', 'pipe', 'ignore'] })
  const ended = new Promise((resolve) => axon.once('exit', resolve))
  try {
    const hotkey = new Promise<string>((resolve, reject) => {
      createInterface({ input: axon.stdout }).on('line', (line) => line.startsWith('5') && resolve(line))
      void ended.then(() => reject(new Error('the official axon did not start')))
    })
    return await dendriteSees(python, port, await hotkey)
  } finally {
    axon.stdin.end()
    await ended
  }
}

describe.skipIf(!tools.found)(title, { timeout: 60_000 }, () => {
  let under: InsideAxon
  let seen: Seen
  beforeAll(async () => {
    if (!tools.found) return
    under = await startInside({
      adapter: 'axon',
      callers: [callerOf({ ...known, address: ALICE }), callerOf({ ...known, address: CHARLIE }, { permit: false })],
      signer: async (answer) => ok(MINER.sign(answerText(answer, MINER.address))),
      limits: { deadlineMarginMs: 200 },
      handler: ({ task }, on, signal) =>
        new Promise((resolve) => {
          if ('messages' in task && task.messages[0]?.content === 'slow')
            return signal.addEventListener('abort', () => resolve(ok({ ...doneWith(''), finish: 'aborted' })))
          on.token('Hello')
          on.token(' there')
          resolve(ok(doneWith('Hello there')))
        }),
    })
    seen = await dendriteSees(tools.python, under.port, MINER.address)
  }, 120_000)
  afterAll(() => under?.axon.stop())

  it('is answered, and finds miner, status and signature in the headers', () => {
    const answered = { status: 200, message: 'Success', completion: 'Hello there' }
    expect(seen).toMatchObject({ valid: answered, hashed: answered, first: { status: 200 }, signed: true })
    expect(seen['valid']).toMatchObject({
      axon: { hotkey: MINER.address, status_code: 200, status_message: 'Success', version: 11_003_000 },
      dendrite: { hotkey: ALICE, status_code: 200 },
    })
    expect(seen['ping']).toMatchObject({ status: 200, message: 'Success' })
  })

  it('reads a stream', () => {
    expect(seen['stream']).toMatchObject({ status: 200, pieces: 'Hello there', completion: 'Hello there' })
  })

  it.each([
    ['replayed', 401, `${UNVERIFIED}Nonce is too old, a newer one was last processed`],
    ['stale', 401, `${UNVERIFIED}Nonce is too old`],
    ['tampered', 500, 'Internal Server Error #'],
    ['rehashed', 401, `${UNVERIFIED}Signature mismatch`],
    ['unsigned', 401, `${UNVERIFIED}Missing Signature`],
    ['receiver', 401, `${UNVERIFIED}Signature mismatch`],
    ['redirected', 401, `${UNVERIFIED}Signature mismatch`],
    ['registered', 403, 'Forbidden. Key is blacklisted: '],
    ['permitted', 403, 'Forbidden. Key is blacklisted: '],
    ['unknown', 404, "Synapse name 'Other' not found. Available synapses ["],
    ['late', 408, 'Response timeout after: 3s'],
  ])('%s: %i', (name, status, message) => {
    expect([seen[name]?.status, seen[name]?.message.slice(0, message.length)]).toEqual([status, message])
  })

  it('gets the same status from the official axon in every case', { timeout: 120_000 }, async () => {
    if (!tools.found) return
    const official = await dendriteSeesItsAxon(tools.python)
    const statuses = (of: Seen) =>
      Object.fromEntries(Object.entries(of).map(([name, { status }]) => [name, Number(status)]))
    const { signed: ours, ...cases } = seen
    const { signed: theirs, ...same } = official
    expect(statuses(cases as Seen)).toEqual(statuses(same as Seen))
    // It signs its refusals and leaves its answers unsigned; ours are signed.
    expect([ours, theirs]).toEqual([true, null])
  })
})
