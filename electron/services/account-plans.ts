import { grantFor } from '../../shared/accounts/grant-for.ts'
import {
  type MultisigAccount,
  type MultisigOperation,
  multisigIntent,
  nextStep,
  othersOf,
} from '../../shared/accounts/multisig.ts'
import { type AccountPlan, type AccountRequest, planAccount, type Via } from '../../shared/accounts/plan-account.ts'
import { CALL_OF_KIND, type ProxyGrant } from '../../shared/accounts/proxy.ts'
import type { AppError } from '../../shared/errors.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { DEEPEST_INTENT, type Intent, innerIntents } from '../../shared/signing/intent.ts'
import { tradesAtAnyPrice } from '../../shared/staking/move-intent.ts'
import { saysToDestroy, wordsToDestroy } from '../../shared/staking/words-to-destroy.ts'
import type { Outcome } from '../../shared/transactions/transaction.ts'
import { type Rao, rao, type Ss58 } from '../../shared/units/amounts.ts'
import type { AccountsPort, CallQuote } from '../chain/accounts.port.ts'
import type { HoldingsPort } from '../chain/holdings.port.ts'
import type { PlacesPort } from '../chain/places.port.ts'
import type { AccountStorage } from '../storage/account-storage.port.ts'
import { holdingCheck } from './holding-check.ts'
import type { NetworkService } from './network.service.ts'
import { placeCheck } from './place-check.ts'
import type { RecipientGuard } from './recipient-guard.ts'
import { type TradeReads, tradeRefusal } from './trade-check.ts'
import type { WalletService } from './wallet.service.ts'

export interface AccountPlansDeps {
  readonly chain: AccountsPort & TradeReads & Pick<HoldingsPort, 'holdingAnswer'> & PlacesPort
  readonly storage: AccountStorage
  readonly wallets: WalletService
  readonly network: NetworkService
  readonly recipients: RecipientGuard
}

/** What a person wants done, and on whose behalf. */
export interface AccountAsk {
  readonly via: Via
  readonly intent: Intent
  /** The recipient typed in full by hand; needed where the address imitates a known one. */
  readonly typedTo?: string | undefined
  /** Goes on although two sources disagree on the price. */
  readonly despiteDoubts?: boolean | undefined
  /** What `wordsToDestroy` asks for; needed where alpha is destroyed. */
  readonly typedWords?: string | undefined
}

const NOTHING = rao(0n)
/** Nobody here begins a trade at any price; what others opened for a shared account is theirs, and shown as it is. */
function unbounded(inner: Intent): Result<never, AppError> | undefined {
  const netuid = tradesAtAnyPrice(inner)
  return netuid === undefined ? undefined : err({ code: 'stake/limit-needed', netuid })
}
type Wrapped = Result<Pick<AccountRequest, 'coldkey' | 'intent'> & { readonly deposit: Rao }, AppError>

/** Plans every call about an account, or on behalf of another one: looks at the chain, wraps, counts what it costs. */
export class AccountPlans {
  readonly #deps: AccountPlansDeps

  constructor(deps: AccountPlansDeps) {
    this.#deps = deps
  }

