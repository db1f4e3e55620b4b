import type { AppError } from '../../shared/errors.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { innerIntents } from '../../shared/signing/intent.ts'
import { moveOfIntent } from '../../shared/staking/move-intent.ts'
import { destinationOf, originOf, type StakeMovesPlan } from '../../shared/staking/stake-move.ts'
import { predictedBy } from '../../shared/transactions/predicted.ts'
import { type ShieldMode, taoNeedOf } from '../../shared/transactions/shield.ts'
import { intentOfPlan } from '../../shared/transactions/trade-intent.ts'
import type { Plan, Prepared, TransactionRecord } from '../../shared/transactions/transaction.ts'
import type { Rao, Ss58 } from '../../shared/units/amounts.ts'
import type { AccountsPort } from '../chain/accounts.port.ts'
import type { ChainPort, PreparedBytes, SubmitEvent } from '../chain/chain.port.ts'
import type { Intent, KeysPort, Signer } from '../keys/keys.port.ts'
import type { ReadRequest } from '../keys/signer.port.ts'
import { StorageFailure, type StoragePort } from '../storage/storage.port.ts'
import type { ClockPort, RandomPort } from '../system/system.port.ts'
import type { AccountPlans } from './account-plans.ts'
import { isHolding } from './holding-check.ts'
import { Listeners } from './live-read.ts'
import type { NetworkService } from './network.service.ts'
import { networkName } from './network-name.ts'
import { isLast, PendingTransactions } from './pending-transactions.ts'
import { PreparedPlans } from './prepared-plans.ts'
import { feeRefusal, outOfBand } from './price-band.ts'
import type { ShieldService, Submit } from './shield.service.ts'
import type { TradePlans } from './trade-plans.ts'
import type { WalletService } from './wallet.service.ts'

export interface TransactionsDeps {
  readonly chain: ChainPort & AccountsPort
  readonly keys: KeysPort
  readonly storage: StoragePort
  readonly clock: ClockPort
  readonly random: RandomPort
  readonly wallets: WalletService
  readonly network: NetworkService
  readonly accounts: AccountPlans
  readonly plans: TradePlans
  /** Absent: everything goes in the open. */
  readonly shield?: ShieldService | undefined
}

/** What is signed, by which key, under which agreement. */
export interface SendRequest {
  readonly wallet: string
  readonly signer: Signer
  readonly bytes: PreparedBytes
  readonly intent: Intent
  readonly record: Omit<TransactionRecord, 'id' | 'genesis' | 'stage' | 'startedAtMs'>
  /** Made on another device; absent: asked of the keys here. */
  readonly signature?: Uint8Array
  /** Hidden until it is in a block; always of the coldkey, and signed here. */
  readonly hidden?: boolean
}

/** Prepared, and neither signed nor sent. */
export interface InHand {
  readonly prepared: Prepared
  readonly bytes: PreparedBytes
  readonly wallet: string
}

/** A confirm screen left open this long is quoted again: its price is history by then. */
const PREPARED_BLOCKS = 20
const SHOWN_RECORDS = 200
const hasPrice = (plan: Plan): boolean =>
  plan.kind === 'account' ? isPriced(plan.inner) : plan.kind === 'register' || plan.kind === 'stake-moves'
/** Also where it is done for another account. */
const isPriced = (intent: Intent): boolean =>
  intent.kind === 'register' || moveOfIntent(intent) !== undefined || innerIntents(intent).some(isPriced)

/** Who signs and pays. */
const signerOf = (plan: Plan): Ss58 => (plan.kind === 'account' ? plan.signer : plan.coldkey)

/** Where a call about a holding happens; amounts of other calls stay with their intent. */
function placeOf(intent: Intent): Partial<TransactionRecord> {
  if (!isHolding(intent)) return {}
  return {
    ...('netuid' in intent ? { netuid: intent.netuid } : {}),
    ...('hotkey' in intent ? { hotkey: intent.hotkey } : {}),
    ...('amount' in intent ? { amount: intent.amount } : {}),
  }
}

