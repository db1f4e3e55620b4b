import { expect, test } from 'vitest'
import { GO_IDLE, type GoState, goSteps, reduceGo } from '../../shared/mining/one-click.ts'
import { ok } from '../../shared/result.ts'
import { netuid, rao, ss58 } from '../../shared/units/amounts.ts'
import { type MineArguments, mineArguments, walkToMining } from './mine-go.ts'
import type { TypedClient } from './typed-client.ts'

const KEY = ss58('5DfhGyQdFobKM8NsWvEeAKk5EQQgYe9AydgJ7rMB6E1EqRzV')
/** Somebody agreed to 100 rao for a place on subnet 2; then the host was killed. */
const KILLED: GoState = {
  ...GO_IDLE,
  phase: 'stopped',
  step: 'register',
  stoppedBy: 'restart',
  choice: {
    network: 'finney',
    genesis: '0xaa',
    coldkey: KEY,
    netuid: netuid(2),
    subnetName: 'Two',
    hotkey: KEY,
    hotkeyName: 'miner',
    adapter: 'x',
    adapterTitle: 'X',
    modelId: 'small',
    understood: true,
    tolerancePpm: 0,
  },
  agreed: { identity: 'a', hardware: 'b', mostCost: rao(100n) },
}

/** A host whose walk ends where it is resumed or begun: what a command asks of it is all that counts here. */
function hostWith(before: GoState) {
  let state = before
  const asked: unknown[] = []
  const view = () => ({ ...state, steps: [...goSteps(state)] })
  const client: TypedClient = {
    call: async (name, input) => {
      asked.push(Object.keys(input as object).length > 0 ? [name, input] : name)
      if (name === 'oneClick.cancel') state = reduceGo(state, { kind: 'cancelled' })
      if (name === 'oneClick.dismiss') state = reduceGo(state, { kind: 'dismissed' })
      if (name === 'oneClick.resume' || name === 'oneClick.go') state = { ...state, phase: 'failed' }
      return ok(view() as never)
    },
    firstWhere: async () => ok(view() as never),
  }
  const walk = (args: MineArguments) => walkToMining({ client, args, say: () => undefined })
  return { walk, asked, agreed: () => state.agreed }
}

test('an amount that was agreed to another time is not spent by a command that names none, or a lower one', async () => {
  for (const args of [{}, { upTo: rao(1n) }, { netuid: netuid(2), modelId: 'small' }]) {
    const host = hostWith(KILLED)
    await host.walk(args)
    expect([host.asked, host.agreed()]).toEqual([['oneClick.cancel', 'oneClick.resume'], undefined])
  }
})

test('what was begun for another subnet is not gone on with where one is named', async () => {
  const host = hostWith(KILLED)
  await host.walk({ netuid: netuid(7), upTo: rao(100n) })
  expect(host.asked).toEqual(['oneClick.dismiss', ['oneClick.go', { netuid: 7 }]])
})

test('a licence that is accepted only now is said to what was begun', async () => {
  const { agreed: _, ...failed } = KILLED
  const host = hostWith({ ...failed, phase: 'failed', step: 'download' })
  await host.walk({ acceptLicence: 'MIT' })
  expect(host.asked).toEqual([['oneClick.resume', { acceptLicence: 'MIT' }]])
})

test('nor is it thrown away while it runs, or while what it sent is on its way', async () => {
  for (const before of [{ ...KILLED, phase: 'asking' } as const, { ...KILLED, sent: 'p' }]) {
    const host = hostWith(before)
    const said = await host.walk({ netuid: netuid(7) })
    expect(said).toMatchObject({ ok: false, error: { code: 'contract/bad-input' } })
    expect(host.asked).toEqual([])
  }
})

test.each(['', ' ', '-1', '0x2', '2.5', '1e3', '70000'])(
  'a netuid is a whole number in digits: %j is none',
  (netuid) => {
    expect(mineArguments(['go', '--netuid', netuid])).toMatchObject({
      ok: false,
      error: expect.stringMatching(/netuid/),
    })
  },
)