  /** @errors those of the wrapping, stake/limit-needed (a trade at any price), those of the account acted for (balance, price limit), account/balance-too-low, keys/no-wallet */
  async plan(ask: AccountAsk): Promise<Result<AccountPlan, AppError>> {
    const { via, intent: inner, typedTo, despiteDoubts, typedWords } = ask
    const signer = this.#deps.wallets.active()?.address
    if (!signer) return err({ code: 'keys/no-wallet' })
    if (depthOf(inner) > DEEPEST_INTENT) return err({ code: 'contract/bad-input', issues: ['intent: too deep'] })
    const words = wordsToDestroy(inner)
    if (words !== undefined && !saysToDestroy(typedWords, words)) return err({ code: 'burn/words-missing', words })
    for (const to of recipientsIn(inner)) {
      const refusal = await this.#deps.recipients.refusal(to, typedTo)
      if (refusal) return err(refusal)
    }
    const wrapped = await this.#wrapped(signer, via, inner)
    if (!wrapped.ok) return wrapped
    const { deposit, coldkey, intent } = wrapped.value
    const refusal =
      via.kind === 'direct' ? undefined : await this.#refusalFor(coldkey, { intent, inner, despiteDoubts })
    if (refusal) return err(refusal)
    const [quote, charge] = await Promise.all([
      this.#deps.chain.quoteCall(signer, intent),
      this.#charge(inner, coldkey),
    ])
    if (!quote.ok) return quote
    if (!charge.ok) return charge
    const { atBlock, free, existentialDeposit, txFee } = quote.value
    const held = await holdingCheck(this.#deps.chain, { coldkey, intent: inner, txFee })
    if (!held.ok) return held
    const place = await placeCheck(this.#deps.chain, { coldkey, intent: inner, pays: signer })
    if (!place.ok) return place
    const snapshot = { signer, block: atBlock, free, existentialDeposit, txFee, deposit, charge: charge.value }
    // What is only announced, or waits for others, brings nothing yet.
    const atOnce = via.kind !== 'multisig' && intent.kind !== 'announce-proxied'
    const said = {
      ...(atOnce ? held.value : {}),
      ...place.value,
      ...(typedTo === undefined ? {} : { typedTo }),
      ...(despiteDoubts ? { despiteDoubts } : {}),
      ...(typedWords === undefined ? {} : { typedWords }),
    }
    return planAccount({ coldkey, via, inner, intent, ...said }, snapshot)
  }

  /** As {@link plan}, with the way that the first plan took: an announcement stays one. */
  again(plan: AccountPlan): Promise<Result<AccountPlan, AppError>> {
    const { via, inner, typedTo, despiteDoubts, typedWords } = plan
    return this.plan({ via, intent: inner, typedTo, despiteDoubts, typedWords })
  }

  /** Called when a person confirmed, before anything is signed: from now on this announcement is our own. */
  async confirmed(plan: AccountPlan): Promise<Result<void, AppError>> {
    const { chain, storage, network } = this.#deps
    const genesis = network.genesis()
    if (genesis === undefined) return err({ code: 'chain/not-connected' })
    if (plan.inner.kind === 'announce-coldkey-swap') {
      const hash = await chain.coldkeyHash(plan.inner.newColdkey)
      if (!hash.ok) return hash
      const { coldkey } = plan
      storage.putKnownSwap(genesis, { coldkey, newColdkey: plan.inner.newColdkey, newColdkeyHash: hash.value })
    }
    // The chain will hold the hash of the inner call only; without the call nobody could carry it out later.
    if (plan.intent.kind === 'announce-proxied' || plan.via.kind === 'multisig') {
      const quote = await chain.quoteCall(plan.coldkey, plan.inner)
      if (!quote.ok) return quote
      storage.putKnownCall(genesis, quote.value.callHash, quote.value.callHex)
    }
    return ok(undefined)
  }

  /** Called once it is in a block. */
  happened(plan: AccountPlan, outcome: Outcome): void {
    const { storage, network } = this.#deps
    const genesis = network.genesis()
    const pure = outcome.pureCreated
    if (genesis === undefined || plan.inner.kind !== 'create-pure' || !pure) return
    const { proxyType, delay } = plan.inner
    const [height, extIndex] = [outcome.block, outcome.extrinsicIndex ?? 0]
    const { address, spawner, index } = pure
    storage.putPureProxy(genesis, { address, spawner, proxyType, delay, index, height, extIndex })
    storage.putActingFor(genesis, spawner, address)
  }

  /** What the account acted for lacks, and whether the price left the band; an approval by hash carries nothing out. */
  async #refusalFor(
    coldkey: Ss58,
    {
      intent,
      inner,
      despiteDoubts,
    }: { readonly intent: Intent; readonly inner: Intent; readonly despiteDoubts: boolean | undefined },
  ): Promise<AppError | undefined> {
    if (intent.kind === 'multisig-approve') return undefined
    return tradeRefusal(this.#deps.chain, { coldkey, intent: inner, despiteDoubts })
  }

  async #wrapped(signer: Ss58, via: Via, inner: Intent): Promise<Wrapped> {
    switch (via.kind) {
      case 'direct':
        return unbounded(inner) ?? this.#direct(signer, inner)
      case 'proxy':
        return unbounded(inner) ?? this.#proxied(signer, via, inner)
      case 'multisig':
        return this.#shared(signer, via.address, inner)
    }
  }

  async #direct(signer: Ss58, inner: Intent): Promise<Wrapped> {
    const refusal = await this.#swapRefusal(signer, inner)
    if (refusal) return err(refusal)
    const deposit = await this.#depositOf(signer, inner)
    return deposit.ok ? ok({ coldkey: signer, intent: inner, deposit: deposit.value }) : deposit
  }

