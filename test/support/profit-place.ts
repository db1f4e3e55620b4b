import { type ProfitDeps, ProfitService } from '../../electron/services/profit.service.ts'
import { sqliteStorage } from '../../electron/storage/sqlite-storage.ts'
import type { StoragePort } from '../../electron/storage/storage.port.ts'
import type { PowerPoint } from '../../shared/care/power.ts'
import type { FiatView } from '../../shared/contract/fiat.contract.ts'
import type { MiningStatus } from '../../shared/contract/mining.contract.ts'
import type { HoldReason } from '../../shared/mining/hold.ts'
import type { ProfitSlot } from '../../shared/profit/profit-slot.ts'
import type { ProfitView } from '../../shared/profit/profit-view.ts'
import { ok } from '../../shared/result.ts'
import { alpha, netuid, rao, raoPerAlpha, type Ss58, ss58 } from '../../shared/units/amounts.ts'

export const COLDKEY: Ss58 = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
export const HOTKEY: Ss58 = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
export const GENESIS = `0x${'22'.repeat(32)}`
export const MINUTE = 60_000
export const EUR = 1_000_000_000n
/** Noon of the computer that tests, so that a few hours stay within a day. */
const NOON = new Date(2026, 10, 18, 12).getTime()
const NO_PLACE = { emission: 0n, incentive: 0, permit: false, ownersOwn: false }

/** A computer that mines, a chain that pays, and a clock. */
export class ProfitPlace {
  nowMs = NOON
  state: MiningStatus['state'] = 'mining'
  points: PowerPoint[] = []
  held: readonly HoldReason[] = []
  fiat: FiatView = { worthless: false, stale: false }
  /** rao for a whole alpha, at which a sale goes. */
  sells = 20_000_000n
  readonly storage: StoragePort
  /** Absent: no chain is connected. */
  genesis: string | undefined = GENESIS
  startedBy: MiningStatus['startedBy'] = 'hand'
  error: MiningStatus['error']
  logged: string[] = []
  readonly #timers: { everyMs: number; atMs: number; run: () => void }[] = []
  readonly #statuses = new Set<() => void>()
  #block = 1_000
  /** Absent: the node did not tell. */
  blockMs: number | undefined

  constructor(folder: string) {
    const slots = new Map<number, ProfitSlot>()
    this.storage = {
      ...sqliteStorage(folder),
      // Booked each minute: a disk that is waited for each time would take seconds of the test.
      putProfitSlots: (_genesis, put) => {
        for (const slot of put) slots.set(slot.atMs, slot)
      },
      profitSlots: (_genesis, fromMs) =>
        [...slots.values()].filter(({ atMs }) => atMs >= fromMs).sort((a, b) => a.atMs - b.atMs),
    }
  }

  service(): ProfitService {
    const service = new ProfitService({
      storage: this.storage,
      chain: {
        // The cast: only the block time is asked for.
        state: () => ({ state: 'ready', facts: { blockMs: this.blockMs } }) as ReturnType<ProfitDeps['chain']['state']>,
        registrationFacts: async (id) =>
          ok({
            netuid: id,
            block: this.#block + 7_200,
            price: rao(1n),
            rules: { minPrice: rao(1n), maxPrice: rao(9n), halfLife: 1, increasePpm: 1 },
            open: true,
            tempo: 360,
            lastEpochBlock: 1,
            most: 256,
            immunityBlocks: 7_200,
            minNonImmune: 1,
            places: [
              { ...NO_PLACE, uid: 0, hotkey: COLDKEY, registeredAt: this.#block - 5_000 },
              { ...NO_PLACE, uid: 1, hotkey: HOTKEY, registeredAt: 900 },
            ],
          }),
        daySales: async (_id, amounts) => ok(amounts.map((one) => rao((one * this.sells) / 1_000_000_000n))),
      },
      care: { power: () => ({ points: this.points, days: [] }) },
      mining: {
        status: () =>
          ({
            ...{ state: this.state, netuid: netuid(2), hotkey: HOTKEY },
            ...{ startedBy: this.startedBy, error: this.error },
          }) as MiningStatus,
        onStatus: (listener) => {
          this.#statuses.add(listener)
          return () => this.#statuses.delete(listener)
        },
        hold: (reasons, by) => {
          if (by === 'profit') this.held = reasons
        },
      },
      network: { genesis: () => this.genesis, isPractice: () => false, onChange: () => () => undefined },
      // The cast: only who holds which hotkey is asked for.
      wallets: {
        state: () => ({ wallets: [{ address: COLDKEY, hotkeys: [{ address: HOTKEY }] }] }),
      } as unknown as ProfitDeps['wallets'],
      fiat: { view: () => this.fiat, watch: () => () => undefined },
      clock: {
        nowMs: () => this.nowMs,
        after: () => () => undefined,
        every: (everyMs, run) => {
          const timer = { everyMs, atMs: this.nowMs + everyMs, run }
          this.#timers.push(timer)
          return () => void this.#timers.splice(this.#timers.indexOf(timer), 1)
        },
      },
      log: { log: (_level, event) => void this.logged.push(event) },
    })
    service.start()
    return service
  }

  become(state: MiningStatus['state']): void {
    this.state = state
    for (const tell of this.#statuses) tell()
  }

  /** Minutes of mining at so many watts; an epoch ends every twelve of them. */
  async mine(minutes: number, watts: number | undefined, alphaPerEpoch = 0n): Promise<void> {
    for (let minute = 0; minute < minutes; minute++) {
      const use = this.state !== 'mining' ? 'off' : this.held.length > 0 ? 'held' : 'mining'
      const drawn = use === 'mining' || watts === undefined ? watts : 50
      this.points.push({ atMs: this.nowMs, partial: false, use, ...(drawn === undefined ? {} : { watts: drawn }) })
      this.nowMs += MINUTE
      if (use === 'mining' && minute % 12 === 11) this.epoch(alphaPerEpoch)
      for (const timer of this.#timers)
        if (timer.atMs <= this.nowMs) {
          timer.atMs += timer.everyMs
          timer.run()
        }
      // A look asks the chain, which answers in later turns.
      for (let turn = 0; turn < 12; turn++) await Promise.resolve()
    }
  }

  /** @param looked false: nobody looked what the row is made of */
  epoch(mined: bigint, looked = true): void {
    this.#block += 60
    const parts = {
      ...{ fromBlock: this.#block - 60, mined, validated: 0n, staked: 0n, ownerCut: 0n },
      ...{ unexplained: 0n, feeAlpha: 0n, feeTao: 0n },
    }
    const row = {
      ...{ genesis: GENESIS, coldkey: COLDKEY, hotkey: HOTKEY, netuid: netuid(2), epochBlock: this.#block },
      ...{
        stakeBefore: alpha(0n),
        stakeAfter: alpha(mined),
        flows: 0n,
        earned: mined,
        price: raoPerAlpha(21_000_000n),
      },
      ...{ source: 'mined' as const, uid: 1, epochs: 1, atMs: this.nowMs - 1, ...(looked ? { parts } : {}) },
    }
    this.storage.bookEpochs({ genesis: GENESIS, coldkey: COLDKEY, rows: [row], marks: [], throughBlock: this.#block })
  }

  view(service: ProfitService): Promise<ProfitView> {
    return new Promise((done) => {
      const gone = new AbortController()
      service.view.watch(({ data }) => {
        if (!data) return
        gone.abort()
        done(data)
      }, gone.signal)
    })
  }
}
