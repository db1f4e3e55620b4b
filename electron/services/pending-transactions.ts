import type { TransactionRecord } from '../../shared/transactions/transaction.ts'
import type { ChainPort, SubmitEvent } from '../chain/chain.port.ts'
import type { StoragePort } from '../storage/storage.port.ts'
import type { NetworkService } from './network.service.ts'

export interface PendingDeps {
  readonly chain: ChainPort
  readonly storage: StoragePort
  readonly network: NetworkService
  /** Keeps what an event says. @returns the record as it is now */
  readonly advance: (record: TransactionRecord, event: SubmitEvent) => TransactionRecord
  /** Play money has no extrinsic: it waits for its block to be final. */
  readonly playMoney: (record: TransactionRecord) => void
}

/** Nothing more is told after it. */
export const isLast = ({ stage }: SubmitEvent): boolean =>
  stage === 'finalized' || stage === 'failed' || stage === 'left'

/**
 * What was sent before this program started, or before its chain was left, is looked for when that chain is there again.
 * A record is followed once at a time, and only its end takes it off the list; so looking twice changes nothing.
 */
export class PendingTransactions {
  readonly #deps: PendingDeps
  readonly #followed = new Set<string>()
  #lookedIn: string | undefined

  constructor(deps: PendingDeps) {
    this.#deps = deps
  }

  /** Whoever sends it follows it. */
  claim(id: string): void {
    this.#followed.add(id)
  }
  release(id: string): void {
    this.#followed.delete(id)
  }

  /** Called with every change of the network; acts once for each time a chain is connected. */
  look(): void {
    const { network, storage } = this.#deps
    const genesis = network.genesis()
    if (genesis === this.#lookedIn) return
    this.#lookedIn = genesis
    if (genesis === undefined) return
    for (const record of storage.pendingTransactions(genesis)) {
      if (this.#followed.has(record.id)) continue
      if (record.kind === 'play-money') this.#deps.playMoney(record)
      else this.#follow(record)
    }
  }

  #follow(start: TransactionRecord): void {
    const { id, txHash, firstBlock, lastBlock, signer, carrierHash, twin } = start
    // Signed, but it never left this computer: its trace is written before it does.
    if (txHash === undefined || firstBlock === undefined || lastBlock === undefined) {
      this.#deps.advance(start, { stage: 'failed', error: { code: 'contract/cancelled' } })
      return
    }
    this.claim(id)
    let record = start
    const onEvent = (event: SubmitEvent) => {
      record = this.#deps.advance(record, event)
      if (isLast(event)) this.release(id)
    }
    const missed = () => this.release(id)
    // Without the hash of its cover, one that an author threw away would read as if nothing was paid; without the other
    // pair, one that ran would read as lost.
    const trace = {
      ...{ txHash, firstBlock, lastBlock },
      ...(carrierHash === undefined ? {} : { carrierHash }),
      ...(twin === undefined ? {} : { twin }),
    }
    this.#deps.chain.follow(trace, signer, onEvent).then((taken) => {
      if (!taken.ok) missed()
    }, missed)
  }
}