  /** What the chain would refuse anyway, said before a fee is paid for it. */
  async #swapRefusal(coldkey: Ss58, intent: Intent): Promise<AppError | undefined> {
    if (!/coldkey-swap$/.test(intent.kind)) return undefined
    const { chain } = this.#deps
    const read = await chain.coldkeySwaps([coldkey])
    if (!read.ok) return read.error
    const { atBlock, swaps } = read.value
    const [swap] = swaps
    if (swap?.disputedAt !== undefined) return { code: 'swap/disputed', coldkey }
    const wait = (until: number): AppError | undefined =>
      atBlock < until ? { code: 'swap/too-early', blocksLeft: until - atBlock } : undefined
    if (intent.kind === 'announce-coldkey-swap') return swap && wait(swap.clearableAt)
    if (!swap) return { code: 'swap/not-announced', coldkey }
    if (intent.kind === 'clear-coldkey-swap') return wait(swap.clearableAt)
    if (intent.kind !== 'execute-coldkey-swap') return undefined
    const hash = await chain.coldkeyHash(intent.newColdkey)
    if (!hash.ok) return hash.error
    if (hash.value.toLowerCase() !== swap.newColdkeyHash.toLowerCase())
      return { code: 'swap/other-coldkey', announcedHash: swap.newColdkeyHash }
    return wait(swap.executableAt)
  }

  async #proxied(signer: Ss58, via: Extract<Via, { kind: 'proxy' }>, inner: Intent): Promise<Wrapped> {
    const { real, forceType } = via
    const [facts, rules] = await Promise.all([this.#deps.chain.proxies(real), this.#deps.chain.proxyRules()])
    if (!facts.ok) return facts
    const ask = { delegate: signer, inner, forceType, rules: rules.ok ? rules.value : undefined }
    const found = grantFor(facts.value.grants, ask)
    if (found.kind === 'none') return err({ code: 'proxy/not-granted', real, delegate: signer })
    if (found.kind === 'may-not')
      return err({ code: 'proxy/may-not', proxyType: found.proxyType, call: CALL_OF_KIND[inner.kind] ?? inner.kind })
    const { grant } = found
    const force = forceType === undefined ? {} : { forceType }
    if (grant.delay === 0)
      return ok({ coldkey: real, intent: { kind: 'proxied', real, ...force, intent: inner }, deposit: NOTHING })
    return this.#delayed(signer, { via, grant, inner })
  }

  /** First announced, then carried out when the delay is over. */
  async #delayed(
    signer: Ss58,
    {
      via: { real, forceType },
      grant,
      inner,
    }: {
      readonly via: Extract<Via, { kind: 'proxy' }>
      readonly grant: ProxyGrant
      readonly inner: Intent
    },
  ): Promise<Wrapped> {
    const { chain } = this.#deps
    const [own, call] = await Promise.all([chain.proxies(signer), chain.quoteCall(signer, inner)])
    if (!own.ok) return own
    if (!call.ok) return call
    const { callHash } = call.value
    const announced = own.value.announced.find((one) => one.real === real && one.callHash === callHash)
    if (!announced) {
      const deposit = await this.#depositOf(signer, { kind: 'announce-proxied', real, callHash })
      if (!deposit.ok) return deposit
      return ok({ coldkey: real, intent: { kind: 'announce-proxied', real, callHash }, deposit: deposit.value })
    }
    const blocksLeft = announced.height + grant.delay - own.value.atBlock
    if (blocksLeft > 0) return err({ code: 'proxy/too-early', blocksLeft })
    const force = forceType === undefined ? {} : { forceType }
    const intent: Intent = { kind: 'proxied-announced', delegate: signer, real, ...force, intent: inner }
    return ok({ coldkey: real, intent, deposit: NOTHING })
  }

  /** Proposes, approves or carries out, whichever is next for this member. */
  async #shared(signer: Ss58, address: Ss58, inner: Intent): Promise<Wrapped> {
    const { chain } = this.#deps
    const account = this.#sharedAccount(address)
    if (!account?.members.includes(signer)) return err({ code: 'multisig/not-a-member', address: signer })
    const [facts, call] = await Promise.all([chain.multisig(address), chain.quoteCall(address, inner)])
    if (!facts.ok) return facts
    if (!call.ok) return call
    const { weight: maxWeight, callHash } = call.value
    const open = facts.value.operations.find((one) => one.callHash === callHash)
    if (!open) {
      const refused = unbounded(inner)
      if (refused) return refused
      const deposit = account.threshold === 1 ? ok(NOTHING) : await chain.multisigDeposit(account.threshold)
      if (!deposit.ok) return deposit
      const intent = multisigIntent(account, signer, { intent: inner, maxWeight })
      return ok({ coldkey: address, intent, deposit: deposit.value })
    }
    return this.#nextOf(account, signer, { open, inner, call: call.value })
  }

  #nextOf(
    account: MultisigAccount,
    signer: Ss58,
    { open, inner, call }: { readonly open: MultisigOperation; readonly inner: Intent; readonly call: CallQuote },
  ): Wrapped {
    const { address: coldkey, threshold } = account
    const { callHash, callHex, weight: maxWeight } = call
    const step = nextStep(account, { ...open, callHex }, signer)
    if (step === 'wait') return err({ code: 'multisig/waits-for-others', approvals: open.approvals.length, threshold })
    const { timepoint } = open
    if (step === 'execute') {
      const intent = multisigIntent(account, signer, { intent: inner, maxWeight, opened: timepoint })
      return ok({ coldkey, intent, deposit: NOTHING })
    }
    const others = othersOf(account, signer)
    const intent: Intent = { kind: 'multisig-approve', threshold, others, timepoint, callHash, maxWeight }
    return ok({ coldkey, intent, deposit: NOTHING })
  }

  #sharedAccount(address: Ss58): MultisigAccount | undefined {
    const kind = this.#deps.network.choice()?.kind
    return kind && this.#deps.storage.multisigAccounts(kind).find((account) => account.address === address)
  }

  /** What the chain will keep back; a base once, and a part for each entry. */
  async #depositOf(signer: Ss58, intent: Intent): Promise<Result<Rao, AppError>> {
    const { chain } = this.#deps
    const makes = intent.kind === 'add-proxy' || intent.kind === 'create-pure'
    if (!makes && intent.kind !== 'announce-proxied') return ok(NOTHING)
    const [costs, facts] = await Promise.all([chain.proxyCosts(), chain.proxies(signer)])
    if (!costs.ok) return costs
    if (!facts.ok) return facts
    const { base, each, announcementBase, announcementEach, mostProxies } = costs.value
    if (intent.kind === 'announce-proxied')
      return ok(rao(announcementEach + (facts.value.announced.length === 0 ? announcementBase : 0n)))
    if (intent.kind === 'create-pure') return ok(rao(base + each))
    if (facts.value.grants.length >= mostProxies) return err({ code: 'proxy/too-many', most: mostProxies })
    return ok(rao(each + (facts.value.grants.length === 0 ? base : 0n)))
  }

  async #charge(intent: Intent, coldkey: Ss58): Promise<Result<Rao, AppError>> {
    if (intent.kind !== 'announce-coldkey-swap') return ok(NOTHING)
    const { chain } = this.#deps
    const [swaps, cost] = await Promise.all([chain.coldkeySwaps([coldkey]), chain.coldkeySwapCost()])
    if (!swaps.ok) return swaps
    // Only the first announcement is charged; a new one that replaces it is not.
    return swaps.value.swaps.length > 0 ? ok(NOTHING) : cost
  }
}

/** Everybody who would be paid, may act, or gets everything, however deep the call lies. */
const recipientsIn = (intent: Intent): readonly Ss58[] => [
  ...('to' in intent ? [intent.to] : []),
  ...(intent.kind === 'announce-coldkey-swap' ? [intent.newColdkey] : []),
  ...(intent.kind === 'add-proxy' ? [intent.delegate] : []),
  ...innerIntents(intent).flatMap(recipientsIn),
]

function depthOf(intent: Intent): number {
  const inner = innerIntents(intent).map(depthOf)
  return 1 + Math.max(0, ...inner)
}
