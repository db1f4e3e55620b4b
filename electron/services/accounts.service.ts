import { alarming, type JudgedSwap, judgeSwaps } from '../../shared/accounts/coldkey-swap.ts'
import {
  type MultisigAccount,
  type MultisigMembers,
  type MultisigOperation,
  mayCancel,
  nextStep,
  othersOf,
  planMembers,
} from '../../shared/accounts/multisig.ts'
import type { AccountPlan } from '../../shared/accounts/plan-account.ts'
import type { ProxyFacts } from '../../shared/accounts/proxy.ts'
import type { ActingFor, ColdkeyGuard, KnownCall, MultisigView, ProxyView } from '../../shared/accounts/views.ts'
import type { AppError } from '../../shared/errors.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { wordsToDestroy } from '../../shared/staking/words-to-destroy.ts'
import type { Ss58 } from '../../shared/units/amounts.ts'
import type { AccountsPort, CallWords } from '../chain/accounts.port.ts'
import type { ChainPort } from '../chain/chain.port.ts'
import type { AccountStorage } from '../storage/account-storage.port.ts'
import type { AccountPlans } from './account-plans.ts'
import { Listeners } from './live-read.ts'
import type { NetworkService } from './network.service.ts'
import type { WalletService } from './wallet.service.ts'

export interface AccountsDeps {
  readonly chain: AccountsPort & Pick<ChainPort, 'onHead'>
  readonly storage: AccountStorage
  readonly wallets: WalletService
  readonly network: NetworkService
  readonly plans: AccountPlans
}

/** Nothing is known yet. The reason says so: an empty list would read as "nothing is announced". */
const NOBODY: ColdkeyGuard = { swaps: [], alarms: [], error: { code: 'chain/not-connected' } }

/** What guards accounts: announced changes of coldkey, proxies, shared accounts. */
export class AccountsService {
  readonly #deps: AccountsDeps
  readonly #changed = new Listeners<void>()
  #guard: ColdkeyGuard = NOBODY
  #genesis: string | undefined
  #reading = false

