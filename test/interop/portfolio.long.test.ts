import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { emissionAt, nextHalving, rootConcentration } from '../../shared/network-facts/network-facts.ts'
import { must, never } from '../support/chain/chain-session.ts'
import { type PracticeProcess, practice } from './practice-process.ts'
import { officialTools } from './python.ts'
import {
  askOf,
  becomeRich,
  chain,
  HOLD,
  me,
  type Ours,
  ROOT,
  readOurs,
  type Seen,
  stepsOf,
  TEXT,
} from './rich-portfolio.ts'

// What the SDK has no read for, and how it is checked instead:
// - what a swap's second leg brings: its two simulations by hand, the second with what the one fee leaves (`quotes` in the script);
// - when how much of a lock is free: the SDK's own projection of a lock, which is not one of its public reads;
// - conviction of one coldkey's lock: the runtime call behind `coldkey_lock`, which the SDK makes and shows only the mass of;
// - hold of stake on root: its two storage items, from the SDK's own list of them;
// - next halving and concentration of root: computed once more in the script, in whole fractions;
// - child and parent keys are shown nowhere in the product, so there is nothing to compare.
// Spot value: the SDK multiplies floating numbers, we whole ones. They may differ by one rao for each position.

const run = promisify(execFile)
const tools = officialTools()
const title = tools.found ? `SDK ${tools.version}` : `SDK — SKIPPED: ${tools.reason}`
if (!tools.found)
  process.stderr.write(
    `\n*** INTEROP NOT CHECKED: ${tools.reason}. Nothing compares a portfolio with the SDK's. ***\n\n`,
  )

