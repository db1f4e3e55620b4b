import type { Via } from '../../shared/accounts/plan-account.ts'
import type { AppError } from '../../shared/errors.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { isPause, type KnownQueue, type MoveQueue, nextIn, queueOf, withItem } from '../../shared/staking/move-queue.ts'
import { doubtsSeen, unseenDoubt } from '../../shared/staking/plan-doubts.ts'
import type { StakeMovesPlan } from '../../shared/staking/stake-move.ts'
import type { Plan, TransactionRecord } from '../../shared/transactions/transaction.ts'
import type { QueueStorage } from '../storage/queue-storage.port.ts'
import type { StoragePort } from '../storage/storage.port.ts'
import type { ClockPort, RandomPort } from '../system/system.port.ts'
import type { AccountPlans } from './account-plans.ts'
import { Listeners } from './live-read.ts'
import type { NetworkService } from './network.service.ts'
import type { StakeMovesService } from './stake-moves.service.ts'
import type { TransactionsService } from './transactions.service.ts'
import type { WalletService } from './wallet.service.ts'

export interface MoveQueuesDeps {
  readonly storage: QueueStorage & Pick<StoragePort, 'transactionOf'>
  readonly clock: ClockPort
  readonly random: RandomPort
  readonly wallets: WalletService
  readonly network: NetworkService
  readonly moves: StakeMovesService
  readonly accounts: AccountPlans
  readonly transactions: Pick<TransactionsService, 'prepare' | 'send'>
}

/**
 * Carries out moves that one call cannot carry, one signature after the other. What was agreed to, and how far it is, is on
 * disk before each step: after a crash it goes on where it was, and nothing is sent twice.
 */
export class MoveQueuesService {
  readonly #deps: MoveQueuesDeps
  readonly #changed = new Listeners<void>()
  readonly #running = new Set<string>()
  /** Lists that a person wants to end between two moves. */
  readonly #stopping = new Set<string>()