  constructor(deps: AccountsDeps) {
    this.#deps = deps
    // Watched from the first block on, whether a window looks or not: a theft does not wait for one.
    deps.chain.onHead(() => void this.#look())
    deps.network.onChange(() => {
      if (deps.network.genesis() === this.#genesis) return
      this.#genesis = deps.network.genesis()
      this.#tell(NOBODY)
    })
  }

  guard(): ColdkeyGuard {
    return this.#guard
  }
  onChange(listener: () => void): () => void {
    return this.#changed.add(listener)
  }

  /**
   * "This was me": the address that a person announced elsewhere. Believed only if the chain holds its hash.
   * @errors swap/not-announced, swap/other-coldkey, chain/bad-address
   */
  async acknowledgeSwap(coldkey: Ss58, newColdkey: Ss58): Promise<Result<null, AppError>> {
    const { chain, storage, network } = this.#deps
    const genesis = network.genesis()
    if (genesis === undefined) return err({ code: 'chain/not-connected' })
    const [read, hash] = await Promise.all([chain.coldkeySwaps([coldkey]), chain.coldkeyHash(newColdkey)])
    if (!read.ok) return read
    if (!hash.ok) return hash
    const [swap] = read.value.swaps
    if (!swap) return err({ code: 'swap/not-announced', coldkey })
    if (swap.newColdkeyHash.toLowerCase() !== hash.value.toLowerCase())
      return err({ code: 'swap/other-coldkey', announcedHash: swap.newColdkeyHash })
    storage.putKnownSwap(genesis, { coldkey, newColdkey, newColdkeyHash: hash.value })
    await this.#look()
    return ok(null)
  }

  /** @param account absent: the wallet that is looked at */
  async proxies(account?: Ss58): Promise<Result<ProxyView, AppError>> {
    const { chain, storage, wallets, network } = this.#deps
    const who = account ?? wallets.active()?.address
    const genesis = network.genesis()
    if (!who) return err({ code: 'keys/no-wallet' })
    if (genesis === undefined) return err({ code: 'chain/not-connected' })
    const [facts, against, rules, costs] = await Promise.all([
      chain.proxies(who),
      chain.announcementsAgainst(who),
      chain.proxyRules(),
      chain.proxyCosts(),
    ])
    if (!facts.ok) return facts
    if (!against.ok) return against
    if (!costs.ok) return costs
    return ok({
      facts: facts.value,
      against: against.value,
      costs: costs.value,
      pure: storage.pureProxies(genesis),
      known: await this.#knownCalls(genesis, facts.value),
      actingFor: storage.actingFor(genesis, who),
      // A runtime without the list: what a type may do is then unknown, not nothing.
      ...(rules.ok ? { rules: rules.value } : {}),
    })
  }

  /** Remembers an account that the wallet is a proxy of. @errors proxy/not-granted */
  async actFor(account: Ss58): Promise<Result<null, AppError>> {
    const { chain, storage, wallets, network } = this.#deps
    const delegate = wallets.active()?.address
    const genesis = network.genesis()
    if (!delegate) return err({ code: 'keys/no-wallet' })
    if (genesis === undefined) return err({ code: 'chain/not-connected' })
    const facts = await chain.proxies(account)
    if (!facts.ok) return facts
    if (!facts.value.grants.some((grant) => grant.delegate === delegate))
      return err({ code: 'proxy/not-granted', real: account, delegate })
    storage.putActingFor(genesis, delegate, account)
    this.#changed.tell()
    return ok(null)
  }

  async stopActingFor(account: Ss58): Promise<Result<null, AppError>> {
    const { storage, wallets, network } = this.#deps
    const delegate = wallets.active()?.address
    const genesis = network.genesis()
    if (delegate && genesis !== undefined) storage.removeActingFor(genesis, delegate, account)
    this.#changed.tell()
    return ok(null)
  }

  /** Accounts that the wallet may act for: all shared ones that are known, and those that it is a known proxy of. */
  others(): ActingFor {
    const { storage, wallets, network } = this.#deps
    const [wallet, genesis] = [wallets.active()?.address, network.genesis()]
    if (!wallet || genesis === undefined) return { shared: [], proxyOf: [] }
    return { wallet, genesis, shared: this.sharedAccounts(), proxyOf: storage.actingFor(genesis, wallet) }
  }

  onOthersChange(listener: () => void): () => void {
    const { wallets, network } = this.#deps
    const stops = [this.onChange(listener), wallets.onChange(listener), network.onChange(listener)]
    return () => {
      for (const stop of stops) stop()
    }
  }

  sharedAccounts(): readonly MultisigAccount[] {
    const kind = this.#deps.network.choice()?.kind
    return kind ? this.#deps.storage.multisigAccounts(kind) : []
  }

  /** @errors multisig/bad-members, keys/bad-name, chain/bad-address */
  async addShared(request: MultisigMembers & { readonly name: string }): Promise<Result<MultisigAccount, AppError>> {
    const { storage, network } = this.#deps
    const name = request.name.trim()
    if (name === '' || name.length > 64) return err({ code: 'keys/bad-name', name })
    const made = await this.previewShared(request)
    if (!made.ok) return made
    const kind = network.choice()?.kind
    if (!kind) return err({ code: 'chain/not-connected' })
    const account = { ...made.value, name }
    storage.putMultisigAccount(kind, account)
    this.#changed.tell()
    return ok(account)
  }

  /**
   * Members and number of approvals make the address, and nothing else does: the same everywhere, in any order.
   * @errors multisig/bad-members, chain/bad-address
   */
  async previewShared(
    request: MultisigMembers,
  ): Promise<Result<MultisigMembers & { readonly address: Ss58 }, AppError>> {
    const members = planMembers(request)
    if (!members.ok) return members
    const address = await this.#deps.chain.multisigAddress(members.value)
    return address.ok ? ok({ ...members.value, address: address.value }) : address
  }

  removeShared(address: Ss58): Result<null, AppError> {
    const kind = this.#deps.network.choice()?.kind
    if (kind) this.#deps.storage.removeMultisigAccount(kind, address)
    this.#changed.tell()
    return ok(null)
  }

  /** Open operations of a shared account, and what the wallet that is looked at can do about each. */
  async shared(address: Ss58): Promise<Result<MultisigView, AppError>> {
    const account = this.sharedAccounts().find((one) => one.address === address)
    if (!account) return err({ code: 'multisig/not-a-member', address })
    const facts = await this.#deps.chain.multisig(address)
    if (!facts.ok) return facts
    const operations = await Promise.all(facts.value.operations.map((operation) => this.#known(operation)))
    const member = this.#deps.wallets.active()?.address
    const isMember = member !== undefined && account.members.includes(member)
    return ok({
      account,
      atBlock: facts.value.atBlock,
      free: facts.value.free,
      operations: operations.map((operation) => ({
        ...operation,
        ...(isMember ? { step: nextStep(account, operation, member), mayCancel: mayCancel(operation, member) } : {}),
      })),
    })
  }

  /** A call that somebody passed on. @errors chain/bad-answer when it is no call of this runtime */
  async passCall(callHex: string): Promise<Result<CallWords, AppError>> {
    const words = await this.#deps.chain.describeCall(callHex)
    const genesis = this.#deps.network.genesis()
    if (words.ok && genesis !== undefined)
      this.#deps.storage.putKnownCall(genesis, words.value.callHash, words.value.callHex)
    return words
  }

  /** @errors multisig/no-operation, multisig/call-unknown, multisig/waits-for-others, and those of the plan */
  async planNext(address: Ss58, callHash: string): Promise<Result<AccountPlan, AppError>> {
    const found = await this.#operation(address, callHash)
    if (!found.ok) return found
    const { account, operation, member } = found.value
    const { intent } = operation
    // Whoever opened it typed the words that destroying alpha needs; the others are shown what they approve.
    if (intent)
      return this.#deps.plans.plan({ via: { kind: 'multisig', address }, intent, typedWords: wordsToDestroy(intent) })
    const step = nextStep(account, operation, member)
    if (step === 'wait')
      return err({
        code: 'multisig/waits-for-others',
        approvals: operation.approvals.length,
        threshold: account.threshold,
      })
    // Without a call in our words only the hash can be approved; whoever carries it out needs the call itself.
    if (step !== 'approve') return err({ code: 'multisig/call-unknown', callHash })
    const { timepoint } = operation
    const others = othersOf(account, member)
    return this.#deps.plans.plan({
      via: { kind: 'direct' },
      intent: { kind: 'multisig-approve', threshold: account.threshold, others, timepoint, callHash, maxWeight: NONE },
    })
  }

  /** @errors multisig/no-operation, multisig/not-a-member (only the opener may cancel) */
  async planCancel(address: Ss58, callHash: string): Promise<Result<AccountPlan, AppError>> {
    const found = await this.#operation(address, callHash)
    if (!found.ok) return found
    const { account, operation, member } = found.value
    if (!mayCancel(operation, member)) return err({ code: 'multisig/not-a-member', address: member })
    const { threshold } = account
    const others = othersOf(account, member)
    return this.#deps.plans.plan({
      via: { kind: 'direct' },
      intent: { kind: 'multisig-cancel', threshold, others, timepoint: operation.timepoint, callHash },
    })
  }

