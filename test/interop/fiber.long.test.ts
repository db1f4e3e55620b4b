import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { validator } from '../../electron/practice/seed/accounts.ts'
import { devKey } from '../../electron/practice/signing/dev-key.ts'
import { ok } from '../../shared/result.ts'
import { ss58 } from '../../shared/units/amounts.ts'
import { type AxonUnderTest, callerOf, doneWith, MINER, startAxon, testKey } from '../support/axon-harness.ts'
import { fiberTools } from './python.ts'

const run = promisify(execFile)
const tools = fiberTools()
const title = tools.found ? `a Fiber caller with cryptography ${tools.version}` : `Fiber — SKIPPED: ${tools.reason}`
if (!tools.found)
  process.stderr.write(`\n*** INTEROP NOT CHECKED: ${tools.reason}. Nothing proves the Fiber handshake. ***\n\n`)

const VALIDATOR = ss58(devKey(validator(0).hotkeyUri).address)
/** Handshakes from before the server was there are refused, and as long after that as clocks may differ, ms. */
const SETTLE_MS = 4_500

describe.skipIf(!tools.found)(title, { timeout: 120_000 }, () => {
  let under: AxonUnderTest
  let seen: Record<string, unknown>
  beforeAll(async () => {
    under = await startAxon({
      adapter: 'fiber-chat',
      callers: [callerOf({ ...testKey(2), address: VALIDATOR })],
      handler: async () => ok(doneWith('Hello there')),
    })
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS))
    const script = fileURLToPath(new URL('fiber.py', import.meta.url))
    const env = { PATH: process.env['PATH'], HOME: process.env['HOME'] }
    const python = tools.found ? tools.python : ''
    const { stdout } = await run(python, [script, under.url], { env, timeout: 60_000 })
    seen = JSON.parse(stdout)
  }, 120_000)
  afterAll(() => under?.axon.stop())

  it('is answered after a handshake, and again after its key was lost', () => {
    expect(seen).toMatchObject({
      availability: { available: true },
      without_handshake: 401,
      handshake: [200, { success: true, message: expect.any(String) }],
      valid: [
        200,
        MINER.address,
        {
          response_text: 'Hello there',
          finish_reason: 'stop',
          tool_calls: null,
          usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 },
        },
      ],
      again: [401, true, 200, 200],
    })
  })

  it.each([
    ['replayed', 401],
    ['stale', 401],
    ['tampered', 401],
    ['wrong_key', 401],
    ['replayed_handshake', 400],
    ['unknown_hotkey', 400],
    ['in_another_name', 400],
    ['stale_handshake', 400],
  ])('is refused where it is %s', (what, status) => expect(seen[what]).toBe(status))
})