/** What the record keeps of a plan besides its kind and signer. */
function factsOf(plan: Plan): Partial<TransactionRecord> {
  switch (plan.kind) {
    case 'account':
      return {
        intent: plan.inner,
        coldkey: plan.coldkey,
        ...placeOf(plan.inner),
        ...(plan.claims === undefined ? {} : { expected: plan.claims }),
      }
    case 'stake-moves':
      return { intent: plan.intent, predicted: predictedBy(plan), ...factsOfOne(plan) }
    case 'transfer':
      return { to: plan.request.to, amount: plan.request.amount }
    case 'transfer-all':
      return { to: plan.request.to, amount: plan.amount }
    case 'register':
      return { netuid: plan.request.netuid, hotkey: plan.request.hotkey, amount: plan.price }
  }
}

/** Of one move alone: where it is and what it gives. Several stand with their predictions only. */
function factsOfOne({ steps }: StakeMovesPlan): Partial<TransactionRecord> {
  const [step, second] = steps
  if (!step || second) return {}
  const { netuid, hotkey } = originOf(step.move) ?? destinationOf(step.move) ?? {}
  return { netuid, hotkey, amount: step.gives }
}

/** Gather → plan → prepare → sign → follow. What was sent is kept; what was only planned is not. */
export class TransactionsService {
  readonly #deps: TransactionsDeps
  readonly #prepared: PreparedPlans<InHand>
  readonly #changed = new Listeners<void>()
  readonly #pending: PendingTransactions