/** The same chain, the same blocks, two programs. */
describe.skipIf(!tools.found)(title, { timeout: 240_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'sdk-metadata-'))
  let network: PracticeProcess
  let rich: Awaited<ReturnType<typeof becomeRich>>
  let ours: Ours
  let seen: Seen

  beforeAll(async () => {
    if (!tools.found) throw new Error(tools.reason)
    network = await practice(['--root-hold', String(HOLD)])
    must(await chain.connect({ endpoint: network.ws, genesis: network.genesis }, never))
    rich = await becomeRich()
    ours = await readOurs(rich)
    const script = fileURLToPath(new URL('portfolio.py', import.meta.url))
    const ask = JSON.stringify(askOf(ours, rich))
    // The SDK keeps metadata by genesis and spec version; what it kept of another build would be read as this one's.
    const env = { ...process.env, BITTENSOR_RUNTIME_CACHE_DIR: folder }
    const options = { env, timeout: 200_000, maxBuffer: 1 << 24 }
    const { stdout } = await run(tools.python, [script, network.ws, ask], options)
    seen = JSON.parse(stdout) as Seen
  }, 300_000)
  afterAll(async () => {
    await chain.disconnect()
    await network?.kill()
    rmSync(folder, { recursive: true, force: true })
  })

  it('agrees on free TAO, what is reserved, and who may act for the account', () => {
    const { account } = seen.portfolio
    expect([ours.portfolio.free, ours.transfer.existentialDeposit].map(String)).toEqual([
      account.free,
      account.existential,
    ])
    expect(BigInt(account.reserved)).toBeGreaterThan(0n)
    expect(String(ours.proxies.deposit)).toBe(account.reserved)
    expect(ours.proxies.grants.map(({ delegate, proxyType, delay }) => [delegate, proxyType, String(delay)])).toEqual(
      account.proxies.map(({ delegate, proxy_type, delay }) => [delegate, proxy_type, delay]),
    )
  })

  it('agrees on every position, what of it is free, its price, its sale and the sum', () => {
    const { positions, available, prices, sales, atSpot } = seen.portfolio
    const row = (netuidOf: unknown, hotkey: unknown) => `${netuidOf} ${hotkey}`
    expect(
      ours.portfolio.positions
        .map((one) => [String(one.netuid), one.hotkey, String(one.alpha), one.registered])
        .sort((a, b) => (row(a[0], a[1]) < row(b[0], b[1]) ? -1 : 1)),
    ).toEqual([...positions].sort((a, b) => (row(a[0], a[1]) < row(b[0], b[1]) ? -1 : 1)))
    expect(ours.portfolio.positions.length).toBe(5)
    const free = new Map(available.map(([id, , left]) => [id, BigInt(left)]))
    const priceOf = new Map(prices)
    for (const one of ours.portfolio.positions) {
      const onSubnet = free.get(String(one.netuid)) ?? -1n
      expect(one.available).toBe(onSubnet < one.alpha ? onSubnet : one.alpha)
      if (one.netuid !== ROOT) expect(String(one.price)).toBe(priceOf.get(String(one.netuid)))
    }
    const traded = ours.portfolio.positions.filter((one) => one.netuid !== ROOT)
    expect(traded.map(({ ifSold }) => String(ifSold))).toEqual(sales)
    const apart = (ours.portfolio.totalAtSpot ?? 0n) - ours.portfolio.free - BigInt(atSpot)
    expect(apart < 0n ? -apart : apart).toBeLessThanOrEqual(BigInt(ours.portfolio.positions.length))
  })

  it('agrees on locks: how much, for whom, what they weigh, and what is left of them later', () => {
    const locked = ours.holdings.subnets.filter((one) => one.lock)
    expect(
      locked.map(({ netuid: id, lock }) => ({
        netuid: String(id),
        hotkey: lock?.hotkey,
        amount: String(lock?.amount),
        perpetual: lock?.perpetual,
        conviction: String(lock?.conviction),
        hotkeyConviction: String(lock?.hotkeyConviction),
      })),
    ).toEqual(seen.holdings.locks.map(({ later: _, ...lock }) => lock))
    expect(locked.map(({ lock }) => lock?.perpetual)).toEqual([true, false])
    expect(locked.every(({ lock }) => (lock?.conviction ?? 0n) > 0n)).toBe(true)
    for (const { netuid: id, steps } of stepsOf(ours)) {
      const there = seen.holdings.locks.find((one) => one['netuid'] === String(id))
      const later = there?.later ?? []
      expect(later.length).toBe(steps.length)
      // Our steps are the exact parts, at the first whole block after them.
      const inABlock = BigInt(String(there?.['amount'] ?? 0)) / BigInt(ours.holdings.unlockBlocks ?? 1) + 2n
      for (const [at, { locked: left }] of steps.entries()) {
        expect(BigInt(later[at] ?? -1n)).toBeLessThanOrEqual(left + 2n)
        expect(BigInt(later[at] ?? -1n)).toBeGreaterThanOrEqual(left - inABlock)
      }
    }
    expect(stepsOf(ours).flatMap(({ steps }) => steps).length).toBe(3)
  })

  it('agrees on availability of each subnet, auto-stake and locked alpha of others', () => {
    const { holdings } = ours
    const held = holdings.subnets.filter(({ total }) => total !== undefined && total > 0n)
    expect(held.map((one) => [one.netuid, one.total, one.available].map(String))).toEqual(seen.holdings.available)
    for (const { lock, total = 0n, available = 0n } of held) expect(total - available).toBe(lock?.amount ?? 0n)
    expect(
      holdings.subnets.flatMap(({ netuid: id, autoStake }) =>
        autoStake ? [{ netuid: String(id), hotkey: autoStake }] : [],
      ),
    ).toEqual(seen.holdings.autoStake)
    expect(holdings.rejectsLocked).toBe(!seen.holdings.acceptsLocked)
    expect(holdings.rejectsLocked).toBe(false)
  })

  it('agrees on what root owes, the least that is paid, how long stake is held, and what a claim paid', () => {
    const { root } = ours.holdings
    const { holdings, claimed } = seen
    expect([root.owed, root.threshold, root.holdBlocks].map(String)).toEqual([
      holdings.owed,
      holdings.threshold,
      holdings.hold,
    ])
    expect(
      root.byValidator
        .filter(({ owed }) => owed > 0n)
        .map(({ hotkey, owed }) => [hotkey, String(owed)])
        .sort(),
    ).toEqual(holdings.byValidator)
    expect(root.owed).toBeGreaterThan(0n)
    expect(root.byValidator.map(({ hotkey, heldUntil }) => [hotkey, String(heldUntil)])).toEqual(
      root.byValidator.map(({ hotkey }) => [hotkey, holdings.heldUntil[hotkey]]),
    )
    const [before, after] = claimed.map(BigInt) as [bigint, bigint]
    expect(after).toBeGreaterThan(before)
    expect(rich.claimed.held).toEqual([
      { event: 'root-claimed', coldkey: me.address, netuid: ROOT, hotkey: rich.one, amount: after - before },
    ])
  })

  it('agrees on quotes of buying, selling and both legs of a swap, and on what moving costs', () => {
    const [add, remove, swap, move] = ours.snapshot.quotes
    expect([add?.purchase?.alphaOut, add?.purchase?.poolFee].map(String)).toEqual(seen.quotes.add)
    expect([remove?.sale?.taoOut, remove?.sale?.poolFee].map(String)).toEqual(seen.quotes.remove)
    expect([swap?.sale?.taoOut, swap?.sale?.poolFee, swap?.purchase?.alphaOut].map(String)).toEqual(seen.quotes.swap)
    expect(String(swap?.sale?.poolFee)).toBe(seen.quotes.swapFee)
    expect(move).toEqual({ sale: undefined, purchase: undefined })
    expect(seen.quotes.moveFee).toBe('0')
  })

  it('agrees on the network fee of each kind of call', () => {
    // The SDK prices a call as if it were good forever, and signs it for some blocks: one byte more, and a rao for it. We price
    // what will be signed, and that is what is charged.
    const anEra = 1n
    expect(Object.entries(ours.fees).map(([name, fee]) => [name, String(fee - anEra)])).toEqual(
      Object.entries(seen.fees).map(([name, [fee]]) => [name, fee]),
    )
    // Nor does it see a reason not to send one of them, claims included.
    expect(Object.values(seen.fees).flatMap(([, violations]) => violations)).toEqual([])
    expect(rich.claimed.feeRao).toBe(rich.claimFee)
    expect(ours.fees['claimOf']).toBe(rich.claimFee)
    expect(Object.values(ours.fees).every((fee) => fee > 0n)).toBe(true)
    expect(Object.keys(ours.fees)).toEqual(Object.keys(seen.fees))
  })

  it('agrees on every column of the table of subnets', () => {
    expect(
      ours.subnets.subnets.map((one) => ({
        netuid: String(one.netuid),
        tempo: String(one.tempo),
        // Root has no price of a place.
        burn: one.netuid === ROOT ? undefined : String(one.registrationPrice),
        taken: String(one.placesTaken),
        symbol: one.symbol,
        name: one.name,
        owner: one.ownerColdkey,
        ownerHotkey: one.ownerHotkey,
        registeredAt: String(one.registeredAtBlock),
        tao: String(one.taoReserve),
        alphaIn: String(one.alphaReserve),
        alphaOut: String(one.alphaOutside),
        taoEmission: String(one.taoPerBlock),
        alphaEmission: String(one.alphaPerBlock),
        volume: String(one.volume),
        moving: one.netuid === ROOT ? undefined : String(one.movingPrice),
        places: String(one.places),
        open: one.registrationOpen,
        started: one.started,
        nextEpoch: one.nextEpochBlock === undefined ? null : String(one.nextEpochBlock),
      })),
    ).toEqual(
      seen.subnets.map(({ identity: _, ...row }) =>
        row['netuid'] === '0' ? { ...row, burn: undefined, moving: undefined } : row,
      ),
    )
    const said = seen.subnets.find((row) => row['netuid'] === String(TEXT))?.identity
    expect([ours.statement.identity?.name, ours.statement.identity?.url, ours.statement.identity?.description]).toEqual(
      [said?.['subnet_name'], said?.['subnet_url'], said?.['description']],
    )
  })

  it('agrees on the validators of six subnets, root among them', () => {
    for (const table of ours.validators) {
      const rows = seen.validators[String(table.netuid)] ?? []
      expect(table.rows.length).toBeGreaterThan(0)
      expect(
        [...table.rows]
          .sort((a, b) => a.uid - b.uid)
          .map((row) => ({
            hotkey: row.hotkey,
            coldkey: row.ownerColdkey,
            uid: String(row.uid),
            name: row.identity?.name ?? '',
            url: row.identity?.url ?? '',
            take: String(Math.round(((row.takePpm ?? -1) * 65_535) / 1_000_000)),
            own: String(row.ownStake),
            stake: String(row.stake),
            rootWeight: String(row.rootWeight),
            total: String(row.totalStake),
            dividendsShare: String(row.dividendsShare),
            lastUpdate: String(row.lastUpdate),
            registeredAt: String(row.registeredAt),
            dividends: String(row.dividends),
          })),
      ).toEqual(rows)
    }
    const all = ours.validators.flatMap(({ rows }) => rows)
    expect(all.some(({ identity }) => identity?.name)).toBe(true)
    expect(all.some(({ dividends }) => (dividends ?? 0n) > 0n)).toBe(true)
  })

  it('agrees on the network: issuance, emission, the next halving, and who holds root', () => {
    const { network: facts } = ours
    const concentration = rootConcentration(facts)
    const halving = nextHalving(facts.issuance)
    expect({
      issuance: String(facts.issuance),
      emission: String(facts.blockEmission),
      byRule: String(emissionAt(facts.issuance)),
      halvingAt: String(halving?.atIssuance),
      rootStake: String(facts.rootStake),
      topHotkeys: String(concentration?.ofHotkeys),
      topOwners: String(concentration?.ofOwners),
    }).toEqual(seen.network)
  })
})
