import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type HostSession, sessionWith } from '../support/host-session.ts'
import { type RunningHost, startHost, taoforge } from '../support/running-host.ts'

const PASSWORD = 'a long enough one'
const WORDS = {
  ann: 'bottom drive obey lake curtain smoke basket hold race lonely fit walk',
  ben: 'old leopard transfer rib spatial phone calm indicate online fire caution review',
  cleo: 'legal winner thank year wave sausage worth useful legal winner thank yellow',
} as const
type Who = keyof typeof WORDS
const BOB = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty'
const TAO = 1_000_000_000n

interface Plan {
  readonly kind: string
  readonly coldkey: string
  readonly signer: string
  readonly deposit: string
  readonly intent: { readonly kind: string }
  readonly inner: object
}
/** Moves of stake; of one alone the call that it is. */
interface Moves {
  readonly intent: { readonly kind: string; readonly limitPrice: string }
}
interface View {
  readonly free: string
  readonly operations: readonly {
    readonly callHash: string
    readonly callHex?: string
    readonly text?: string
    readonly approvals: readonly string[]
    readonly step?: string
    readonly mayCancel?: boolean
  }[]
}
interface Position {
  readonly netuid: number
  readonly hotkey: string
  readonly alpha: string
}

let host: RunningHost
let session: HostSession
let shared = ''
let validator = ''
const address: Record<string, string> = {}

/** What goes well is asked over the terminal's own socket, without a process for each question. */
const must = <T>(channel: string, input: object = {}): Promise<T> => session.must<T>(channel, input)
/** What is refused is asked in a terminal. */
async function refuses(channel: string, input: object, code: string, facts: object = {}): Promise<void> {
  const answer = await taoforge([channel, JSON.stringify(input), '--data', host.data])
  expect(answer.json, channel).toMatchObject({ ok: false, error: { code, ...facts } })
  expect(answer.exit, channel).toBe(1)
}

async function become(who: Who): Promise<void> {
  await must('wallet.select', { name: who })
  await must('wallet.unlock', { name: who, password: PASSWORD })
}
const sign = async (plan: object) => {
  const { preparedId } = await must<{ preparedId: string }>('transaction.prepare', { plan })
  return must<{ kind: string; outcome: object }>('transaction.send', { preparedId })
}
const view = () => must<View>('multisig.view', { address: shared })
const stateOf = (coldkey: string) =>
  must<{ free: string; positions: readonly Position[] }>('portfolio.get', { coldkey })
const inTheNameOf = (via: object, intent: object) => must<Plan>('account.plan', { via, intent })

beforeAll(async () => {
  host = await startHost({ args: ['--network', 'practice', '--block-ms', '500'] })
  session = await sessionWith(host)
  await session.until('network.status', ({ state }: { state: string }) => state === 'ready')
  for (const who of Object.keys(WORDS) as Who[]) {
    const made = await must<{ address: string }>('wallet.importWords', {
      name: who,
      words: WORDS[who],
      password: PASSWORD,
    })
    address[who] = made.address
    await become(who)
    await must('practice.playMoney', { amount: (50n * TAO).toString() })
  }
  validator = (await must<readonly { hotkey: string }[]>('subnets.validators', { netuid: 1 }))[0]?.hotkey ?? ''
}, 240_000)
afterAll(async () => {
  await session?.close()
  await host?.stop()
})

