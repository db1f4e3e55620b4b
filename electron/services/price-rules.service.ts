import { z } from 'zod'
import { priceRule } from '../../shared/contract/price-rules.contract.ts'
import type { AppError } from '../../shared/errors.ts'
import {
  expired,
  isOpen,
  keptRules,
  type PriceRule,
  type PriceRuleState,
  RULE_LIMITS,
  roomPpm,
} from '../../shared/registration/price-rule.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { TransactionRecord } from '../../shared/transactions/transaction.ts'
import type { Netuid, Rao, Ss58 } from '../../shared/units/amounts.ts'
import type { ChainPort } from '../chain/chain.port.ts'
import type { PlacePrices, RegistrationPort } from '../chain/registration.port.ts'
import type { RulesFilePort } from '../storage/rules-file.port.ts'
import { StorageFailure, type StoragePort } from '../storage/storage.port.ts'
import type { ClockPort, LogPort, RandomPort } from '../system/system.port.ts'
import type { AlertsService } from './alerts.service.ts'
import type { NetworkService } from './network.service.ts'
import type { TradePlans } from './trade-plans.ts'
import type { TransactionsService } from './transactions.service.ts'
import type { WalletService } from './wallet.service.ts'

export interface PriceRulesDeps {
  readonly chain: Pick<ChainPort, 'onHead'> & Pick<RegistrationPort, 'placePrices'>
  readonly file: RulesFilePort
  readonly storage: Pick<StoragePort, 'transactionOf'>
  readonly clock: Pick<ClockPort, 'nowMs'>
  readonly random: Pick<RandomPort, 'uuid'>
  readonly log: LogPort
  readonly network: Pick<NetworkService, 'genesis'>
  readonly wallets: Pick<WalletService, 'active'>
  readonly tradePlans: Pick<TradePlans, 'register'>
  readonly transactions: Pick<TransactionsService, 'prepare' | 'send'>
  readonly alerts: Pick<AlertsService, 'raise'>
}

export interface RuleWish {
  readonly netuid: Netuid
  readonly hotkey: Ss58
  readonly most: Rao
  readonly hours: number
}

/** Blocks between two looks at the prices of all subnets: two requests each, and none while no rule waits. */
const LOOK_EVERY = 10
const HOUR_MS = 3_600_000
/** These pass by: money may come, and the price may fall. */
const PASSES: ReadonlySet<string> = new Set(['register/balance-too-low', 'register/price-above-limit'])
const kept = z.array(priceRule)
type Sending = Extract<PriceRuleState, { readonly kind: 'sending' }>

/** What cannot be read buys nothing, and takes no other with it. @returns `reason`: something could not be */
function readRules(text: string): { readonly rules: readonly PriceRule[]; readonly reason?: string } {
  try {
    const read = z
      .array(z.unknown())
      .parse(JSON.parse(text))
      .map((one) => priceRule.safeParse(one))
    const reason = read.find(({ success }) => !success)?.error?.message
    return { rules: read.flatMap(({ data }) => (data ? [data] : [])), ...(reason === undefined ? {} : { reason }) }
  } catch (cause) {
    return { rules: [], reason: String(cause) }
  }
}

/**
 * Buys a place when it costs no more than a person said: once, at no higher limit, while that person's wallet is unlocked.
 * What leaves is on disk before it leaves; after a crash it is followed, and never sent again.
 */
export class PriceRulesService {
  readonly #deps: PriceRulesDeps
  #stop: (() => void) | undefined
  #rules: readonly PriceRule[]
  #busy = false
  #notBefore = 0
  /** The file is there and cannot be read: nothing is written over it. */
  #broken: StorageFailure | undefined

  constructor(deps: PriceRulesDeps) {
    this.#deps = deps
    this.#rules = this.#load()
  }

  /** From here on rules may buy. */
  start(): void {
    this.#stop ??= this.#deps.chain.onHead(({ number }) => void this.#follow(number))
  }

  close(): void {
    this.#stop?.()
    this.#stop = undefined
  }

