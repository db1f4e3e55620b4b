import { rao } from '../../shared/units/amounts.ts'
import { never, untilBlock } from '../support/chain/chain-session.ts'
import { holdings, root } from './holdings.ts'
import { manyMoves } from './many-moves.ts'
import { send, shield } from './money.ts'
import { everyMove, moveRefusals, stake } from './moves.ts'
import { limitOrders } from './orders.ts'
import { reads } from './reads.ts'
import type { TestSigner } from './signer.ts'
import { type Chain, movesFor, type Places, TAO, type Walk } from './walk.ts'

export interface Journey extends Omit<Walk, 'moves'> {
  readonly endpoint: string
  /** Pays where the first account has nothing and no faucet gives it any. */
  readonly rich?: TestSigner | undefined
}

const PLAY_MONEY = rao(2_000n * TAO)
/** What the journey stakes at one time, with room for fees; most of it comes back. */
const NEEDED = 5n * TAO

/** The journey of a holder, every row of it, refusals first; what the node's metadata does not offer is named and left out. */
export async function journey({ endpoint, rich, ...given }: Journey): Promise<void> {
  const { chain, report } = given
  const facts = report.took(
    'connect',
    await chain.connect({ endpoint }, never),
    ({ specName, specVersion, genesis }) => `${specName} ${specVersion}, genesis ${genesis}`,
  )
  if (!facts) return
  const { account, money } = await payerOf(given, rich)
  const it: Walk = { ...given, account, moves: movesFor(chain, account) }
  const places = await reads(it)
  if (!places) report.off('stake', 'no subnet has started')
  else await report.part('refusals', async () => moveRefusals(it, places, await netuidsOf(chain)))
  if (money === 'none')
    return report.off('everything that is sent', `no faucet, and the account has less than ${NEEDED} rao`)
  await report.part('send TAO', () => send(it))
  if (places) await staking(it, places, { rich: money === 'play', genesis: facts.genesis })
}

interface Circumstances {
  readonly rich: boolean
  readonly genesis: string
}

async function staking(it: Walk, places: Places, { rich, genesis }: Circumstances): Promise<void> {
  const { report } = it
  await report.part('root', () => root(it, places, { rich }))
  await report.part('limit orders', () => limitOrders(it, places))
  await report.part('stake', async () => {
    if (await stake(it, places)) await everyMove(it, places)
  })
  if (places.price === undefined)
    return report.off('all other trades', 'the runtime names no price: a person has to set a limit for each of them')
  await manyMoves(it, places)
  await report.part('holdings', () => holdings(it, places))
  await report.part('a hidden stake', () => shield(it, places, genesis))
}

async function netuidsOf(chain: Chain): Promise<ReadonlySet<number>> {
  const found = await chain.subnets()
  return new Set(found.ok ? found.value.subnets.map(({ netuid }) => netuid) : [])
}

interface Payer {
  readonly account: TestSigner
  readonly money: 'play' | 'own' | 'none'
}

async function payerOf(it: Omit<Walk, 'moves'>, rich: TestSigner | undefined): Promise<Payer> {
  const { chain, account, report } = it
  const given = await chain.playMoney(account.address, PLAY_MONEY)
  if (given.ok) {
    await untilBlock(chain, given.value.block)
    report.done('play money', `in block ${given.value.block}`)
    return { account, money: 'play' }
  }
  for (const one of [account, ...(rich ? [rich] : [])]) {
    const portfolio = await chain.portfolio(one.address, false)
    if (!portfolio.ok || portfolio.value.free < NEEDED) continue
    report.done('money', `${portfolio.value.free} rao of ${one.address}`)
    return { account: one, money: 'own' }
  }
  return { account, money: 'none' }
}
