import type { EarningsView } from '../../shared/contract/chain-views.contract.ts'
import type { EpochRow } from '../../shared/earnings/epoch-row.ts'
import type { AppError } from '../../shared/errors.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { rao } from '../../shared/units/amounts.ts'
import type { ChainPort } from '../chain/chain.port.ts'
import type { EarningsPort } from '../chain/earnings.port.ts'
import type { StoragePort } from '../storage/storage.port.ts'
import type { ClockPort, LogPort } from '../system/system.port.ts'
import { type EarningsAccount, EarningsRecorder } from './earnings-recorder.ts'
import { Listeners, LiveRead } from './live-read.ts'
import type { NetworkService } from './network.service.ts'
import type { WalletService } from './wallet.service.ts'

export interface EarningsDeps {
  readonly chain: ChainPort & EarningsPort
  readonly storage: StoragePort
  readonly clock: ClockPort
  readonly log: LogPort
  readonly wallets: WalletService
  readonly network: NetworkService
}

const SHOWN_ROWS = 500

/** What each epoch brought, of all wallets; shown of the one that is looked at. */
export class EarningsService {
  readonly #deps: EarningsDeps
  readonly #recorder: EarningsRecorder
  readonly #epochs = new Listeners<readonly EpochRow[]>()
  readonly view: LiveRead<EarningsView>

  constructor(deps: EarningsDeps) {
    this.#deps = deps
    const { chain, storage, clock, log } = deps
    const accounts = () => this.#accounts()
    const booked = (rows: readonly EpochRow[]) => {
      this.#epochs.tell(rows)
      void this.view.refresh()
    }
    this.#recorder = new EarningsRecorder({ chain, storage, clock, log, accounts, booked })
    this.view = new LiveRead<EarningsView>({
      read: () => this.#read(),
      trigger: (changed) => deps.chain.onHead(changed),
    })
    deps.wallets.onChange(() => void this.view.refresh())
  }

  /** Rows that were booked now. */
  onEpochs(listener: (rows: readonly EpochRow[]) => void): () => void {
    return this.#epochs.add(listener)
  }

  /** Done when nothing is written any more: the storage may be closed then. */
  close(): Promise<void> {
    return this.#recorder.close()
  }

  /** The one that is looked at. */
  #account(): EarningsAccount | undefined {
    const active = this.#deps.wallets.active()?.address
    return this.#accounts().find(({ coldkey }) => coldkey === active)
  }

  /** All of them: a wallet that is not looked at earns, too, and its income belongs into the ledger. */
  #accounts(): readonly EarningsAccount[] {
    const genesis = this.#deps.network.genesis()
    if (genesis === undefined) return []
    return this.#deps.wallets
      .state()
      .wallets.map(({ address, hotkeys }) => ({ genesis, coldkey: address, hotkeys: hotkeys.map((h) => h.address) }))
  }

  async #read(): Promise<Result<EarningsView, AppError>> {
    const { chain, storage } = this.#deps
    const account = this.#account()
    if (!account) return err(this.#deps.wallets.active() ? { code: 'chain/not-connected' } : { code: 'keys/no-wallet' })
    const facts = await chain.epochFacts()
    const state = chain.state()
    if (!facts.ok) return facts
    if (state.state !== 'ready') return err({ code: 'chain/not-connected' })
    const block = state.best.number
    return ok({
      block,
      rows: [...storage.epochRows(account.genesis, account.coldkey, SHOWN_ROWS)],
      totals: storage
        .earningsTotals(account.genesis, account.coldkey)
        .map(({ earnedTao, ...t }) => (earnedTao === undefined ? t : { ...t, earnedTao: rao(earnedTao) })),
      nextEpochs: facts.value.flatMap(({ netuid, nextEpochBlock }) =>
        nextEpochBlock === undefined
          ? []
          : [{ netuid, block: nextEpochBlock, blocksLeft: Math.max(0, nextEpochBlock - block) }],
      ),
    })
  }
}
