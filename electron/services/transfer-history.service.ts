import type { ChainPort, ConnectionState } from '../chain/chain.port.ts'
import type { StoragePort } from '../storage/storage.port.ts'
import type { LogPort } from '../system/system.port.ts'
import { Listeners } from './live-read.ts'
import type { WalletService } from './wallet.service.ts'

export interface TransferHistoryDeps {
  readonly chain: ChainPort
  readonly storage: StoragePort
  readonly log: LogPort
  readonly wallets: WalletService
}

/** Plain nodes keep the state of about 256 blocks; older ones are a gap that nobody here can fill. */
const MOST_BEHIND = 250
/** At a time, so that a stop or another network never waits long. */
const STEP = 25

/**
 * Looks at each final block once for transfers of own accounts: who was paid, and who paid. It feeds the recipient check
 * (was this address ever paid?) and the list of what was received. One request a block.
 */
export class TransferHistoryService {
  readonly #deps: TransferHistoryDeps
  readonly #changed = new Listeners<void>()
  #reading = false
  #stop: () => void

  constructor(deps: TransferHistoryDeps) {
    this.#deps = deps
    this.#stop = deps.chain.onState((state) => void this.#follow(state))
  }

  onChange(listener: () => void): () => void {
    return this.#changed.add(listener)
  }

  close(): void {
    this.#stop()
  }

  async #follow(state: ConnectionState): Promise<void> {
    if (this.#reading) return
    this.#reading = true
    try {
      await this.#readUpToFinalized(state)
    } catch (cause) {
      // A full disk above all: nothing is marked as seen, so the next head reads the same blocks again.
      this.#deps.log.log('error', 'transfers.read', { reason: cause instanceof Error ? cause.message : String(cause) })
    } finally {
      this.#reading = false
    }
  }

  async #readUpToFinalized(state: ConnectionState): Promise<void> {
    if (state.state !== 'ready' || state.reconnecting || !state.finalized) return
    const { genesis } = state.facts
    const accounts = this.#deps.wallets.state().wallets.map(({ address }) => address)
    const through = this.#deps.storage.seenThrough(genesis)
    const to = state.finalized.number
    const from = Math.max(through === undefined ? to : through + 1, to - MOST_BEHIND)
    if (to < from || accounts.length === 0) return
    await this.#read(genesis, { from, to: Math.min(to, from + STEP - 1) })
  }

  async #read(genesis: string, range: { readonly from: number; readonly to: number }): Promise<void> {
    const { chain, log, storage, wallets } = this.#deps
    const accounts = wallets.state().wallets.map(({ address }) => address)
    const found = await chain.transfers(accounts, range)
    const now = chain.state()
    // The answer may be of another chain by now, or the state of these blocks may be gone: the next head decides.
    if (now.state !== 'ready' || now.facts.genesis !== genesis) return
    if (!found.ok) {
      log.log('warn', 'transfers.unread', { code: found.error.code, ...range })
      return
    }
    storage.saveSeenTransfers(genesis, found.value, range.to)
    if (found.value.length > 0) this.#changed.tell()
  }
}
