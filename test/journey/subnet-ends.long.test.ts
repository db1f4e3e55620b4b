import { afterEach, describe, expect, test } from 'vitest'
import { PALLETS } from '../../electron/practice/definitions/pallets.ts'
import { accountOf } from '../../electron/practice/seed/accounts.ts'
import {
  createMiner,
  freeBalance,
  getRich,
  type HostSession,
  importWallet,
  LONG_PASSWORD,
  registerMiner,
  sessionWith,
  signAndSend,
  validatorOf,
} from '../support/host-session.ts'
import { callOn, sudoOn, write, writeOn } from '../support/practice-caller.ts'
import { startHost } from '../support/running-host.ts'

// A wallet stakes and mines on a subnet, with a rule that waits for a place there, and the subnet ends: what do all views say?

const MINUTES = 60_000
const CHAT = 2
const s = PALLETS.SubtensorModule.storage
const call = (type: string, value: object) => ({ type: 'SubtensorModule', value: { type, value } })
/** Ends the subnet, and gives its number to another one; or ends it, and that is all. */
const ENDS = {
  'and another one has its number': (ws: string) =>
    callOn(ws, '//Alice', call('register_network', { hotkey: accountOf('//Fresh//hotkey') })),
  'and nothing comes after it': (ws: string) => sudoOn(ws, call('root_dissolve_network', { netuid: CHAT })),
}

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

interface Alerts {
  readonly notices: readonly {
    readonly alert: {
      readonly kind: string
      readonly netuid?: number
      readonly because?: string
      readonly error?: { code: string }
    }
  }[]
}
const kindsOf = ({ notices }: Alerts) => notices.map(({ alert }) => alert.kind)
const untilAlert = (session: HostSession, kind: string) =>
  session.until<Alerts>('alerts.watch', (alerts) => kindsOf(alerts).includes(kind))
const alertIn = ({ notices }: Alerts, kind: string) => notices.find(({ alert }) => alert.kind === kind)?.alert

interface Line {
  readonly kind: string
  readonly netuid?: number
  readonly tao: string
}
const linesOf = async (session: HostSession) =>
  (await session.must<{ lines: readonly Line[] }>('ledger.lines', { limit: 100 })).lines
interface EpochOf {
  readonly row: {
    readonly netuid: number
    readonly stakeAfter: string
    readonly price?: string
    readonly parts: { readonly cause?: string; readonly unexplained: string }
  }
}
const epochsOf = async (session: HostSession) =>
  (
    await session.must<{ rows: readonly EpochOf[] }>('earnings.epochs', {
      range: 'all',
      onlyRed: false,
      offset: 0,
      limit: 50,
    })
  ).rows
const eventually = async (isSo: () => Promise<boolean>) => {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 250))
}

/** Stakes, mines and waits for a second place there; and the chain says that this subnet goes next. */
async function begin(): Promise<{ readonly session: HostSession; readonly ws: string; readonly rule: string }> {
  const host = await startHost({ args: ['--network', 'practice', '--block-ms', '500'] })
  closers.push(host.stop)
  const session = await sessionWith(host)
  closers.push(() => session.close())
  const { endpoint: ws } = await session.until<{ state: string; endpoint: string }>(
    'network.status',
    ({ state }) => state === 'ready',
  )
  await importWallet(session)
  await session.must('wallet.unlock', { name: 'a', password: LONG_PASSWORD })
  await getRich(session, '1000000000000')
  const hotkey = await createMiner(session)
  await writeOn(ws, [
    write(s.SubnetLimit, [], 7),
    write(s.NetworkImmunityPeriod, [], 1n),
    write(s.NetworkRateLimit, [], 0n),
    write(s.SubnetMovingPrice, [CHAT], { bits: 0n }),
    ...[6, 7].map((netuid) => write(s.SubnetMovingPrice, [netuid], { bits: 1n << 32n })),
  ])
  await registerMiner(session, hotkey)
  const add = { kind: 'add', netuid: CHAT, hotkey: await validatorOf(session, CHAT), amount: '50000000000' }
  await signAndSend(session, await session.must('staking.planMoves', { moves: [add], tolerancePpm: 100_000 }))
  await session.must('models.makeSelfTest')
  await session.must('mining.start', { netuid: CHAT, hotkey, modelId: 'self-test', port: 0 })
  const { address: second } = await session.must<{ address: string }>('wallet.createHotkey', {
    wallet: 'a',
    name: 'm2',
  })
  const wish = { netuid: CHAT, hotkey: second, most: '1000', hours: 5 }
  const { id: rule } = await session.must<{ id: string }>('registration.setRule', wish)
  await eventually(async () => (await epochsOf(session)).filter(({ row }) => row.netuid === CHAT).length >= 4)
  return { session, ws, rule }
}

