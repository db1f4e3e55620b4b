import { USUAL_BLOCK_MS } from '../../shared/network/block-time.ts'
import type { Span } from '../../shared/profit/days.ts'
import { incomesOf, type MinedEpoch, type MinerIncome } from '../../shared/profit/income.ts'
import type { ProfitSlot, SlotMiner } from '../../shared/profit/profit-slot.ts'
import type { PlaceView } from '../../shared/profit/profit-view.ts'
import { QUARTER_MS } from '../../shared/profit/tariff.ts'
import { immunityRoom, replacedNext, standingOf, summaryOf } from '../../shared/registration/places.ts'
import { rankFromBottom, survivalOf } from '../../shared/registration/survival.ts'
import { alpha, isAlpha, type Netuid, type Ss58 } from '../../shared/units/amounts.ts'
import type { ChainPort } from '../chain/chain.port.ts'
import type { RegistrationFacts, RegistrationPort } from '../chain/registration.port.ts'
import type { EarningsGapStorage } from '../storage/earnings-gaps.port.ts'
import type { LedgerStorage, StoredEntry } from '../storage/ledger-storage.port.ts'
import type { ProfitStorage } from '../storage/profit-storage.port.ts'
import type { ClockPort } from '../system/system.port.ts'
import type { WalletService } from './wallet.service.ts'

export interface ProfitFactsDeps {
  readonly chain: Pick<RegistrationPort, 'registrationFacts' | 'daySales'> & Pick<ChainPort, 'state'>
  readonly storage: Pick<ProfitStorage, 'minedEpochs'> & Pick<LedgerStorage, 'ledgerPage'> & EarningsGapStorage
  readonly wallets: Pick<WalletService, 'state'>
  readonly clock: Pick<ClockPort, 'nowMs'>
}

/** Places change slowly, and a reading takes two requests. Unit: ms. */
const PLACES_MS = 600_000
/** A sale that is simulated says what it brings now. Unit: ms. */
const SALE_MS = 300_000
const DAY_MS = 86_400_000
const MOST_LINES = 500

interface Kept<T> {
  readonly atMs: number
  readonly value: T
}

/** What the chain said of one sale. */
interface Sale extends Kept<bigint | undefined> {
  readonly of: string
  readonly amount: bigint
}
/** So near to each other two amounts are sold at the same price. */
const NEAR = 50n

/** Reads what profit is made of: the books of this computer, and of the chain no more often than it changes. */
export class ProfitFacts {
  readonly #deps: ProfitFactsDeps
  readonly #places = new Map<string, Kept<RegistrationFacts | undefined>>()
  #sales: readonly Sale[] = []

  constructor(deps: ProfitFactsDeps) {
    this.#deps = deps
  }

  /** Each place once that mined in these slots. */
  minersIn(slots: readonly ProfitSlot[]): readonly SlotMiner[] {
    const miners = slots.flatMap(({ miner, mining }) => (miner && mining.ms > 0 ? [miner] : []))
    return [...new Map(miners.map((miner) => [`${miner.netuid}/${miner.hotkey}`, miner])).values()]
  }