  /** Also those of another chain, and while no block comes, end when their time is over. */
  list(): readonly PriceRule[] {
    return expired(this.#rules, this.#deps.clock.nowMs())
  }

  /** With where it is kept what could not be read. @throws StorageFailure */
  view(): { readonly rules: readonly PriceRule[]; readonly aside: readonly string[] } {
    if (this.#broken) throw this.#broken
    return { rules: this.list(), aside: this.#deps.file.aside() }
  }

  /** @errors keys/no-wallet, chain/not-connected, place/rule-for-nothing, place/too-many-rules, and what speaks against the place at any price */
  async set({ netuid, hotkey, most, hours }: RuleWish): Promise<Result<PriceRule, AppError>> {
    const { wallets, network, clock, random, tradePlans } = this.#deps
    const coldkey = wallets.active()?.address
    const genesis = network.genesis()
    if (coldkey === undefined) return err({ code: 'keys/no-wallet' })
    if (genesis === undefined) return err({ code: 'chain/not-connected' })
    if (most === 0n) return err({ code: 'place/rule-for-nothing' })
    if (this.list().filter(isOpen).length >= RULE_LIMITS.waiting)
      return err({ code: 'place/too-many-rules', most: RULE_LIMITS.waiting })
    const plan = await tradePlans.register({ netuid, hotkey, tolerancePpm: 0 })
    if (!plan.ok && !PASSES.has(plan.error.code)) return plan
    const read = await this.#deps.chain.placePrices()
    const since = read.ok ? read.value.prices.find((one) => one.netuid === netuid)?.since : undefined
    const setAtMs = clock.nowMs()
    const rule: PriceRule = {
      ...{ id: random.uuid(), genesis, coldkey, hotkey, netuid, most, setAtMs },
      ...(since === undefined ? {} : { since }),
      untilMs: setAtMs + hours * HOUR_MS,
      state: { kind: 'waiting', ...(plan.ok ? { price: plan.value.price } : {}) },
    }
    this.#save([...this.#rules, rule])
    this.#notBefore = 0
    return ok(rule)
  }

  /** @errors place/unknown-rule: none of that name waits */
  end(id: string): Result<PriceRule, AppError> {
    const rule = this.list().find((one) => one.id === id)
    if (rule?.state.kind !== 'waiting') return err({ code: 'place/unknown-rule' })
    return ok(this.#become(rule, { kind: 'ended', because: 'taken-back' }))
  }

  #load(): readonly PriceRule[] {
    const { file, log } = this.#deps
    try {
      const text = file.read()
      if (text === undefined) return []
      const { rules, reason } = readRules(text)
      if (reason === undefined) return rules
      log.log('warn', 'price-rules.unreadable', { reason })
      // First kept beside, whole; then the others are written without it, so that it is not kept once more at each start.
      file.keepAside()
      file.write(JSON.stringify(z.encode(kept, [...rules])))
      return rules
    } catch (cause) {
      if (!(cause instanceof StorageFailure)) throw cause
      log.log('warn', 'price-rules.unreadable', { reason: cause.message })
      this.#broken = cause
      return []
    }
  }

  /** @throws StorageFailure; what is in memory is as before then */
  #save(rules: readonly PriceRule[]): void {
    if (this.#broken) throw this.#broken
    const next = keptRules(rules)
    this.#deps.file.write(JSON.stringify(z.encode(kept, [...next])))
    this.#rules = next
  }

  #become(rule: PriceRule, state: PriceRuleState): PriceRule {
    const next = { ...rule, state }
    this.#note(next)
    return next
  }

  async #follow(best: number): Promise<void> {
    const genesis = this.#deps.network.genesis()
    const open = this.#rules.filter((rule) => isOpen(rule) && rule.genesis === genesis)
    if (this.#busy || open.length === 0 || best < this.#notBefore) return
    this.#busy = true
    this.#notBefore = best + LOOK_EVERY
    try {
      this.#expire()
      await this.#look(open)
    } catch (cause) {
      const reason = cause instanceof StorageFailure ? cause.message : String(cause)
      this.#deps.log.log('warn', 'price-rules.look', { reason })
    } finally {
      this.#busy = false
    }
  }

  #expire(): void {
    const rules = expired(this.#rules, this.#deps.clock.nowMs())
    if (rules.some((rule, at) => rule !== this.#rules[at])) this.#save(rules)
  }

  /** As it is now; a person may have taken it back meanwhile. */
  #now = (id: string): PriceRule | undefined => this.#rules.find((rule) => rule.id === id)

  async #look(open: readonly PriceRule[]): Promise<void> {
    for (const { id } of open) {
      const rule = this.#now(id)
      if (rule?.state.kind === 'sending') this.#settle(rule, rule.state, undefined)
    }
    if (!open.some(({ id }) => this.#now(id)?.state.kind === 'waiting')) return
    const read = await this.#deps.chain.placePrices()
    if (!read.ok) return
    for (const { id, netuid } of open) {
      const now = read.value.prices.find((one) => one.netuid === netuid)
      if (this.#isThere(id, now)) await this.#judge(id, now.price)
    }
  }

  /** Another subnet under the same number is not the one that was meant. */
  #isThere(
    id: string,
    subnet: PlacePrices['prices'][number] | undefined,
  ): subnet is NonNullable<PlacePrices['prices'][number]> {
    const rule = this.#now(id)
    if (rule?.state.kind !== 'waiting') return false
    const isGone = !subnet || (rule.since !== undefined && subnet.since !== undefined && subnet.since !== rule.since)
    if (isGone) this.#become(rule, { kind: 'ended', because: 'subnet-gone' })
    else if (rule.since === undefined && subnet.since !== undefined) this.#note({ ...rule, since: subnet.since })
    return !isGone
  }

  #note(next: PriceRule): void {
    this.#save(this.#rules.map((one) => (one.id === next.id ? next : one)))
  }

  async #judge(id: string, price: Rao): Promise<void> {
    const rule = this.#now(id)
    if (rule?.state.kind !== 'waiting') return
    const room = roomPpm(price, rule.most)
    if (room === undefined) return this.#wait(rule, price)
    const { alerts, wallets } = this.#deps
    alerts.raise({ kind: 'price-reached', rule: id, netuid: rule.netuid, price, wanted: rule.most })
    const wallet = wallets.active()
    if (wallet?.address !== rule.coldkey) return this.#wait(rule, price, { code: 'place/other-wallet' })
    if (!wallet.unlocked) return this.#wait(rule, price, { code: 'keys/locked' })
    const error = await this.#buy(rule, { price, room })
    const after = this.#now(id)
    if (error && after?.state.kind === 'waiting') this.#wait(after, price, error)
  }

  /** Only what changed is written. */
  #wait(rule: PriceRule, price: Rao, why?: AppError): void {
    const { state } = rule
    if (state.kind === 'waiting' && state.price === price && state.why?.code === why?.code) return
    this.#become(rule, { kind: 'waiting', price, ...(why ? { why } : {}) })
  }

  /** @returns why nothing was sent; `undefined` once it was */
  async #buy(
    rule: PriceRule,
    { price, room }: { readonly price: Rao; readonly room: number },
  ): Promise<AppError | undefined> {
    const { tradePlans, transactions, network } = this.#deps
    const { netuid, hotkey, most } = rule
    const plan = await tradePlans.register({ netuid, hotkey, tolerancePpm: room })
    if (!plan.ok) return plan.error
    const prepared = await transactions.prepare(plan.value)
    if (!prepared.ok) return prepared.error
    const { preparedId, plan: fresh } = prepared.value
    // Planned again while it was prepared: by another account it is another plan, and dearer than allowed it is none.
    if (fresh.kind !== 'register' || fresh.coldkey !== rule.coldkey) return { code: 'place/other-wallet' }
    if (fresh.limitPrice > most) return { code: 'register/price-above-limit', price: fresh.limitPrice, limit: most }
    const now = this.#now(rule.id)
    if (now?.state.kind !== 'waiting' || network.genesis() !== rule.genesis) return undefined
    const state = { kind: 'sending', preparedId, price } as const
    const sending = this.#become(now, state)
    const sent = await transactions.send(preparedId)
    if (!sent.ok && !this.#recordOf(sending, state)) {
      // Refused before it was signed: a price that rose in that moment, or a wallet that was locked, ends no rule.
      this.#become(sending, { kind: 'waiting', price, why: sent.error })
      return undefined
    }
    this.#settle(sending, state, sent.ok ? undefined : sent.error)
    return undefined
  }

  #recordOf(rule: PriceRule, { preparedId }: Sending): TransactionRecord | undefined {
    return this.#deps.storage.transactionOf(rule.genesis, preparedId)
  }

  /** What became of it, by our own record of it. Lost from sight it stays as it is: it may still come. */
  #settle(rule: PriceRule, sending: Sending, error: AppError | undefined): void {
    const record = this.#recordOf(rule, sending)
    const why = error ?? record?.error
    const told = why ? { error: why } : {}
    if (!record) this.#become(rule, { kind: 'ended', because: 'unsent', ...told })
    else if (record.stage === 'failed')
      // What is in no block took no fee either.
      this.#become(rule, { kind: 'ended', because: record.outcome ? 'refused' : 'unsent', ...told })
    else if (record.stage === 'in-block' || record.stage === 'finalized')
      this.#become(rule, { kind: 'done', uid: record.outcome?.registeredUid, block: record.outcome?.block })
  }
}