describe('a shared account of three, from the terminal', { timeout: 240_000 }, () => {
  test('is refused with members that make none', async () => {
    const [ann, ben] = [address['ann'], address['ben']]
    await refuses('multisig.preview', { threshold: 1, members: [ann] }, 'multisig/bad-members', { reason: 'too-few' })
    await refuses('multisig.preview', { threshold: 2, members: [ann, ann] }, 'multisig/bad-members', {
      reason: 'twice',
    })
    await refuses('multisig.preview', { threshold: 3, members: [ann, ben] }, 'multisig/bad-members', {
      reason: 'threshold',
    })
    await refuses('multisig.add', { name: ' ', threshold: 2, members: [ann, ben] }, 'keys/bad-name')
  })

  test('has one address, whatever the order of its members, before it is remembered', async () => {
    const [ann, ben, cleo] = [address['ann'], address['ben'], address['cleo']]
    const one = await must<{ address: string }>('multisig.preview', { threshold: 2, members: [ann, ben, cleo] })
    const other = await must<{ address: string }>('multisig.preview', { threshold: 2, members: [cleo, ann, ben] })
    expect(other).toEqual(one)
    expect(await must('multisig.list')).toEqual([])
    const added = await must<{ address: string }>('multisig.add', {
      name: 'Treasury',
      threshold: 2,
      members: [cleo, ann, ben],
    })
    expect(added.address).toBe(one.address)
    shared = added.address
  })

  test('cannot propose what it cannot pay, and nobody pays a fee for that', async () => {
    await become('ann')
    const before = await stateOf(address['ann'] ?? '')
    const via = { kind: 'multisig', address: shared }
    await refuses(
      'account.plan',
      { via, intent: { kind: 'transfer', to: BOB, amount: TAO.toString() } },
      'transfer/balance-too-low',
    )
    await refuses('transfer.plan', { to: BOB, amount: TAO.toString(), account: shared }, 'transfer/balance-too-low')
    await refuses(
      'staking.planMoves',
      {
        moves: [{ kind: 'add', netuid: 1, hotkey: validator, amount: TAO.toString() }],
        tolerancePpm: 5_000,
        account: shared,
      },
      'stake/balance-too-low',
    )
    expect(await stateOf(address['ann'] ?? '')).toMatchObject({ free: before.free })
  })

  test('a plan for another account is never signed as the wallet’s own', async () => {
    const funding = await must<Plan>('transfer.plan', { to: shared, amount: (20n * TAO).toString() })
    await sign(funding)
    const plan = await must<Plan>('transfer.plan', { to: BOB, amount: TAO.toString(), account: shared })
    expect(plan.coldkey).toBe(shared)
    await refuses('transaction.prepare', { plan }, 'keys/other-account')
    await refuses('transaction.prepare', { plan: { ...plan, coldkey: address['ann'] } }, 'keys/other-account')
  })

  test('sends with two of three: proposed, refused twice, approved by the second', async () => {
    const intent = { kind: 'transfer', to: BOB, amount: (3n * TAO).toString() }
    const via = { kind: 'multisig', address: shared }
    const proposal = await inTheNameOf(via, intent)
    expect(proposal).toMatchObject({ coldkey: shared, signer: address['ann'], intent: { kind: 'multisig-execute' } })
    expect(BigInt(proposal.deposit)).toBeGreaterThan(0n)
    await sign(proposal)
    const { operations } = await view()
    expect(operations).toMatchObject([{ step: 'wait', mayCancel: true, approvals: [address['ann']] }])
    expect(operations[0]?.text).toContain('transfer_keep_alive')
    const callHash = operations[0]?.callHash ?? ''
    await refuses('multisig.planNext', { address: shared, callHash }, 'multisig/waits-for-others', {
      approvals: 1,
      threshold: 2,
    })
    await become('ben')
    await refuses('multisig.planCancel', { address: shared, callHash }, 'multisig/not-a-member')
    expect((await view()).operations).toMatchObject([{ step: 'execute' }])
    const before = BigInt((await stateOf(BOB)).free)
    await sign(await must<Plan>('multisig.planNext', { address: shared, callHash }))
    expect(BigInt((await stateOf(BOB)).free) - before).toBe(3n * TAO)
    expect((await view()).operations).toEqual([])
  })

  test('stakes at the price limit that was proposed, and a wrong limit is not proposed', async () => {
    await become('cleo')
    const add = { kind: 'add', netuid: 1, hotkey: validator, amount: (5n * TAO).toString() }
    const { intent } = await must<Moves>('staking.planMoves', { moves: [add], tolerancePpm: 50_000, account: shared })
    const via = { kind: 'multisig', address: shared }
    await refuses('account.plan', { via, intent: { ...intent, limitPrice: '1' } }, 'stake/price-moved')
    await sign(await inTheNameOf(via, intent))
    const callHash = (await view()).operations[0]?.callHash ?? ''
    await become('ann')
    await sign(await must<Plan>('multisig.planNext', { address: shared, callHash }))
    const { positions } = await stateOf(shared)
    expect(positions).toMatchObject([{ netuid: 1, hotkey: validator }])
    expect(await stateOf(address['ann'] ?? '')).toMatchObject({ positions: [] })
  })

  test('takes an own proposal back, and the deposit with it', async () => {
    await sign(
      await inTheNameOf({ kind: 'multisig', address: shared }, { kind: 'transfer', to: BOB, amount: TAO.toString() }),
    )
    const callHash = (await view()).operations[0]?.callHash ?? ''
    await sign(await must<Plan>('multisig.planCancel', { address: shared, callHash }))
    expect((await view()).operations).toEqual([])
    await refuses('multisig.planNext', { address: shared, callHash }, 'multisig/no-operation')
  })
})

