import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ss58 } from '../../shared/units/amounts.ts'
import { type AxonUnderTest, callerOf, MINER, startAxon, testKey } from '../support/axon-harness.ts'
import { officialTools } from './python.ts'

const run = promisify(execFile)
const tools = officialTools()
const title = tools.found ? `http_auth of bittensor ${tools.version}` : `http_auth — SKIPPED: ${tools.reason}`
if (!tools.found)
  process.stderr.write(`\n*** INTEROP NOT CHECKED: ${tools.reason}. Nothing proves that SDK 11 can call us. ***\n\n`)

const ALICE = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const ALICE_ED = ss58('5FA9nQDVg267DEd8m1ZypXLBnvN7SFxYwV7ndqSYGiN9TTpu')

describe.skipIf(!tools.found)(title, { timeout: 60_000 }, () => {
  let under: AxonUnderTest
  beforeAll(async () => {
    const known = testKey(2)
    const ed25519 = callerOf({ ...known, address: ALICE_ED }, { scheme: 'ed25519' })
    under = await startAxon({ callers: [callerOf({ ...known, address: ALICE }), ed25519] })
  })
  afterAll(() => under?.axon.stop())

  test.each([
    ['sr25519', '1'],
    ['ed25519', '0'],
  ])('with an %s key is answered, and refused for the very reasons of the official server', async (_name, crypto) => {
    if (!tools.found) return
    const script = fileURLToPath(new URL('http-auth.py', import.meta.url))
    const { stdout } = await run(tools.python, [script, under.url, MINER.address, testKey(9).address, crypto])
    const { valid, stream, ...refused } = JSON.parse(stdout) as Record<string, [number, string, string]>
    expect(valid?.slice(0, 2)).toEqual([200, 'Caller'])
    expect(JSON.parse(valid?.[2] ?? '')).toMatchObject({ choices: [{ message: { content: 'Hello there' } }] })
    expect(stream?.slice(0, 2)).toEqual([200, 'Caller'])
    expect(stream?.[2]).toMatch(/^data: \{.*data: \[DONE\]\n\n$/s)
    expect(refused).toEqual({
      replayed: [401, 'ReplayedRequest', 'ReplayedRequest'],
      old: [401, 'StaleRequest', 'StaleRequest'],
      ahead: [401, 'StaleRequest', 'StaleRequest'],
      tampered: [401, 'BadSignature', 'BadSignature'],
      moved: [401, 'BadSignature', 'BadSignature'],
      unsigned: [401, 'MalformedAuth', 'MalformedAuth'],
      bare: [401, 'MalformedAuth', 'MalformedAuth'],
      receiver: [401, 'WrongReceiver', 'WrongReceiver'],
      anybody: [401, 'WrongReceiver', 'WrongReceiver'],
      forged: [401, 'BadSignature', 'BadSignature'],
    })
  })
})