  /** The wallet that holds this hotkey: its books say what the hotkey earned. */
  #coldkeyOf(hotkey: Ss58): Ss58 | undefined {
    return this.#deps.wallets.state().wallets.find(({ hotkeys }) => hotkeys.some(({ address }) => address === hotkey))
      ?.address
  }

  /** Epochs of the named places, oldest first. */
  async epochs(genesis: string, miners: readonly SlotMiner[], { fromMs, toMs }: Span): Promise<readonly MinedEpoch[]> {
    const all: MinedEpoch[] = []
    for (const miner of miners) {
      const coldkey = this.#coldkeyOf(miner.hotkey)
      const rows = coldkey === undefined ? [] : this.#deps.storage.minedEpochs(genesis, { ...miner, coldkey, fromMs })
      all.push(
        ...(rows.length > 0 || coldkey === undefined
          ? rows
          : await this.#quiet(genesis, { ...miner, coldkey }, { fromMs, toMs })),
      )
    }
    return all
  }

  /** A place that holds nothing and got nothing has no rows: its epochs passed all the same, if somebody looked. */
  async #quiet(
    genesis: string,
    { coldkey, ...miner }: SlotMiner & { readonly coldkey: Ss58 },
    { fromMs, toMs }: Span,
  ): Promise<readonly MinedEpoch[]> {
    const facts = await this.#placesOn(genesis, miner.netuid)
    const blockMs = this.#blockMs()
    const epochMs = (facts?.tempo ?? 0) * blockMs
    if (!facts?.places.some(({ hotkey }) => hotkey === miner.hotkey) || epochMs <= 0) return []
    const firstBlock = facts.block - Math.ceil((this.#deps.clock.nowMs() - fromMs) / blockMs)
    const gaps = this.#deps.storage.earningsGaps(genesis, coldkey)
    if (gaps.some(({ throughBlock }) => throughBlock > firstBlock)) return []
    const count = Math.floor((toMs - fromMs) / epochMs)
    return Array.from({ length: count }, (_, n) => ({ ...miner, atMs: fromMs + n * epochMs, alpha: 0n, epochs: 1 }))
  }

  /** Whether the books lack blocks of the time in which these slots mined. They are all of one place. */
  async isUnseen(genesis: string, slots: readonly ProfitSlot[], { fromMs, toMs }: Span): Promise<boolean> {
    const miner = slots.find((slot) => slot.miner)?.miner
    const coldkey = miner && this.#coldkeyOf(miner.hotkey)
    const gaps = coldkey === undefined ? [] : this.#deps.storage.earningsGaps(genesis, coldkey)
    if (!miner || gaps.length === 0) return false
    const facts = await this.#placesOn(genesis, miner.netuid)
    if (!facts) return true
    const readMs = this.#places.get(`${genesis}/${miner.netuid}`)?.atMs ?? this.#deps.clock.nowMs()
    const timeOf = (block: number): number => readMs - (facts.block - block) * this.#blockMs()
    return slots.some(
      ({ atMs, mining }) =>
        mining.ms > 0 &&
        atMs + QUARTER_MS > fromMs &&
        atMs < toMs &&
        gaps.some(
          ({ fromBlock, throughBlock }) => timeOf(throughBlock) > atMs && timeOf(fromBlock) < atMs + QUARTER_MS,
        ),
    )
  }

  /** What each place brought, and what the sale of a day's alpha brings now. */
  async incomes(
    genesis: string,
    epochs: readonly MinedEpoch[],
    span: Span,
  ): Promise<{ readonly incomes: readonly MinerIncome[]; readonly saleRao: readonly (bigint | undefined)[] }> {
    const incomes = incomesOf(epochs, span)
    const saleRao: (bigint | undefined)[] = []
    for (const { netuid, alphaPerDay } of incomes) saleRao.push(await this.sale(genesis, netuid, alphaPerDay.amount))
    return { incomes, saleRao }
  }

  /** @param amount 1e-9 alpha. @returns rao; `undefined`: the chain could not say */
  async sale(genesis: string, netuid: Netuid, amount: bigint): Promise<bigint | undefined> {
    if (amount <= 0n || !isAlpha(amount)) return undefined
    const of = `${genesis}/${netuid}`
    const now = this.#deps.clock.nowMs()
    this.#sales = this.#sales.filter(({ atMs }) => now - atMs < SALE_MS)
    const isNear = (other: bigint) => (amount - other) * NEAR <= other && (other - amount) * NEAR <= other
    const kept = this.#sales.find((sale) => sale.of === of && isNear(sale.amount))
    if (kept) return kept.value === undefined ? undefined : (kept.value * amount) / kept.amount
    const sold = await this.#deps.chain.daySales(netuid, [alpha(amount)])
    const value = sold.ok ? sold.value[0] : undefined
    this.#sales = [...this.#sales, { of, amount, atMs: now, value }]
    return value
  }

  async #placesOn(genesis: string, netuid: Netuid): Promise<RegistrationFacts | undefined> {
    const key = `${genesis}/${netuid}`
    const now = this.#deps.clock.nowMs()
    const kept = this.#places.get(key)
    if (kept && now - kept.atMs < PLACES_MS) return kept.value
    const facts = await this.#deps.chain.registrationFacts(netuid)
    // What was known a while ago is better than nothing, where the chain does not answer now.
    const value = facts.ok ? facts.value : kept?.value
    this.#places.set(key, { atMs: now, value })
    return value
  }

  /** What a place cost, and how long it is kept by now and likely yet. @param saidRao where the ledger does not know */
  async place(genesis: string, { netuid, hotkey }: SlotMiner, saidRao: bigint | undefined): Promise<PlaceView> {
    const facts = await this.#placesOn(genesis, netuid)
    const own = facts?.places.find((one) => one.hotkey === hotkey)
    const ledger = own && this.#paid(genesis, { netuid, hotkey }, own.registeredAt)
    const paidRao = ledger ?? saidRao
    const paidBy = ledger !== undefined ? 'ledger' : saidRao !== undefined ? 'figure' : 'nobody'
    if (!facts || !own) return { netuid, hotkey, paidRao, paidBy }
    const summary = summaryOf(facts)
    const mortal = replacedNext(facts).map(({ emission }) => emission)
    const survival = survivalOf({
      immuneBlocks: Math.max(0, own.registeredAt + facts.immunityBlocks - facts.block),
      freePlaces: Math.max(0, summary.most - summary.taken),
      fromBottom: standingOf(facts, own.uid)?.fromBottom ?? rankFromBottom(mortal, own.emission),
      registrations: summary.registeredLately,
      blocks: summary.inBlocks,
      immunity: { blocks: facts.immunityBlocks, room: immunityRoom(facts) },
    })
    const blockMs = this.#blockMs()
    const days = (blocks: number): number => ((facts.block - own.registeredAt + blocks) * blockMs) / DAY_MS
    return {
      netuid,
      hotkey,
      paidRao,
      paidBy,
      keptDays: days(0),
      ...(survival
        ? {
            lowDays: days(survival.leastBlocks),
            expectedDays: days(survival.expectedBlocks),
            highDays: survival.mostBlocks === undefined ? undefined : days(survival.mostBlocks),
          }
        : {}),
    }
  }

  /** Blocks are counted by the chain and days by the clock: practice and local chains are faster. */
  #blockMs(): number {
    const state = this.#deps.chain.state()
    return (state.state === 'ready' ? state.facts.blockMs : undefined) ?? USUAL_BLOCK_MS
  }

  /** rao that the registration of this place took, with the fee of its transaction. */
  #paid(genesis: string, { netuid, hotkey }: SlotMiner, registeredAt: number): bigint | undefined {
    const account = this.#coldkeyOf(hotkey)
    if (account === undefined) return undefined
    const { storage } = this.#deps
    const lines = storage.ledgerPage(genesis, {
      account,
      kind: 'registration',
      netuid,
      limit: MOST_LINES,
      order: 'newest',
    })
    // A place that was had before is another one.
    const line = lines.find((one) => one.hotkey === hotkey && Math.abs(one.block - registeredAt) <= 1)
    return line && -line.tao + this.#feesOf(genesis, account, [line])
  }

  /** Sales of what these places mined, with what the network took for each. */
  sales(genesis: string, miners: readonly SlotMiner[], { fromMs, toMs }: Span) {
    // One transaction may sell what several places mined: its fee is paid once.
    const counted = new Set<string>()
    return miners.flatMap(({ netuid, hotkey }) => {
      const account = this.#coldkeyOf(hotkey)
      if (account === undefined) return []
      const ask = { account, netuid, kind: 'sell', fromMs, toMs, limit: MOST_LINES, order: 'newest' } as const
      const lines = this.#deps.storage.ledgerPage(genesis, ask).filter((line) => line.hotkey === hotkey)
      return lines.flatMap((line) => {
        const of = `${account}/${line.block}/${line.extrinsic}`
        if (counted.has(of)) return []
        counted.add(of)
        return [{ atMs: line.atMs, feeRao: this.#feesOf(genesis, account, [line]) }]
      })
    })
  }

  /** rao: fees of the transactions that these lines are of. */
  #feesOf(genesis: string, account: Ss58, lines: readonly StoredEntry[]): bigint {
    return lines.reduce((sum, { atMs, block, extrinsic }) => {
      if (extrinsic === undefined) return sum
      const ask = { account, kind: 'fee', fromMs: atMs, toMs: atMs + 1, limit: MOST_LINES, order: 'newest' } as const
      const fees = this.#deps.storage
        .ledgerPage(genesis, ask)
        .filter((fee) => fee.block === block && fee.extrinsic === extrinsic)
      return sum + fees.reduce((all, { feeTao }) => all + (feeTao ?? 0n), 0n)
    }, 0n)
  }
}
