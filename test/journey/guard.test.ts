import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Ss58 } from '../../shared/units/amounts.ts'
import { signElsewhere } from '../support/chain/other-client.ts'
import { getRich, type HostSession, importWallet, sessionWith } from '../support/host-session.ts'
import { type RunningHost, startHost, taoforge } from '../support/running-host.ts'

const COLD_WORDS = 'old leopard transfer rib spatial phone calm indicate online fire caution review'
const COLD = '5HDvhV6WDCjCKyrXqGQSDYqQAzkzabNhctmiDYEqgBC66BsX' as Ss58
const BOB = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty' as Ss58
const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY' as Ss58

interface Guard {
  readonly atBlock?: number
  readonly alarms: readonly string[]
}

let host: RunningHost
let session: HostSession
let endpoint = ''
const ask = (channel: string, input: object = {}) => taoforge([channel, JSON.stringify(input), '--data', host.data])
const refused = async (channel: string, input: object, error: object) => {
  const answer = await ask(channel, input)
  expect(answer.json).toMatchObject({ ok: false, error })
  expect(answer.exit).toBe(1)
}
const direct = { kind: 'direct' }

beforeAll(async () => {
  host = await startHost({ args: ['--network', 'practice', '--block-ms', '400'] })
  session = await sessionWith(host)
  const status = await session.until<{ state: string; endpoint: string }>('network.status', (s) => s.state === 'ready')
  endpoint = status.endpoint
  await session.must('wallet.importWatchOnly', { name: 'cold', source: COLD })
  await session.must('wallet.select', { name: 'cold' })
  await getRich(session)
  await importWallet(session, 'daily')
  await session.must('wallet.select', { name: 'daily' })
}, 240_000)
afterAll(async () => {
  await session?.close()
  await host?.stop()
}, 60_000)

/** The wallet that is looked at is another one: the watched coldkey is guarded all the same. */
describe('safety around keys at a terminal', { timeout: 120_000 }, () => {
  it('refuses “this was me” and acting for others while nothing is there', async () => {
    await refused('account.acknowledgeSwap', { coldkey: COLD, newColdkey: BOB }, { code: 'swap/not-announced' })
    await refused('proxy.actFor', { account: COLD }, { code: 'proxy/not-granted', real: COLD })
    await refused(
      'account.plan',
      { via: direct, intent: { kind: 'dispute-coldkey-swap' } },
      { code: 'swap/not-announced' },
    )
    const transfer = { kind: 'transfer', to: BOB, amount: '1000000000' }
    await refused(
      'account.plan',
      { via: { kind: 'proxy', real: COLD }, intent: transfer },
      { code: 'proxy/not-granted' },
    )
  })

  it('tells of a foreign announcement against a watched coldkey, with the time that is left', async () => {
    expect((await ask('account.guard')).json).toMatchObject({
      ok: true,
      unit: 'play',
      value: { swaps: [], alarms: [] },
    })
    expect(await signElsewhere(endpoint, COLD_WORDS, { kind: 'announce-coldkey-swap', newColdkey: BOB })).toMatchObject(
      {
        stage: 'finalized',
      },
    )
    await session.until<Guard>('account.guard', ({ alarms }) => alarms.length > 0)
    const { json } = await ask('account.guard')
    expect(json.value).toMatchObject({
      delayBlocks: 50,
      alarms: [COLD],
      swaps: [{ foreign: true, stage: 'waiting', swap: { coldkey: COLD } }],
    })
    expect(JSON.stringify(json.value)).not.toContain(BOB)
  })

  it('believes only the address whose hash is announced', async () => {
    await refused('account.acknowledgeSwap', { coldkey: COLD, newColdkey: ALICE }, { code: 'swap/other-coldkey' })
    expect((await session.until<Guard>('account.guard')).alarms).toEqual([COLD])
    expect((await ask('account.acknowledgeSwap', { coldkey: COLD, newColdkey: BOB })).json).toMatchObject({ ok: true })
    const { json } = await ask('account.guard')
    expect(json.value).toMatchObject({ alarms: [], swaps: [{ foreign: false, newColdkey: BOB }] })
  })

  it('plans the dispute for the watched coldkey, and refuses what comes too early', async () => {
    await session.must('wallet.select', { name: 'cold' })
    await refused('account.plan', { via: direct, intent: { kind: 'clear-coldkey-swap' } }, { code: 'swap/too-early' })
    const { json } = await ask('account.plan', { via: direct, intent: { kind: 'dispute-coldkey-swap' } })
    expect(json.value).toMatchObject({ kind: 'account', coldkey: COLD, signer: COLD, deposit: '0' })
  })

  it('shows it as frozen once it was disputed elsewhere', async () => {
    await signElsewhere(endpoint, COLD_WORDS, { kind: 'dispute-coldkey-swap' })
    await session.until<{ swaps: readonly { stage: string }[] }>(
      'account.guard',
      ({ swaps }) => swaps[0]?.stage === 'disputed',
    )
    await refused('account.plan', { via: direct, intent: { kind: 'clear-coldkey-swap' } }, { code: 'swap/disputed' })
  })
})
