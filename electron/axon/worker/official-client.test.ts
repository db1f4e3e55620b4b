import { execFile, execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ss58 } from '../../../shared/units/amounts.ts'
import { type AxonUnderTest, ask, callerOf, MINER, startAxon, testKey } from '../../../test/support/axon-harness.ts'

// The environment that the interop suite makes; `TAOFORGE_PYTHON` names another interpreter that has `bittensor` 11.
const PYTHON = process.env['TAOFORGE_PYTHON'] ?? join('.cache', 'interop-venv', 'bin', 'python')

function hasOfficialPackage(): boolean {
  if (!existsSync(PYTHON)) return false
  try {
    execFileSync(PYTHON, ['-c', 'import bittensor.http_auth'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

const available = hasOfficialPackage()
if (!available) process.stderr.write(`SKIPPED: the official client is not tested, ${PYTHON} has no bittensor 11\n`)

/** Signs with the package's own code and sends with Python's own HTTP client. */
const CLIENT = `
import json, sys, urllib.request, urllib.error
from bittensor import http_auth
from bittensor.sp_core import Keypair
ask = json.load(sys.stdin)
key = Keypair.create_from_uri(ask["uri"], crypto_type=ask["crypto"])
body = ask["body"].encode()
answers = []
for receiver, sent in ask["tries"]:
    headers = http_auth.sign(key, method="POST", path=ask["path"], body=body, receiver_ss58=receiver)
    headers["Content-Type"] = "application/json"
    request = urllib.request.Request(ask["url"] + ask["path"], data=sent.encode(), headers=headers, method="POST")
    try:
        with urllib.request.urlopen(request) as reply:
            answers.append([reply.status, json.load(reply)])
    except urllib.error.HTTPError as error:
        answers.append([error.code, json.load(error)])
print(json.dumps(answers))
`

const ALICE = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const ALICE_ED = ss58('5FA9nQDVg267DEd8m1ZypXLBnvN7SFxYwV7ndqSYGiN9TTpu')
const BODY = '{"messages": [{"role": "user", "content": "Gr\u00fc\u00dfe"}]}'

describe.runIf(available)('the official client of bittensor 11', () => {
  let under: AxonUnderTest
  beforeAll(async () => {
    const known = testKey(2)
    const callers = [callerOf(known), callerOf({ ...known, address: ALICE }), callerOf({ ...known, address: ALICE_ED })]
    under = await startAxon({
      callers: callers.map((caller) => (caller.hotkey === ALICE_ED ? { ...caller, scheme: 'ed25519' } : caller)),
    })
  })
  afterAll(() => under?.axon.stop())

  /** Not synchronous: the tasks of the server are answered by this very process. */
  const talk = (crypto: 0 | 1) =>
    new Promise<[number, { error?: { code: string } }][]>((resolve, reject) => {
      const child = execFile(PYTHON, ['-c', CLIENT], (error, stdout) => {
        if (error) reject(error)
        else resolve(JSON.parse(stdout))
      })
      const tries = [
        [MINER.address, BODY],
        [ALICE, BODY],
        [MINER.address, `${BODY} `],
        [null, BODY],
      ]
      const path = '/v1/chat/completions?x=%20'
      child.stdin?.end(JSON.stringify({ uri: '//Alice', crypto, url: under.url, path, body: BODY, tries }))
    })

  test.each([
    ['sr25519', 1],
    ['ed25519', 0],
  ] as const)(
    'with an %s key is answered, and refused for the same reasons as by the official server',
    async (_name, crypto) => {
      const answers = await talk(crypto)
      expect(answers[0]).toMatchObject([200, { choices: [{ message: { content: 'Hello there' } }] }])
      expect(answers.slice(1).map(([status, body]) => [status, body.error?.code])).toEqual([
        [401, 'WrongReceiver'],
        [401, 'BadSignature'],
        [401, 'WrongReceiver'],
      ])
    },
  )

  test('is what our own test client is like', async () => {
    expect((await ask(under.url)).status).toBe(200)
  })
})