describe('acting as a proxy, from the terminal', { timeout: 240_000 }, () => {
  const grant = async (real: Who, delegate: Who, delay: number) => {
    await become(real)
    const intent = { kind: 'add-proxy', delegate: address[delegate], proxyType: 'Staking', delay }
    await sign(await inTheNameOf({ kind: 'direct' }, intent))
    await become(delegate)
  }
  const stakeFor = async (real: string, amount: bigint) => {
    const add = { kind: 'add', netuid: 1, hotkey: validator, amount: amount.toString() }
    const request = { moves: [add], tolerancePpm: 100_000, account: real }
    return (await must<Moves>('staking.planMoves', request)).intent
  }

  test('nobody acts without a grant', async () => {
    await become('cleo')
    const real = address['ben'] ?? ''
    await refuses('proxy.actFor', { account: real }, 'proxy/not-granted')
    await refuses(
      'account.plan',
      { via: { kind: 'proxy', real }, intent: await stakeFor(real, TAO) },
      'proxy/not-granted',
    )
  })

  test('without delay stakes at once, from the account and not from the wallet that signs', async () => {
    await grant('ben', 'cleo', 0)
    const real = address['ben'] ?? ''
    await must('proxy.actFor', { account: real })
    const via = { kind: 'proxy', real }
    await refuses('account.plan', { via, intent: { kind: 'transfer', to: BOB, amount: '1000' } }, 'proxy/may-not', {
      proxyType: 'Staking',
    })
    const before = BigInt((await stateOf(real)).free)
    const plan = await inTheNameOf(via, await stakeFor(real, 4n * TAO))
    expect(plan).toMatchObject({ coldkey: real, signer: address['cleo'], intent: { kind: 'proxied' } })
    await sign(plan)
    const after = await stateOf(real)
    expect(before - BigInt(after.free)).toBe(4n * TAO)
    const [position] = after.positions
    expect(position).toMatchObject({ netuid: 1, hotkey: validator })
    const amount = (BigInt(position?.alpha ?? 0) / 2n).toString()
    const sale = { kind: 'remove', netuid: 1, hotkey: validator, amount }
    const { intent } = await must<Moves>('staking.planMoves', { moves: [sale], tolerancePpm: 100_000, account: real })
    await sign(await inTheNameOf(via, intent))
    expect(BigInt((await stateOf(real)).positions[0]?.alpha ?? 0)).toBeLessThan(BigInt(position?.alpha ?? 0))
  })

  test('with a delay announces, refuses to hurry, and carries out when it is over', async () => {
    await grant('ann', 'cleo', 25)
    const real = address['ann'] ?? ''
    await must('proxy.actFor', { account: real })
    const via = { kind: 'proxy', real }
    const intent = await stakeFor(real, 2n * TAO)
    const plan = await inTheNameOf(via, intent)
    expect(plan.intent.kind).toBe('announce-proxied')
    expect(BigInt(plan.deposit)).toBeGreaterThan(0n)
    await sign(plan)
    const pending = await must<{
      known: readonly { text: string; intent: object }[]
      facts: { announced: readonly { real: string; height: number }[] }
    }>('proxy.view')
    expect(pending.facts.announced).toMatchObject([{ real }])
    expect(pending.known).toMatchObject([{ intent }])
    expect(pending.known[0]?.text).toContain('add_stake_limit')
    await refuses('account.plan', { via, intent }, 'proxy/too-early')
    const readyAt = (pending.facts.announced[0]?.height ?? 0) + 25
    await expect
      .poll(async () => (await stateOf(real)) as unknown as { block: number }, { timeout: 60_000, interval: 1_000 })
      .toSatisfy(({ block }: { block: number }) => block >= readyAt)
    const made = await inTheNameOf(via, intent)
    expect(made.intent.kind).toBe('proxied-announced')
    await sign(made)
    expect((await stateOf(real)).positions).toMatchObject([{ netuid: 1, hotkey: validator }])
    expect((await must<{ facts: object }>('proxy.view')).facts).toMatchObject({ announced: [] })
  })
})