describe('a subnet ends', () => {
  test.each(Object.entries(ENDS))('%s', { timeout: 4 * MINUTES }, async (_how, end) => {
    const { session, ws, rule } = await begin()
    expect(alertIn(await untilAlert(session, 'subnet-to-prune'), 'subnet-to-prune')).toMatchObject({ netuid: CHAT })
    const before = BigInt(await freeBalance(session))
    await end(ws)
    const lost = await untilAlert(session, 'deregistered')
    expect(alertIn(lost, 'deregistered')).toMatchObject({ netuid: CHAT, because: 'subnet-removed' })
    // The miner stops by itself, and says why.
    const stopped = await untilAlert(session, 'miner-stopped')
    expect(alertIn(stopped, 'miner-stopped')?.error?.code).toMatch(
      /^(mining\/(other-subnet|not-registered|deregistered)|stake\/unknown-subnet)$/,
    )
    await session.until<{ state: string }>('mining.status', ({ state }) => state === 'failed')
    // The pool’s TAO is there, and the positions are not.
    const portfolio = await session.until<{ data?: { free: string; positions: readonly { netuid: number }[] } }>(
      'portfolio.watch',
      ({ data }) => data !== undefined && BigInt(data.free) > before,
    )
    expect(portfolio.data?.positions.filter(({ netuid }) => netuid === CHAT)).toEqual([])
    const rules = () => session.must<{ rules: readonly { id: string; state: object }[] }>('registration.rules')
    await eventually(async () => (await rules()).rules.some(({ state }) => 'because' in state))
    expect((await rules()).rules.find(({ id }) => id === rule)?.state).toEqual({
      kind: 'ended',
      because: 'subnet-gone',
    })
    // The last row of each position closes, named, and has no price of another token.
    await eventually(async () => (await epochsOf(session)).some(({ row }) => row.parts.cause === 'subnet-removed'))
    const ended = (await epochsOf(session)).filter(({ row }) => row.parts.cause === 'subnet-removed')
    expect(ended.length).toBeGreaterThanOrEqual(2)
    for (const { row } of ended) {
      expect([row.netuid, row.stakeAfter, row.price]).toEqual([CHAT, '0', undefined])
      expect(BigInt(row.parts.unexplained)).toBeLessThan(0n)
    }
    // What was paid is told as what it is, and all that was held has a known gain or loss.
    const paid = (await linesOf(session)).filter(({ kind }) => kind === 'subnet-end')
    expect(paid).toHaveLength(1)
    expect(paid[0]?.netuid).toBe(CHAT)
    expect(BigInt(portfolio.data?.free ?? 0) - before).toBe(BigInt(paid[0]?.tao ?? 0))
    const { holdings } = await session.must<{ holdings: readonly Record<string, unknown>[] }>('ledger.holdings', {
      method: 'fifo',
    })
    const here = holdings.filter(({ netuid }) => netuid === CHAT)
    expect(here).toHaveLength(2)
    for (const holding of here) expect(holding).toMatchObject({ alpha: '0', unknownDisposed: '0' })
    // Nothing is shown as nought where it is not known, and nothing fails.
    const places = await session.until<{ data?: { places: readonly object[] }; error?: object }>('registration.watch')
    expect([places.data?.places, places.error]).toEqual([[], undefined])
    const profit = await session.until<{ error?: object; data?: object }>('profit.watch', ({ data, error }) =>
      Boolean(data ?? error),
    )
    expect(profit.error).toBeUndefined()
    for (const range of ['today', '7d', 'all']) await session.must('earnings.summary', { range })
  })
})