  constructor(deps: TransactionsDeps) {
    this.#deps = deps
    this.#prepared = new PreparedPlans(() => {
      const state = deps.chain.state()
      return state.state === 'ready' ? state.facts?.specVersion : undefined
    })
    this.#pending = new PendingTransactions({
      ...deps,
      advance: (record, event) => this.#keep(advanced(record, event)),
      playMoney: (record) => this.#finalizeLater(record, record.outcome?.block ?? 0),
    })
    deps.network.onChange(() => {
      this.#pending.look()
      this.#changed.tell()
    })
  }

  /** Plans again with the chain of now, builds the bytes, decodes them. Nothing is signed yet. */
  async prepare(agreed: Plan, shield: ShieldMode = 'auto'): Promise<Result<Prepared, AppError>> {
    const { chain, random, wallets } = this.#deps
    const wallet = wallets.active()
    if (!wallet) return err({ code: 'keys/no-wallet' })
    const signer = signerOf(agreed)
    if (wallet.address !== signer) return err({ code: 'keys/other-account', planned: signer })
    if (agreed.kind === 'stake-moves' && agreed.carry === 'queue')
      return err({ code: 'contract/bad-input', issues: ['plan: several signatures; start it as a list of moves'] })
    const trouble = this.#trouble()
    if (trouble) return err(trouble)
    const fresh = await this.#deps.plans.again(agreed)
    if (!fresh.ok) return fresh
    // A plan for another account is signed wrapped, as an account plan, or not at all.
    if (signerOf(fresh.value) !== signer) return err({ code: 'keys/other-account', planned: signerOf(fresh.value) })
    const moved = outOfBand(agreed, fresh.value) ?? feeRefusal(fresh.value)
    if (moved) return err(moved)
    const bytes =
      fresh.value.kind === 'account' || fresh.value.kind === 'stake-moves'
        ? await chain.prepareCall(signer, fresh.value.intent)
        : await chain.prepare(signer, fresh.value)
    if (!bytes.ok) return bytes
    const { decoded, payload } = bytes.value
    const verdict = await this.#deps.shield?.verdict(signer, {
      intent: intentOfPlan(fresh.value),
      callBytes: payload.length,
      mode: shield,
      watchOnly: wallet.watchOnly,
      need: fresh.value.kind === 'stake-moves' ? taoNeedOf(fresh.value) : undefined,
    })
    const prepared: Prepared = {
      preparedId: random.uuid(),
      plan: fresh.value,
      decoded,
      ...(verdict ? { shield: verdict } : {}),
    }
    this.#prepared.put(prepared.preparedId, { prepared, bytes: bytes.value, wallet: wallet.name })
    return ok(prepared)
  }

  /** What was prepared and not sent yet. @errors contract/bad-input, chain/runtime-changed */
  inHand(preparedId: string): Result<InHand, AppError> {
    return this.#prepared.get(preparedId)
  }

  /** What a key would be asked to sign, for the signer's own reading of it. */
  preparedBytes(preparedId: string): Result<ReadRequest, AppError> {
    const found = this.inHand(preparedId)
    return found.ok ? this.#toRead(found.value.bytes) : found
  }

  #toRead({ payload, metadata }: PreparedBytes): Result<ReadRequest, AppError> {
    const { network } = this.#deps
    const genesis = network.genesis()
    if (genesis === undefined) return err({ code: 'chain/not-connected' })
    return ok({ payload, chain: { network: networkName(network.choice()), genesis, metadata } })
  }

  /**
   * Signs and sends what was confirmed. Each preparation is good for one signature.
   * @param signature made elsewhere and already checked: 65 bytes. It may take as long as the transaction is good for.
   */
  async send(preparedId: string, signature?: Uint8Array): Promise<Result<TransactionRecord, AppError>> {
    const found = this.#prepared.claim(preparedId)
    if (!found.ok) return found
    const { prepared, bytes, wallet } = found.value
    const { plan } = prepared
    try {
      const refusal = await this.#refusalNow(plan, signature)
      if (refusal) return err(refusal)
      this.#prepared.delete(preparedId)
    } finally {
      this.#prepared.release(preparedId)
    }
    const sent = await this.sendBytes({
      wallet,
      signer: 'coldkey',
      bytes,
      intent: intentOfPlan(plan),
      record: { ...factsOf(plan), kind: plan.kind, signer: signerOf(plan), preparedId },
      ...(signature ? { signature } : {}),
      ...(prepared.shield?.hidden && !signature ? { hidden: true } : {}),
    })
    if (sent.ok && sent.value.outcome && plan.kind === 'account') this.#deps.accounts.happened(plan, sent.value.outcome)
    return sent
  }

  /** Why what was confirmed is not signed now; it can be asked again. */
  async #refusalNow(plan: Plan, signature: Uint8Array | undefined): Promise<AppError | undefined> {
    const stale = this.#trouble() ?? (signature ? undefined : this.#staleness(plan.atBlock))
    if (stale) return stale
    const active = this.#deps.wallets.active()
    const planner = signerOf(plan)
    if (active?.address !== planner) return { code: 'keys/other-account', planned: planner }
    if (!active.unlocked && !signature) return { code: 'keys/locked' }
    const agreed = plan.kind === 'account' ? await this.#deps.accounts.confirmed(plan) : ok(undefined)
    if (!agreed.ok) return agreed.error
    return signature ? undefined : this.#movedSince(plan)
  }

  /** Signs, sends, records. Answers when it is in a block, or why not; finality is followed further. */
  async sendBytes(request: SendRequest): Promise<Result<TransactionRecord, AppError>> {
    const genesis = this.#deps.network.genesis()
    if (genesis === undefined) return err({ code: 'chain/not-connected' })
    const submit = await this.#signed(request)
    if (!submit.ok) return submit
    let record = this.#save(this.#newRecord(request.record, genesis))
    this.#pending.claim(record.id)
    const { id } = record
    return new Promise((resolve, reject) => {
      let unsaved: unknown
      const onEvent = (event: SubmitEvent) => {
        record = event.stage === 'sending' ? sending(event) : this.#keep(advanced(record, event))
        if (isLast(event)) this.#pending.release(id)
        if (event.stage === 'failed') resolve(err(event.error))
        else if (event.stage === 'left') resolve(err({ code: 'chain/transaction-lost', txHash: record.txHash ?? '' }))
        else if (event.stage === 'in-block' || event.stage === 'finalized') resolve(ok(record))
      }
      // Without its trace on disk a crash would lose sight of it: then it does not leave this computer.
      const sending = (event: SubmitEvent): TransactionRecord => {
        try {
          return this.#save(advanced(record, event))
        } catch (cause) {
          unsaved = cause
          throw cause
        }
      }
      const refused = (error: AppError) => {
        this.#pending.release(id)
        if (unsaved !== undefined) return reject(unsaved)
        record = this.#keep({ ...record, stage: 'failed', error })
        resolve(err(error))
      }
      submit.value(onEvent).then(
        (sent) => {
          if (!sent.ok) refused(sent.error)
        },
        () => refused({ code: 'chain/bad-answer', what: 'submit' }),
      )
    })
  }

  /** Signs by whatever road was agreed to. @returns what sends it */
  async #signed(request: SendRequest): Promise<Result<Submit, AppError>> {
    const { chain, keys, shield } = this.#deps
    const { wallet, signer, bytes, intent, signature } = request
    if (request.hidden && shield)
      return shield.sign({ wallet, signer: request.record.signer, intent, toRead: (hidden) => this.#toRead(hidden) })
    const read = this.#toRead(bytes)
    if (!read.ok) return read
    const made = signature ? ok(signature) : await keys.sign({ wallet, signer, intent, ...read.value })
    return made.ok ? ok((onEvent) => chain.submit(bytes.handle, made.value, onEvent)) : made
  }

  async playMoney(amount: Rao): Promise<Result<TransactionRecord, AppError>> {
    const { chain, network, wallets } = this.#deps
    const genesis = network.genesis()
    if (!network.isPractice()) return err({ code: 'practice/only-there' })
    if (genesis === undefined) return err({ code: 'chain/not-connected' })
    const to = wallets.active()?.address
    if (!to) return err({ code: 'keys/no-wallet' })
    const given = await chain.playMoney(to, amount)
    if (!given.ok) return given
    const { txHash, block } = given.value
    const record = this.#newRecord({ kind: 'play-money', signer: to, amount, txHash }, genesis)
    const saved = this.#keep({ ...record, stage: 'in-block', outcome: { block } })
    this.#finalizeLater(saved, block)
    return ok(saved)
  }

  /** The faucet's own block is final once finality has passed it: the practice chain has one author and no forks. */
  #finalizeLater(record: TransactionRecord, block: number): void {
    const { chain } = this.#deps
    const stop = chain.onState((state) => {
      if (state.state !== 'ready' || state.facts.genesis !== record.genesis) return stop()
      if ((state.finalized?.number ?? 0) < block) return
      stop()
      this.#keep({ ...record, stage: 'finalized' })
    })
  }

  records(): readonly TransactionRecord[] {
    const genesis = this.#deps.network.genesis()
    return genesis === undefined ? [] : this.#deps.storage.transactions(genesis, SHOWN_RECORDS)
  }

  onChange(listener: () => void): () => void {
    return this.#changed.add(listener)
  }

  #newRecord(facts: SendRequest['record'], genesis: string): TransactionRecord {
    const { clock, random } = this.#deps
    return { ...facts, id: random.uuid(), genesis, stage: 'signed', startedAtMs: clock.nowMs() }
  }

  #save(record: TransactionRecord): TransactionRecord {
    this.#deps.storage.saveTransaction(record)
    this.#changed.tell()
    return record
  }

  /** What happened on chain has happened, whether or not the disk takes it: the next start looks for it again. */
  #keep(record: TransactionRecord): TransactionRecord {
    try {
      return this.#save(record)
    } catch (cause) {
      if (cause instanceof StorageFailure) return record
      throw cause
    }
  }

  /** What has a price is quoted once more in the last moment: a refusal by the chain would cost the fee. */
  async #movedSince(plan: Plan): Promise<AppError | undefined> {
    if (!hasPrice(plan)) return undefined
    const fresh = await this.#deps.plans.again(plan)
    return fresh.ok ? outOfBand(plan, fresh.value) : fresh.error
  }

  /** What the chain is taken to be may be wrong: nothing is signed on the strength of it. */
  #trouble(): AppError | undefined {
    const state = this.#deps.chain.state()
    return state.state === 'ready' ? state.trouble : undefined
  }

  #staleness(atBlock: number): AppError | undefined {
    const state = this.#deps.chain.state()
    if (state.state !== 'ready' || state.reconnecting) return { code: 'chain/not-connected' }
    const nowBlock = state.best.number
    return nowBlock - atBlock > PREPARED_BLOCKS ? { code: 'stake/plan-too-old', atBlock, nowBlock } : undefined
  }
}

function advanced(before: TransactionRecord, event: SubmitEvent): TransactionRecord {
  if (event.stage === 'left') return before
  const { doubt: _settled, ...record } = before
  switch (event.stage) {
    case 'sending':
      return { ...record, ...event.trace }
    case 'doubted':
      return { ...record, doubt: { error: event.error, untilBlock: event.untilBlock } }
    case 'in-pool':
      return { ...record, stage: 'in-pool', txHash: event.txHash }
    case 'failed':
      return { ...record, stage: 'failed', error: event.error, ...(event.outcome ? { outcome: event.outcome } : {}) }
    default:
      return { ...record, stage: event.stage, outcome: event.outcome }
  }
}
