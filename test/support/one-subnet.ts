import type { ChainPort } from '../../electron/chain/chain.port.ts'
import type { EarningsPort, PlaceAt, StakeEvents, StakeFlow } from '../../electron/chain/earnings.port.ts'
import { err, ok } from '../../shared/result.ts'
import { alpha, netuid, raoPerAlpha, ss58 } from '../../shared/units/amounts.ts'

export const BOB = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
export const TWO = netuid(2)

/** A chain of one position: its stake after each block, own moves, and an epoch every 20 blocks. */
export class OneSubnet {
  finalized = 0
  readonly stake = new Map<number, bigint>()
  readonly flows: Pick<StakeFlow, 'block' | 'netuid' | 'hotkey' | 'alpha'>[] = []
  /** Incentive of the miner's uid by the block of its epoch. */
  readonly incentive = new Map<number, bigint>()
  place: PlaceAt = {
    netuid: TWO,
    hotkey: BOB,
    uid: 3,
    owned: true,
    permit: false,
    ownsSubnet: false,
    takesOwnerCut: false,
  }
  readonly heads = new Set<() => void>()
  broken = false
  /** Subnets without stake where the chain says that an epoch may pay the account, and how often it was asked. */
  ours = [TWO]
  asks = 0
  placesChanged = false
  /** Epochs of subnet 2 that say so by no event. */
  silent: number[] = []
  /** How often the node says that it has not the state. */
  forgets = 0
  /** The node has no state of blocks before this one. */
  keptFrom = 0
  slowMs = 0
  /** Events from this block on cannot be read. */
  failsFrom: number | undefined
  removedAt: number | undefined
  claimedAt: number | undefined
  readonly rootStake = new Map<number, bigint>([[0, 0n]])

  lastEpoch(block: number): number {
    const all = [...this.silent, ...this.incentive.keys(), Math.floor(this.finalized / 20) * 20]
    return Math.max(0, ...all.filter((one) => one <= block))
  }

  stakeAt(block: number): bigint {
    for (let at = block; at >= 0; at -= 1) {
      const found = this.stake.get(at)
      if (found !== undefined) return found
    }
    return 0n
  }

  /** The epoch of this block pays the miner. */
  earn(block: number, amount: bigint): void {
    this.stake.set(block, this.stakeAt(block) + amount)
    this.incentive.set(block, amount)
  }

  async reach(block: number): Promise<void> {
    this.finalized = block
    for (const head of this.heads) head()
    await new Promise((resolve) => setTimeout(resolve, 5))
  }

  #held(block: number) {
    const held = this.stakeAt(block)
    const root = [...this.rootStake].filter(([at]) => at <= block).at(-1)?.[1] ?? 0n
    return [
      ...(held === 0n ? [] : [{ netuid: TWO, hotkey: BOB, alpha: alpha(held) }]),
      ...(root === 0n ? [] : [{ netuid: netuid(0), hotkey: BOB, alpha: alpha(root) }]),
    ]
  }

  #events(from: number, to: number): StakeEvents {
    const within = (block: number | undefined): block is number => block !== undefined && block >= from && block <= to
    const flows = this.flows.filter(({ block }) => within(block))
    return {
      flows: flows.map((flow) => ({ ...flow, feeAlpha: 0n, feeTao: 0n })),
      moves: flows,
      incentives: [...this.incentive]
        .filter(([block]) => within(block))
        .map(([block, alpha]) => ({ block, netuid: TWO, byUid: [0n, 0n, 0n, alpha] })),
      autoStaked: [],
      upheavals: within(this.removedAt) ? [{ block: this.removedAt, cause: 'subnet-removed', netuid: TWO }] : [],
      claims: within(this.claimedAt) ? [this.claimedAt] : [],
      shifts: [],
      placesChanged: this.placesChanged,
    }
  }

  port(): ChainPort & EarningsPort {
    const guard = <T>(value: T) => (this.broken ? err({ code: 'chain/bad-answer', what: 'state' } as const) : ok(value))
    const port: Partial<ChainPort & EarningsPort> = {
      onHead: (listener) => {
        const call = () => listener({ number: this.finalized, hash: '', seenAtMs: 0 })
        this.heads.add(call)
        return () => void this.heads.delete(call)
      },
      state: () =>
        ({
          state: 'ready',
          best: { number: this.finalized + 2 },
          finalized: { number: this.finalized },
        }) as unknown as ReturnType<ChainPort['state']>,
      epochsAt: async (block) =>
        guard([{ netuid: TWO, tempo: 20, lastEpochBlock: this.lastEpoch(block), nextEpochBlock: 999 }]),
      stakesAt: async (_coldkey, block) =>
        block < this.keptFrom
          ? err({ code: 'chain/unsupported', missing: [`state of block ${block}`] })
          : guard(this.#held(block)),
      stakeEvents: async (_coldkey, { from, to }) => {
        if (this.slowMs > 0) await new Promise((resolve) => setTimeout(resolve, this.slowMs))
        if (this.failsFrom !== undefined && to >= this.failsFrom)
          return err({ code: 'chain/over-budget', endpoint: 'ws://x', waitedMs: 1 })
        if (this.forgets === 0) return guard(this.#events(from, to))
        this.forgets -= 1
        return err({ code: 'chain/unsupported', missing: ['state of block 7'] })
      },
      epochSnapshot: async (_coldkey, { block }) =>
        guard({
          before: this.#held(block - 1),
          after: this.#held(block),
          places: [this.place, { ...this.place, netuid: netuid(0), uid: undefined }],
          previous: new Map([[TWO, this.lastEpoch(block - 1)]]),
          prices: new Map([[TWO, raoPerAlpha(500_000_000n)]]),
        }),
      netuidsOf: async () => {
        this.asks += 1
        return guard(this.ours)
      },
    }
    return port as ChainPort & EarningsPort
  }
}
