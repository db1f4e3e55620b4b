import { USUAL_BLOCK_MS } from '../../shared/network/block-time.ts'
import { type MeasuredYield, type Measuring, measuredYield } from '../../shared/subnets/measured-yield.ts'
import type { ValidatorTable } from '../../shared/subnets/validator-table.ts'
import type { Netuid, Ss58 } from '../../shared/units/amounts.ts'
import { UNITS_PER_WHOLE } from '../../shared/units/amounts.ts'
import type { ChainPort } from '../chain/chain.port.ts'
import type { MarketsPort } from '../chain/markets.port.ts'
import type { StoragePort } from '../storage/storage.port.ts'
import type { LogPort } from '../system/system.port.ts'

export interface ValidatorRecorderDeps {
  readonly chain: ChainPort & MarketsPort
  readonly storage: StoragePort
  readonly log: LogPort
  readonly genesis: () => string | undefined
  /** Own accounts: what they hold stake on is recorded by itself. */
  readonly accounts: () => readonly Ss58[]
}

/** Two weeks of twelve-second blocks: long enough to be no accident, short enough to be of now. */
const KEPT_BLOCKS = 100_800
/** An epoch is read a little after it ran, so that it stays where it is. */
const LATE_BLOCKS = 3
/** Of chains with quicker epochs, only those are recorded that somebody looks at: reading each would be a request a block. */
const LEAST_TEMPO = 60
/** Blocks between two looks at which subnets are due. */
const LOOK_EVERY = 10
/** After a failed read. */
const PAUSE_BLOCKS = 50

/** Keeps what each epoch paid to stakers: of subnets where one has stake or a mark, and of those that are looked at. */
export class ValidatorRecorder {
  readonly #deps: ValidatorRecorderDeps
  /** Block at which the next epoch of a subnet is there to be read, by netuid. */
  readonly #due = new Map<Netuid, number>()
  #genesis: string | undefined
  #looked = 0
  #notBefore = 0
  #reading = false

  constructor(deps: ValidatorRecorderDeps) {
    this.#deps = deps
    deps.chain.onHead(({ number }) => void this.#follow(number))
  }

  /** Somebody read this table: its epoch is kept, if it was not yet. */
  saw(genesis: string, table: ValidatorTable): void {
    const { storage } = this.#deps
    const { netuid, lastEpoch, tempo, block } = table
    this.#due.set(netuid, Math.max(lastEpoch + tempo + LATE_BLOCKS, block + 1))
    if (netuid === 0 || lastEpoch === 0 || storage.lastValidatorEpoch(genesis, netuid) === lastEpoch) return
    const rows = table.rows.flatMap(({ hotkey, dividends, stakeLastEpoch, registeredAt }) =>
      // Less than one alpha: rounding would be most of the result. Who came after the epoch was not paid by it.
      dividends === undefined ||
      stakeLastEpoch === undefined ||
      stakeLastEpoch < UNITS_PER_WHOLE ||
      registeredAt > lastEpoch
        ? []
        : [{ hotkey, dividends, stake: stakeLastEpoch }],
    )
    storage.recordValidatorEpoch(genesis, { netuid, epochBlock: lastEpoch, keepFrom: lastEpoch - KEPT_BLOCKS }, rows)
  }

  /** Of each validator of a table that was recorded at least once. */
  yields(genesis: string, { netuid, tempo, block }: ValidatorTable): ReadonlyMap<Ss58, MeasuredYield | Measuring> {
    const epochMs = tempo * this.#blockMs()
    if (netuid === 0 || epochMs <= 0) return new Map()
    const kept = this.#deps.storage.validatorEpochs(genesis, netuid, block - KEPT_BLOCKS)
    return new Map([...kept].map(([hotkey, epochs]) => [hotkey, measuredYield(epochs, epochMs)]))
  }

  #blockMs(): number {
    const state = this.#deps.chain.state()
    return (state.state === 'ready' ? state.facts.blockMs : undefined) ?? USUAL_BLOCK_MS
  }

  async #follow(best: number): Promise<void> {
    const genesis = this.#deps.genesis()
    if (genesis === undefined || this.#reading) return
    if (genesis !== this.#genesis) {
      this.#due.clear()
      this.#notBefore = best + PAUSE_BLOCKS
    }
    this.#genesis = genesis
    if (best < this.#notBefore || Math.abs(best - this.#looked) < LOOK_EVERY) return
    this.#looked = best
    this.#reading = true
    try {
      await this.#readOne(genesis, best)
    } catch (cause) {
      this.#notBefore = best + PAUSE_BLOCKS
      this.#deps.log.log('warn', 'validators.record', {
        reason: cause instanceof Error ? cause.message : String(cause),
      })
    } finally {
      this.#reading = false
    }
  }

  /** One at a time: two requests, behind what people wait for. */
  async #readOne(genesis: string, best: number): Promise<void> {
    const { chain, storage } = this.#deps
    const wanted = this.#wanted(genesis).filter((netuid) => (this.#due.get(netuid) ?? 0) <= best)
    if (wanted.length === 0) return
    const facts = await chain.epochFacts()
    if (!facts.ok) return
    for (const { netuid, tempo, lastEpochBlock } of facts.value) {
      if (!wanted.includes(netuid)) continue
      const isKept = storage.lastValidatorEpoch(genesis, netuid) === lastEpochBlock
      if (tempo >= LEAST_TEMPO && !isKept && lastEpochBlock + LATE_BLOCKS <= best) {
        const table = await chain.validatorTable(netuid)
        if (!table.ok) this.#notBefore = best + PAUSE_BLOCKS
        else if (this.#deps.genesis() === genesis) this.saw(genesis, table.value)
        return
      }
      this.#due.set(netuid, Math.max(lastEpochBlock + tempo + LATE_BLOCKS, best + 1))
    }
  }

  /** Subnets of own stake, and marked ones. */
  #wanted(genesis: string): readonly Netuid[] {
    const { storage, accounts } = this.#deps
    const held = accounts().flatMap((account) => storage.marks(genesis, account).map(({ netuid }) => netuid))
    return [...new Set([...held, ...storage.favouriteSubnets(genesis)])].filter((netuid) => netuid !== 0)
  }
}
