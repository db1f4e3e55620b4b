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

/** Whole numbers are text: exact, whatever their size. */
interface Seen {
  readonly market: readonly Readonly<Record<'netuid' | 'price' | 'tao' | 'alphaIn' | 'alphaOut' | 'volume', string>>[]
  readonly validators: readonly (Readonly<Record<'hotkey' | 'coldkey', string>> &
    Readonly<Record<'take' | 'own' | 'stake' | 'total' | 'lastUpdate' | 'dividends' | 'stakeThen', string>>)[]
  readonly network: { readonly issuance: string; readonly root: readonly string[] }
  readonly sales: readonly string[]
  readonly past: readonly string[]
  readonly pastPrice: string
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
      netuid: String(point.netuid),
      tao: String(point.taoReserve),
      alphaIn: String(point.alphaReserve),
      alphaOut: String(point.alphaOutside),
      volume: String(point.volume),
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
    expect(priced.map(({ price }) => String(price))).toEqual(
      seen.market.filter(({ netuid: id }) => id !== '0').map(({ price }) => price),
    )
    expect(subnets.subnets.map(({ netuid: id }) => String(id))).toEqual(seen.market.map(({ netuid: id }) => id))

    expect(table.rows.length).toBeGreaterThan(0)
    const byHotkey = new Map(seen.validators.map((row) => [row.hotkey, row]))
    expect(byHotkey.size).toBe(table.rows.length)
    for (const row of table.rows)
      expect({
        hotkey: row.hotkey,
        coldkey: row.ownerColdkey,
        take: String(Math.round(((row.takePpm ?? -1) * 65_535) / 1_000_000)),
        own: String(row.ownStake),
        stake: String(row.stake),
        total: String(row.totalStake),
        lastUpdate: String(row.lastUpdate),
        dividends: String(row.dividends),
        stakeThen: String(row.stakeLastEpoch),
      }).toEqual(byHotkey.get(row.hotkey))
    expect(table.rows.some(({ dividends }) => (dividends ?? 0n) > 0n)).toBe(true)

    expect([String(facts.issuance), facts.rootSeats.map(({ stake }) => String(stake))]).toEqual([
      seen.network.issuance,
      seen.network.root,
    ])
    expect(depth.exits.map(({ taoOut }) => String(taoOut ?? 0n))).toEqual(seen.sales)

    const [sample] = samples
    expect([sample?.taoReserve, sample?.alphaReserve, sample?.alphaOutside, sample?.volume].map(String)).toEqual(
      seen.past,
    )
    expect(String(sample?.price)).toBe(seen.pastPrice)
  })
})
