import type { MarketSample } from '../../../../shared/subnets/market.ts'
import type { Netuid } from '../../../../shared/units/amounts.ts'
import { asAlpha, asBigint, asNumber, asRao } from '../answer.ts'
import { ChainFailure, fail } from '../failure.ts'
import { viewAt, viewsBetween } from '../history.ts'
import { RpcError } from '../net/rpc-error.ts'
import { FEATURES } from '../runtime/features.ts'
import type { Session } from '../session.ts'
import type { Ask, View } from '../view.ts'
import { readPrice } from './prices.ts'

/** In this order below. */
const POOL = [
  'SubtensorModule.SubnetTAO',
  'SubtensorModule.SubnetAlphaIn',
  'SubtensorModule.SubnetAlphaOut',
  'SubtensorModule.SubnetVolume',
] as const
const NOW = 'Timestamp.Now'

export interface PastMarket {
  readonly netuid: Netuid
  readonly blocks: readonly number[]
  readonly onSample: (sample: MarketSample) => void
}

/** Newest first, so that a node that has forgotten the older ones still tells of the newer ones. */
export async function readPastMarket(session: Session, { netuid, blocks, onSample }: PastMarket): Promise<null> {
  const newestFirst = [...new Set(blocks)].sort((a, b) => b - a)
  const viewOf = await viewsOf(session, newestFirst)
  for (const block of newestFirst) onSample(await readSample(await viewOf(block), netuid))
  return null
}

type ViewOf = (block: number) => Promise<View>

/** One rule book for all blocks where both ends have the same; else, or where the oldest is forgotten, each its own. */
async function viewsOf(session: Session, newestFirst: readonly number[]): Promise<ViewOf> {
  const [newest, oldest] = [newestFirst[0], newestFirst.at(-1)]
  if (newest === undefined || oldest === undefined) return (block) => viewAt(session, block)
  return viewsBetween(session, oldest, newest).catch(
    () => (block: number) => named(block, () => viewAt(session, block)),
  )
}

/** Which block a node has forgotten is what a person must be told. */
async function named(block: number, run: () => Promise<View>): Promise<View> {
  try {
    return await run()
  } catch (cause) {
    if (cause instanceof ChainFailure || !(cause instanceof RpcError)) throw cause
    return fail({ code: 'chain/unsupported', missing: [`state of block ${block}`] })
  }
}

async function readSample(view: View, netuid: Netuid): Promise<MarketSample> {
  view.runtime.need({ storage: [...POOL, NOW] })
  const asks = [...POOL.map((item): Ask => [item, netuid]), [NOW] as Ask]
  const [stored, price] = await Promise.all([
    view.storage(asks),
    // Before the runtime told prices there is none to be had: the pool's reserves alone do not make one.
    view.runtime.has(FEATURES.price) ? readPrice(view, netuid) : undefined,
  ])
  const [tao, alphaIn, alphaOut, volume, now] = stored.map(({ value }) => value)
  return {
    block: view.block,
    atMs: asNumber(now, NOW),
    ...(price === undefined ? {} : { price }),
    taoReserve: asRao(tao, POOL[0]),
    alphaReserve: asAlpha(alphaIn, POOL[1]),
    alphaOutside: asAlpha(alphaOut, POOL[2]),
    volume: asBigint(volume, POOL[3]),
  }
}