  async #operation(
    address: Ss58,
    callHash: string,
  ): Promise<
    Result<
      { readonly account: MultisigAccount; readonly operation: MultisigOperation; readonly member: Ss58 },
      AppError
    >
  > {
    const member = this.#deps.wallets.active()?.address
    if (!member) return err({ code: 'keys/no-wallet' })
    const view = await this.shared(address)
    if (!view.ok) return view
    const { account, operations } = view.value
    if (!account.members.includes(member)) return err({ code: 'multisig/not-a-member', address: member })
    const operation = operations.find((one) => one.callHash.toLowerCase() === callHash.toLowerCase())
    return operation ? ok({ account, operation, member }) : err({ code: 'multisig/no-operation', callHash })
  }

  /** Calls that were announced here: only whoever knows the call itself can carry it out. */
  async #knownCalls(genesis: string, { announced }: ProxyFacts): Promise<readonly KnownCall[]> {
    const hexes = announced.map(({ callHash }) => this.#deps.storage.knownCall(genesis, callHash))
    const words = await Promise.all(hexes.map((hex) => (hex ? this.#deps.chain.describeCall(hex) : undefined)))
    return words.flatMap((one) => {
      if (!one?.ok) return []
      const { callHash, text, intent } = one.value
      return [{ callHash, text, ...(intent ? { intent } : {}) }]
    })
  }

  /** The call as it was passed on here, where the chain shows only its hash. */
  async #known(operation: MultisigOperation): Promise<MultisigOperation> {
    const genesis = this.#deps.network.genesis()
    if (operation.callHex !== undefined || genesis === undefined) return operation
    const callHex = this.#deps.storage.knownCall(genesis, operation.callHash)
    const words = callHex === undefined ? undefined : await this.#deps.chain.describeCall(callHex)
    if (!words?.ok) return operation
    const { text, intent } = words.value
    return { ...operation, callHex, text, ...(intent ? { intent } : {}) }
  }

  async #look(): Promise<void> {
    const { chain, storage, wallets, network } = this.#deps
    const genesis = network.genesis()
    const coldkeys = [...new Set(wallets.state().wallets.map(({ address }) => address))]
    if (genesis === undefined || this.#reading) return
    if (coldkeys.length === 0) return this.#tell({ swaps: [], alarms: [] })
    this.#reading = true
    try {
      const read = await chain.coldkeySwaps(coldkeys)
      if (genesis !== network.genesis()) return
      if (!read.ok) return this.#tell({ ...this.#guard, error: read.error })
      const swaps = judgeSwaps(read.value, storage.knownSwaps(genesis))
      const { atBlock, delayBlocks } = read.value
      this.#tell({ atBlock, delayBlocks, swaps, alarms: alarming(swaps).map(coldkeyOf) })
    } finally {
      this.#reading = false
    }
  }

  #tell(guard: ColdkeyGuard): void {
    this.#guard = guard
    this.#changed.tell()
  }
}

const coldkeyOf = ({ swap }: JudgedSwap): Ss58 => swap.coldkey
/** An approval by hash carries nothing out, so it gives no room. */
const NONE = { refTime: 0n, proofSize: 0n }
