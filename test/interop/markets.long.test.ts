import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MarketSample } from '../../shared/subnets/market.ts'
import { netuid } from '../../shared/units/amounts.ts'
import { must, never, newChain, untilBlock } from '../support/chain/chain-session.ts'
import { type PracticeProcess, practice } from './practice-process.ts'
import { officialTools } from './python.ts'

const run = promisify(execFile)
const tools = officialTools()
const title = tools.found ? `SDK ${tools.version}` : `SDK — SKIPPED: ${tools.reason}`
if (!tools.found)
  process.stderr.write(`\n*** INTEROP NOT CHECKED: ${tools.reason}. Nothing compares our reads with the SDK's. ***\n\n`)

const TEXT = netuid(1)
/** Three epochs of the practice network: dividends were paid by then. */
const EPOCHS_RAN = 62

interface Seen {
  readonly market: readonly Readonly<Record<'netuid' | 'price' | 'tao' | 'alphaIn' | 'alphaOut' | 'volume', number>>[]
  readonly validators: readonly (Readonly<Record<'hotkey' | 'coldkey', string>> &
    Readonly<Record<'take' | 'own' | 'stake' | 'total' | 'lastUpdate' | 'dividends' | 'stakeThen', number>>)[]
  readonly network: { readonly issuance: number; readonly root: readonly number[] }
  readonly sales: readonly number[]
  readonly past: readonly number[]
  readonly pastPrice: number
}

/** The same chain, the same blocks, two programs. */
describe.skipIf(!tools.found)(title, { timeout: 240_000 }, () => {
  let network: PracticeProcess
  const chain = newChain()

  beforeAll(async () => {
    network = await practice([])
    must(await chain.connect({ endpoint: network.ws, genesis: network.genesis }, never))
    await untilBlock(chain, EPOCHS_RAN)
  }, 120_000)
  afterAll(async () => {
    await chain.disconnect()
    await network?.kill()
  })

  it('reads the market, validators, network, sales and the past as we do, to the unit', async () => {
    if (!tools.found) throw new Error(tools.reason)
    const market = must(await chain.market())
    const subnets = must(await chain.subnets())
    const table = must(await chain.validatorTable(TEXT))
    const facts = must(await chain.networkFacts())
    const depth = must(await chain.marketDepth(TEXT))
    const samples: MarketSample[] = []
    must(await chain.marketPast(TEXT, [20], (sample) => samples.push(sample)))

    const ask = {
      market: market.block,
      validators: table.block,
      network: facts.block,
      depth: depth.block,
      past: 20,
      alpha: depth.exits.map(({ alpha }) => alpha.toString()),
    }
    const script = fileURLToPath(new URL('markets.py', import.meta.url))
    const { stdout } = await run(tools.python, [script, network.ws, JSON.stringify(ask)], { timeout: 200_000 })
    const seen = JSON.parse(stdout) as Seen

    const ours = (point: (typeof market.points)[number]) => ({
      netuid: point.netuid,
      tao: Number(point.taoReserve),
      alphaIn: Number(point.alphaReserve),
      alphaOut: Number(point.alphaOutside),
      volume: Number(point.volume),
    })
    expect(market.points.map(ours)).toEqual(
      seen.market.map(({ netuid: id, tao, alphaIn, alphaOut, volume }) => ({
        netuid: id,
        tao,
        alphaIn,
        alphaOut,
        volume,
      })),
    )
    const priced = market.points.filter(({ netuid: id }) => id !== 0)
    expect(priced.map(({ price }) => Number(price))).toEqual(
      seen.market.filter(({ netuid: id }) => id !== 0).map(({ price }) => price),
    )
    expect(subnets.subnets.map(({ netuid: id }) => id)).toEqual(seen.market.map(({ netuid: id }) => id))

    expect(table.rows.length).toBeGreaterThan(0)
    const byHotkey = new Map(seen.validators.map((row) => [row.hotkey, row]))
    expect(byHotkey.size).toBe(table.rows.length)
    for (const row of table.rows)
      expect({
        hotkey: row.hotkey,
        coldkey: row.ownerColdkey,
        take: Math.round(((row.takePpm ?? -1) * 65_535) / 1_000_000),
        own: Number(row.ownStake),
        stake: Number(row.stake),
        total: Number(row.totalStake),
        lastUpdate: row.lastUpdate,
        dividends: Number(row.dividends),
        stakeThen: Number(row.stakeLastEpoch),
      }).toEqual(byHotkey.get(row.hotkey))
    expect(table.rows.some(({ dividends }) => (dividends ?? 0n) > 0n)).toBe(true)

    expect([Number(facts.issuance), facts.rootSeats.map(({ stake }) => Number(stake))]).toEqual([
      seen.network.issuance,
      seen.network.root,
    ])
    expect(depth.exits.map(({ taoOut }) => Number(taoOut ?? 0n))).toEqual(seen.sales)

    const [sample] = samples
    expect([sample?.taoReserve, sample?.alphaReserve, sample?.alphaOutside, sample?.volume].map(Number)).toEqual(
      seen.past,
    )
    expect(Number(sample?.price)).toBe(seen.pastPrice)
  })
})
