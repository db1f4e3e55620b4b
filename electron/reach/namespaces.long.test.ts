import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import {
  BEHIND_CARRIER,
  buildNat,
  FIRST,
  FIRST6,
  HOME6,
  PUBLIC,
  removeNat,
  runAt,
  SECOND,
  type Started,
  startAt,
  whyNoNat,
} from '../../test/support/nat-network.ts'

const CLI = fileURLToPath(new URL('../cli/main.ts', import.meta.url))
const ROUTER = fileURLToPath(new URL('../../test/support/nat-router.ts', import.meta.url))
const STUN = fileURLToPath(new URL('../../test/support/nat-stun.ts', import.meta.url))
const PORT = 8091

const missing = whyNoNat()
if (missing !== undefined)
  process.stdout.write(`\nNOT TESTED: the way through a real address translation, because ${missing}\n\n`)

const running: Started[] = []
let folder = ''
const start = (...args: Parameters<typeof startAt>) => {
  const one = startAt(...args)
  running.push(one)
  return one
}
const reply = async (channel: string, input: object) => {
  const line = await runAt('home', CLI, [channel, JSON.stringify(input), '--data', folder])
  const answer = JSON.parse(line) as { ok: boolean; value: { report: { verdict: Verdict; facts: unknown } } }
  expect(answer).toMatchObject({ ok: true })
  return answer.value
}
interface Verdict {
  says: string
  families: { family: number; says: string; address?: string; port?: number; shared: string; reasons: string[] }[]
}

/** Somebody outside who runs `taoforge probe`, and servers that say which address they see. */
async function outside(helper: string): Promise<void> {
  const probe = start('outside', CLI, ['probe', '--address', helper])
  const stun = start('outside', STUN, [FIRST, SECOND])
  const { value } = JSON.parse(await probe.line('invitation')) as { value: { invitation: string } }
  await stun.line('ready')
  await reply('settings.change', { stunServers: [`${FIRST}:3478`, `${SECOND}:3478`], probeHelpers: [value.invitation] })
}
async function router(outer: string, speaks: string): Promise<Started> {
  const one = start('router', ROUTER, ['192.168.77.1', outer, speaks])
  await one.line('ready')
  return one
}
/** What is said of each family; of a home that also has IPv6, an unproven one leaves the whole unknown. */
async function check(openPort: boolean) {
  const { says, families } = (await reply('reach.check', { port: PORT, openPort })).report.verdict
  return { says, v4: families.find(({ family }) => family === 4), v6: families.find(({ family }) => family === 6) }
}

function between(carrier: boolean): void {
  beforeAll(() => {
    removeNat()
    buildNat({ carrier })
    folder = mkdtempSync(join(tmpdir(), 'taoforge-nat-'))
  })
  afterEach(async () => {
    for (const one of running.splice(0)) await one.stop()
  })
  afterAll(() => {
    removeNat()
    rmSync(folder, { recursive: true, force: true })
  })
}

describe.skipIf(missing !== undefined)('a home behind a router', { timeout: 120_000 }, () => {
  between(false)

  test('is not reached while the port is shut, and is told its address', async () => {
    await outside(FIRST)
    await router(PUBLIC, 'nat-pmp')
    expect(await check(false)).toMatchObject({
      says: 'unknown',
      v4: {
        says: 'not-reachable',
        address: PUBLIC,
        shared: 'no',
        reasons: ['behind-router', 'nobody-got-through'],
      },
      v6: { says: 'unknown', reasons: ['own-public', 'servers-silent', 'no-helper'] },
    })
  })

  test.each(['nat-pmp', 'upnp'])(
    'is reached once the router opened the port by %s, which is closed again at the end',
    async (speaks) => {
      await outside(FIRST)
      const found = await router(PUBLIC, speaks)
      expect(await check(true)).toMatchObject({
        says: 'reachable',
        v4: { says: 'reachable', address: PUBLIC, port: PORT, reasons: ['behind-router', 'port-opened', 'knocked'] },
      })
      expect(await found.line('opened')).toBe(`opened ${PORT}`)
      expect(await found.line('closed')).toBe(`closed ${PORT}`)
    },
  )

  test('is reached by IPv6 without a router that translates', async () => {
    await outside(FIRST6)
    expect(await check(false)).toMatchObject({
      says: 'reachable',
      v6: { says: 'reachable', address: HOME6, port: PORT, reasons: ['own-public', 'servers-silent', 'knocked'] },
    })
  })
})

describe.skipIf(missing !== undefined)('a home whose provider shares one address', { timeout: 120_000 }, () => {
  between(true)

  test('is not reached, though its router opens the port', async () => {
    await outside(FIRST)
    await router(BEHIND_CARRIER, 'upnp')
    expect(await check(true)).toMatchObject({
      v4: { says: 'not-reachable', shared: 'yes', reasons: ['provider-shares', 'port-opened', 'nobody-got-through'] },
    })
  })
})
