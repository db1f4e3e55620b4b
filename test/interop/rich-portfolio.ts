import type { Intent } from '../../shared/signing/intent.ts'
import { exactMoves } from '../../shared/staking/asked-move.ts'
import { lockSteps } from '../../shared/staking/locks.ts'
import type { StakeMove } from '../../shared/staking/stake-move.ts'
import { alpha, netuid, rao, raoPerAlpha, type Ss58 } from '../../shared/units/amounts.ts'
import { TestAccount } from '../support/chain/account.ts'
import { carryOut } from '../support/chain/carry-out.ts'
import { must, newChain, untilBlock } from '../support/chain/chain-session.ts'

export const [ROOT, TEXT, CHAT, SHALLOW, DEEP, WHALE] = [0, 1, 2, 3, 4, 5].map((id) => netuid(id)) as [
  ReturnType<typeof netuid>,
  ReturnType<typeof netuid>,
  ReturnType<typeof netuid>,
  ReturnType<typeof netuid>,
  ReturnType<typeof netuid>,
  ReturnType<typeof netuid>,
]
const TAO = 1_000_000_000n
const ANY = raoPerAlpha((1n << 64n) - 1n)
export const HOLD = 500
/** The least that buys stake on a shallow pool: dust once it is there. */
const DUST = rao(2_100_000n)

export type Row = Readonly<Record<string, string | boolean | null>>
export interface Seen {
  readonly portfolio: {
    readonly account: {
      readonly free: string
      readonly existential: string
      readonly reserved: string
      readonly proxies: readonly { readonly delegate: string; readonly proxy_type: string; readonly delay: string }[]
    }
    readonly positions: readonly (readonly [string, string, string, boolean])[]
    readonly available: readonly (readonly [string, string, string])[]
    readonly atSpot: string
    readonly prices: readonly (readonly [string, string])[]
    readonly sales: readonly string[]
  }
  readonly holdings: {
    readonly available: readonly (readonly [string, string, string])[]
    readonly locks: readonly (Row & { readonly later: readonly string[] })[]
    readonly autoStake: readonly { readonly netuid: string; readonly hotkey: string }[]
    readonly acceptsLocked: boolean
    readonly owed: string
    readonly byValidator: readonly (readonly [string, string])[]
    readonly threshold: string
    readonly hold: string
    readonly heldUntil: Readonly<Record<string, string>>
  }
  readonly claimed: readonly [before: string, after: string]
  readonly quotes: {
    readonly add: readonly string[]
    readonly remove: readonly string[]
    readonly swap: readonly string[]
    readonly moveFee: string
    readonly swapFee: string
  }
  readonly fees: Readonly<Record<string, readonly [fee: string | null, violations: readonly string[]]>>
  readonly subnets: readonly (Row & { readonly identity: Row | null })[]
  readonly validators: Readonly<Record<string, readonly Row[]>>
  readonly network: Readonly<Record<string, string>>
}

export const chain = newChain()
export const me = new TestAccount()
const friend = new TestAccount()

const make = (intent: Intent) => carryOut(chain, me, intent)

const validatorsOf = async (id: typeof TEXT): Promise<readonly Ss58[]> =>
  must(await chain.validators(id))
    .filter(({ permit }) => permit)
    .map(({ hotkey }) => hotkey)

/** An account with something of everything that a portfolio can show. */
export async function becomeRich() {
  must(await chain.playMoney(me.address, rao(5_000n * TAO)))
  const [one, two] = (await validatorsOf(TEXT)) as [Ss58, Ss58]
  const [chat] = (await validatorsOf(CHAT)) as [Ss58]
  const [shallow] = (await validatorsOf(SHALLOW)) as [Ss58]
  const add = (hotkey: Ss58, id: typeof TEXT, amount: bigint) =>
    make({ kind: 'add-stake', hotkey, netuid: id, amount: rao(amount), limitPrice: ANY })
  await add(one, TEXT, 100n * TAO)
  await add(two, TEXT, 40n * TAO)
  await add(chat, CHAT, 100n * TAO)
  await add(shallow, SHALLOW, DUST)
  await add(one, ROOT, 2_000n * TAO)
  await make({ kind: 'lock-stake', hotkey: chat, netuid: CHAT, amount: alpha(700n * TAO) })
  await make({ kind: 'lock-stake', hotkey: two, netuid: TEXT, amount: alpha(50n * TAO) })
  await make({ kind: 'set-perpetual-lock', netuid: TEXT, enabled: true })
  await make({ kind: 'set-auto-stake', netuid: TEXT, hotkey: two })
  await make({ kind: 'reject-locked-alpha', enabled: false })
  await make({ kind: 'add-proxy', delegate: friend.address, proxyType: 'Staking', delay: 7 })
  const owes = async (least: bigint): Promise<void> => {
    const { atBlock, root } = must(await chain.holdingState(me.address))
    if ((root.owed ?? 0n) > least) return
    await untilBlock(chain, atBlock + 1)
    await owes(least)
  }
  await owes(1_000_000n)
  const claim = { kind: 'claim-root-of', hotkey: one } as const
  const claimFee = must(await chain.quoteCall(me.address, claim)).txFee
  const claimed = await make(claim)
  await owes(0n)
  return { one, two, chat, claimed, claimFee }
}

