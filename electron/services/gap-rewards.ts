import { bookEpoch, type Mark } from '../../shared/earnings/book-epoch.ts'
import type { EpochRow } from '../../shared/earnings/epoch-row.ts'
import type { AppError } from '../../shared/errors.ts'
import type { LedgerBlock, LedgerEntry } from '../../shared/ledger/entry.ts'
import { changesOf, placeKey } from '../../shared/ledger/stand.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { alpha, type Netuid, type Ss58 } from '../../shared/units/amounts.ts'
import type { ChainPort } from '../chain/chain.port.ts'
import type { EarningsPort } from '../chain/earnings.port.ts'
import type { LedgerPort, PastEpoch } from '../chain/ledger.port.ts'
import type { StoragePort } from '../storage/storage.port.ts'
import { GapParts } from './gap-parts.ts'

export interface GapRewardsDeps {
  readonly source: ChainPort & LedgerPort & EarningsPort
  readonly storage: StoragePort
  readonly genesis: string
  readonly account: Ss58
  /** Own hotkeys: what they earn with a place of theirs is mined, all else is staked. */
  readonly hotkeys: readonly Ss58[]
  /** New rows are in the book. */
  readonly booked?: ((rows: readonly EpochRow[]) => void) | undefined
}

/**
 * What the epochs within a gap brought, from a node that still has their state: part by part. Where its runtime of then does not
 * tell the parts: stake after each epoch, less the stake before it and own moves. Where the node cannot tell that either,
 * nothing is guessed: the difference then stands at the end of the gap.
 */
export class GapRewards {
  readonly #deps: GapRewardsDeps
  #marks: Map<string, Mark> | undefined
  #uids: ReadonlyMap<string, number> | undefined
  readonly #parts: GapParts
  #told: 'parts' | 'sums' | 'nothing' = 'parts'

  constructor(deps: GapRewardsDeps) {
    this.#deps = deps
    const { source, storage, genesis, account: coldkey, hotkeys } = deps
    this.#parts = new GapParts({ source, storage, account: { genesis, coldkey, hotkeys } })
  }

  /**
   * Books the rewards of these blocks, oldest first, which follow the ones before without a hole. Before the blocks count as
   * looked at: after a crash they are read again, and nothing is booked twice.
   * @errors chain/… that may pass; what the node cannot tell is no error
   */
  async book(blocks: readonly LedgerBlock[]): Promise<Result<null, AppError>> {
    const [first] = blocks
    if (!first || this.#told === 'nothing') return ok(null)
    if (this.#told === 'parts') {
      const whole = await this.#parts.book(blocks)
      if (whole.ok) this.#deps.booked?.(whole.value)
      if (whole.ok) return ok(null)
      if (whole.error.code !== 'chain/unsupported') return whole
      this.#told = 'sums'
    }
    const booked = await this.#bookSums(blocks, first.number)
    if (booked.ok || booked.error.code !== 'chain/unsupported') return booked
    this.#told = 'nothing'
    return ok(null)
  }

  async #bookSums(blocks: readonly LedgerBlock[], first: number): Promise<Result<null, AppError>> {
    const begun = this.#marks ? ok(null) : await this.#begin(first - 1)
    if (!begun.ok) return begun
    const epochs = await this.#epochsOf(blocks)
    if (!epochs.ok) return epochs
    const rows: EpochRow[] = []
    for (const block of blocks) {
      for (const entry of block.entries) this.#count(entry, block.number)
      const ran = epochs.value.filter((epoch) => epoch.block === block.number)
      const isSwapped = block.entries.some(({ kind }) => kind === 'hotkey-swap' || kind === 'coldkey-swap')
      const read =
        ran.length > 0 ? await this.#epoch(ran, block, rows) : isSwapped ? await this.#begin(block.number) : ok(null)
      if (!read.ok) return read
    }
    this.#deps.storage.bookPastEpochs(rows)
    return ok(null)
  }

  /** Counting begins with the stake at the end of a block. */
  async #begin(block: number): Promise<Result<null, AppError>> {
    const { source, account, hotkeys } = this.#deps
    const stakes = await source.stakesAt(account, Math.max(0, block))
    if (!stakes.ok) return stakes
    const uids = this.#uids ? ok([]) : await source.uidsOf(hotkeys)
    if (!uids.ok) return uids
    this.#uids ??= new Map(uids.value.map((one) => [placeKey(one), one.uid]))
    this.#marks = new Map(stakes.value.map((stake) => [placeKey(stake), { ...stake, block, flows: 0n }]))
    return ok(null)
  }

  async #epochsOf(blocks: readonly LedgerBlock[]): Promise<Result<readonly PastEpoch[], AppError>> {
    const held = [...(this.#marks?.values() ?? [])].map(({ netuid }) => netuid)
    const moved = blocks.flatMap(({ entries }) => entries).flatMap(({ netuid }) => netuid ?? [])
    const netuids = [...new Set<Netuid>([...held, ...moved])].filter((netuid) => netuid !== 0)
    const [from, to] = [blocks[0]?.number ?? 0, blocks.at(-1)?.number ?? 0]
    return netuids.length === 0 ? ok([]) : this.#deps.source.epochsIn(netuids, { from, to })
  }

  #count(entry: LedgerEntry, block: number): void {
    for (const { netuid, hotkey, alpha: moved } of changesOf(entry)) {
      const key = placeKey({ netuid, hotkey })
      const mark = this.#marks?.get(key) ?? { netuid, hotkey, block: block - 1, alpha: alpha(0n), flows: 0n }
      this.#marks?.set(key, { ...mark, flows: mark.flows + moved })
    }
  }

  async #epoch(ran: readonly PastEpoch[], block: LedgerBlock, rows: EpochRow[]): Promise<Result<null, AppError>> {
    const { source, account, genesis, hotkeys } = this.#deps
    const stakes = await source.stakesAt(account, block.number)
    if (!stakes.ok) return stakes
    for (const { netuid, tempo } of ran) {
      const price = await source.priceAt(netuid, block.number)
      if (!price.ok && price.error.code !== 'chain/unsupported') return err(price.error)
      const after = new Map(stakes.value.filter((one) => one.netuid === netuid).map((one) => [one.hotkey, one.alpha]))
      const before = [...(this.#marks?.values() ?? [])].filter((mark) => mark.netuid === netuid)
      for (const hotkey of new Set([...before.map((mark) => mark.hotkey), ...after.keys()])) {
        const key = placeKey({ netuid, hotkey })
        const mark = this.#marks?.get(key) ?? { netuid, hotkey, block: block.number - 1, alpha: alpha(0n), flows: 0n }
        const stakeAfter = after.get(hotkey) ?? alpha(0n)
        const row = bookEpoch(
          mark,
          {
            epochBlock: block.number,
            tempo,
            stakeAfter,
            price: price.ok ? price.value : undefined,
            uid: this.#uids?.get(key),
            ownHotkey: hotkeys.includes(hotkey),
            atMs: block.atMs,
            via: 'archive',
          },
          { genesis, coldkey: account },
        )
        if (row) rows.push(row)
        this.#marks?.set(key, { netuid, hotkey, block: block.number, alpha: stakeAfter, flows: 0n })
      }
    }
    return ok(null)
  }
}