  constructor(deps: MoveQueuesDeps) {
    this.#deps = deps
    deps.network.onChange(() => this.#changed.tell())
  }

  /** Lists of the connected chain that are not put away. */
  queues(): readonly KnownQueue[] {
    return this.#kept().map((queue) => ({
      ...queue,
      now: this.#stopping.has(queue.id) ? 'stopping' : this.#running.has(queue.id) ? 'running' : 'resting',
    }))
  }
  onChange(listener: () => void): () => void {
    return this.#changed.add(listener)
  }

  /**
   * Keeps what was agreed to, and begins. Once it is kept, this goes well whatever stops it: a list that was begun must not be
   * begun again, and what stopped it stands with its move.
   * @errors chain/not-connected, keys/no-wallet, keys/locked, keys/other-account, stake/price-doubted: nothing is kept
   */
  async start(plan: StakeMovesPlan, via: Via): Promise<Result<MoveQueue, AppError>> {
    const { network, wallets, random, clock } = this.#deps
    const genesis = network.genesis()
    const wallet = wallets.active()
    if (genesis === undefined) return err({ code: 'chain/not-connected' })
    if (!wallet) return err({ code: 'keys/no-wallet' })
    if (!wallet.unlocked) return err({ code: 'keys/locked' })
    const doubt = unseenDoubt(doubtsSeen(plan), plan)
    if (doubt) return err(doubt)
    const isOwn = plan.coldkey === wallet.address
    if (isOwn !== (via.kind === 'direct')) return err({ code: 'keys/other-account', planned: plan.coldkey })
    const queue = queueOf(plan, {
      id: random.uuid(),
      genesis,
      signer: wallet.address,
      via,
      startedAtMs: clock.nowMs(),
    })
    this.#keep(queue)
    const ran = await this.run(queue.id)
    return ran.ok ? ran : ok(this.#kept().find(({ id }) => id === queue.id) ?? queue)
  }

  /**
   * Goes on with a list until it is through, somebody stops it, or something has to be mended first; then it stays as it
   * is and says why.
   * @errors stake/no-queue, keys/locked, keys/other-account, and what paused it
   */
  async run(id: string): Promise<Result<MoveQueue, AppError>> {
    let queue = this.#kept().find((one) => one.id === id)
    if (!queue) return err({ code: 'stake/no-queue', id })
    if (this.#running.has(id)) return ok(queue)
    const wallet = this.#deps.wallets.active()
    if (wallet?.address !== queue.signer) return err({ code: 'keys/other-account', planned: queue.signer })
    this.#running.add(id)
    this.#changed.tell()
    try {
      for (;;) {
        queue = this.#withUndone(queue)
        const index = nextIn(queue)
        if (index === undefined || this.#stopping.has(id)) return ok(queue)
        const step = await this.#step(queue, index)
        queue = step.queue
        if (step.stop) return err(step.stop)
      }
    } finally {
      this.#running.delete(id)
      this.#stopping.delete(id)
      this.#changed.tell()
    }
  }

  /** The move that is on its way is followed to its end; none is begun behind it. @returns false when it does not run */
  stop(id: string): boolean {
    if (!this.#running.has(id)) return false
    this.#stopping.add(id)
    this.#changed.tell()
    return true
  }

  /** @returns false when there was none. Nothing that is on its way is taken back. */
  drop(id: string): boolean {
    const genesis = this.#deps.network.genesis()
    if (genesis === undefined || this.#running.has(id)) return false
    const gone = this.#deps.storage.removeMoveQueue(genesis, id)
    this.#changed.tell()
    return gone
  }

  #kept(): readonly MoveQueue[] {
    const genesis = this.#deps.network.genesis()
    return genesis === undefined ? [] : this.#deps.storage.moveQueues(genesis)
  }

  async #step(queue: MoveQueue, index: number): Promise<{ readonly queue: MoveQueue; readonly stop?: AppError }> {
    const item = queue.items[index]
    if (!item) return { queue }
    if (item.state === 'sending') return this.#settle(queue, index)
    const planned = await this.#planned(queue, item.move)
    const prepared = planned.ok ? await this.#deps.transactions.prepare(planned.value) : planned
    if (!prepared.ok) return this.#failed(queue, index, prepared.error)
    const { preparedId } = prepared.value
    const sending = this.#keep(withItem(queue, index, { state: 'sending', preparedId, error: undefined }))
    const sent = await this.#deps.transactions.send(preparedId)
    if (sent.ok) return { queue: this.#keep(withItem(sending, index, { state: 'done' })) }
    // Out of sight is not failed: its record knows whether its end is open, and then nothing may be sent behind it.
    if (sent.error.code === 'chain/transaction-lost') return this.#settle(sending, index)
    return this.#failed(sending, index, sent.error)
  }

  async #planned(
    { via, tolerancePpm, typedTo, coldkey, doubts }: MoveQueue,
    move: MoveQueue['items'][number]['move'],
  ): Promise<Result<Plan, AppError>> {
    const typed = typedTo === undefined ? {} : { typedTo }
    const account = via.kind === 'direct' ? {} : { account: coldkey }
    const despite = doubts ? { despiteDoubts: true } : {}
    const plan = await this.#deps.moves.plan({ moves: [move], tolerancePpm, ...typed, ...account, ...despite })
    if (!plan.ok) return plan
    const doubt = unseenDoubt(doubts ?? [], plan.value)
    if (doubt) return err(doubt)
    if (via.kind === 'direct') return plan
    return this.#deps.accounts.plan({ via, intent: plan.value.intent, ...typed, ...despite })
  }

  #failed(queue: MoveQueue, index: number, error: AppError): { readonly queue: MoveQueue; readonly stop?: AppError } {
    if (!isPause(error)) return { queue: this.#keep(withItem(queue, index, { state: 'failed', error })) }
    return { queue: this.#keep(withItem(queue, index, { state: 'waiting', error })), stop: error }
  }

  /** A block that had it may have lost to another one, in which the chain refused it: then it was not done after all. */
  #withUndone(queue: MoveQueue): MoveQueue {
    const undone = queue.items.map((item) => {
      if (item.state !== 'done' || item.preparedId === undefined) return item
      const record = this.#deps.storage.transactionOf(queue.genesis, item.preparedId)
      return record?.stage === 'failed' ? { ...item, state: 'failed' as const, error: record.error } : item
    })
    return undone.some((item, index) => item !== queue.items[index]) ? this.#keep({ ...queue, items: undone }) : queue
  }

  /** It was being sent when the program ended. The record of transactions knows whether it left, and how it ended. */
  #settle(queue: MoveQueue, index: number): { readonly queue: MoveQueue; readonly stop?: AppError } {
    const { preparedId } = queue.items[index] ?? {}
    // Among all that there ever were: one that is only not shown any more would be taken for one that never left.
    const record = preparedId === undefined ? undefined : this.#deps.storage.transactionOf(queue.genesis, preparedId)
    if (!record) return { queue: this.#keep(withItem(queue, index, { state: 'waiting' })) }
    if (record.stage === 'failed') return this.#failed(queue, index, record.error ?? { code: 'contract/cancelled' })
    if (isThrough(record)) return { queue: this.#keep(withItem(queue, index, { state: 'done' })) }
    return { queue, stop: { code: 'chain/transaction-lost', txHash: record.txHash ?? '' } }
  }

  #keep(queue: MoveQueue): MoveQueue {
    this.#deps.storage.putMoveQueue(queue)
    this.#changed.tell()
    return queue
  }
}

const isThrough = ({ stage }: TransactionRecord): boolean => stage === 'in-block' || stage === 'finalized'