/** Everything as the product reads it, each part with the block it is of. */
export async function readOurs({ one, two, chat }: Awaited<ReturnType<typeof becomeRich>>) {
  const amount = alpha(15n * (TAO / 10n))
  const moves: readonly StakeMove[] = [
    { kind: 'add', hotkey: one, netuid: DEEP, amount: rao(3n * TAO) },
    { kind: 'remove', hotkey: one, netuid: TEXT, amount },
    { kind: 'swap', hotkey: chat, fromNetuid: CHAT, toNetuid: WHALE, amount: alpha(20n * TAO) },
    { kind: 'move', netuid: TEXT, fromHotkey: one, toHotkey: two, amount },
  ]
  const fees: Readonly<Record<string, Intent>> = {
    transfer: { kind: 'transfer', to: two, amount: rao(3n * TAO) },
    add: { kind: 'add-stake', hotkey: one, netuid: DEEP, amount: rao(3n * TAO), limitPrice: raoPerAlpha(2n * TAO) },
    remove: { kind: 'remove-stake', hotkey: one, netuid: TEXT, amount, limitPrice: raoPerAlpha(1n) },
    move: { kind: 'move-stake', fromHotkey: one, toHotkey: two, fromNetuid: TEXT, toNetuid: TEXT, amount },
    lock: { kind: 'lock-stake', hotkey: one, netuid: TEXT, amount },
    autoStake: { kind: 'set-auto-stake', hotkey: one, netuid: TEXT },
    claimOf: { kind: 'claim-root-of', hotkey: one },
    claim: { kind: 'claim-root', subnets: [] },
  }
  const feeOf = async ([name, intent]: [string, Intent]) =>
    [name, must(await chain.quoteCall(me.address, intent)).txFee] as const
  const tables = [ROOT, TEXT, CHAT, SHALLOW, DEEP, WHALE]
  return {
    portfolio: must(await chain.portfolio(me.address, true)),
    transfer: must(await chain.transferSnapshot(me.address, friend.address, rao(TAO))),
    proxies: must(await chain.proxies(me.address)),
    holdings: must(await chain.holdingState(me.address)),
    snapshot: must(await chain.movesSnapshot(me.address, (holdings) => exactMoves(moves, holdings), {})),
    fees: Object.fromEntries(await Promise.all(Object.entries(fees).map(feeOf))),
    subnets: must(await chain.subnets()),
    statement: must(await chain.subnetStatement(TEXT)),
    validators: await Promise.all(tables.map(async (id) => must(await chain.validatorTable(id)))),
    network: must(await chain.networkFacts()),
  }
}
export type Ours = Awaited<ReturnType<typeof readOurs>>

export const stepsOf = ({ holdings }: Ours) =>
  holdings.subnets.map((holding) => ({
    netuid: holding.netuid,
    steps: lockSteps(holding, holdings.atBlock, holdings.unlockBlocks ?? 0),
  }))

/** What the script is asked: the same things of the same blocks. */
export function askOf(ours: Ours, { one, two, claimed }: Awaited<ReturnType<typeof becomeRich>>) {
  const { portfolio, holdings, snapshot, subnets, validators, network } = ours
  return {
    me: me.address,
    blocks: {
      portfolio: portfolio.block,
      holdings: holdings.atBlock,
      quotes: snapshot.block,
      subnets: subnets.block,
      network: network.block,
      validators: Object.fromEntries(validators.map((table) => [table.netuid, table.block])),
    },
    sales: portfolio.positions
      .filter((position) => position.netuid !== ROOT)
      .map((position) => ({ netuid: position.netuid, alpha: String(position.alpha), block: position.ifSoldBlock })),
    claimed: { hotkey: one, block: claimed.block },
    steps: Object.fromEntries(stepsOf(ours).map((row) => [row.netuid, row.steps.map(({ block }) => block)])),
    add: { netuid: DEEP, amount: String(3n * TAO) },
    remove: { netuid: TEXT, amount: String(15n * (TAO / 10n)) },
    swap: { from: CHAT, to: WHALE, amount: String(20n * TAO) },
    move: { netuid: TEXT, hotkeys: [one, two], amount: String(15n * (TAO / 10n)) },
  }
}
