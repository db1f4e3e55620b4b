import type { AppError } from '../../shared/errors.ts'
import {
  isOpenRecord,
  type KnownPlaceList,
  type ListedPlace,
  leftOf,
  nextPlace,
  type PlaceList,
  placeListOf,
  settledPlace,
  withPlace,
} from '../../shared/registration/place-list.ts'
import { type ManyPlan, planMany, roomWithin } from '../../shared/registration/plan-many.ts'
import { planRegister, type RegisterPlan } from '../../shared/registration/plan-register.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { TransactionRecord } from '../../shared/transactions/transaction.ts'
import { type Netuid, type Rao, rao, type Ss58 } from '../../shared/units/amounts.ts'
import type { ChainPort } from '../chain/chain.port.ts'
import type { RegistrationPort } from '../chain/registration.port.ts'
import type { PlaceListStorage } from '../storage/place-lists.port.ts'
import type { StoragePort } from '../storage/storage.port.ts'
import type { ClockPort, RandomPort } from '../system/system.port.ts'
import { Listeners } from './live-read.ts'
import type { NetworkService } from './network.service.ts'
import type { TradePlans } from './trade-plans.ts'
import type { TransactionsService } from './transactions.service.ts'
import type { WalletService } from './wallet.service.ts'

export interface PlaceListsDeps {
  readonly chain: Pick<ChainPort, 'registerSnapshot'> & Pick<RegistrationPort, 'registrationFacts'>
  readonly storage: PlaceListStorage & Pick<StoragePort, 'transactionOf'>
  readonly clock: Pick<ClockPort, 'nowMs'>
  readonly random: Pick<RandomPort, 'uuid'>
  readonly wallets: Pick<WalletService, 'active'>
  readonly network: Pick<NetworkService, 'genesis' | 'onChange'>
  readonly tradePlans: Pick<TradePlans, 'register'>
  readonly transactions: Pick<TransactionsService, 'prepare' | 'send' | 'records' | 'onChange'>
  /** Puts what was thrown into words. */
  readonly explain: (cause: unknown) => AppError
}

export interface ManyWish {
  readonly netuid: Netuid
  readonly hotkeys: readonly Ss58[]
  /** Room of each between its price and its limit. */
  readonly tolerancePpm: number
}

interface Step {
  readonly list: PlaceList
  readonly stop?: AppError | undefined
}
interface Ready {
  readonly preparedId: string
  /** Limit and fee of what is signed, rao. */
  readonly most: Rao
}

const isTwice = (hotkeys: readonly Ss58[]): boolean => new Set(hotkeys).size !== hotkeys.length
const TWICE: AppError = { code: 'contract/bad-input', issues: ['hotkeys: one of them is named twice'] }

/**
 * Buys several places that were agreed to as one, one signature after the other: for the window and for the terminal. What was agreed to,
 * and how far it is, is on disk before each step: after a crash it goes on where it was, and nothing is bought twice. One list at a time.
 */
export class PlaceListsService {
  readonly #deps: PlaceListsDeps
  readonly #changed = new Listeners<void>()
  #running: string | undefined
  #stopping = false
  /** What broke a list off that is no fault of one of its places. */
  readonly #broken = new Map<string, AppError>()

  constructor(deps: PlaceListsDeps) {
    this.#deps = deps
    deps.network.onChange(() => this.#changed.tell())
    deps.transactions.onChange(() => this.#changed.tell())
  }

  /** Lists of the connected chain that are not put away; those that rest, as the records of their transactions stand now. */
  lists(): readonly KnownPlaceList[] {
    return this.#kept().map((list) => {
      const runs = this.#running === list.id
      const broken = this.#broken.get(list.id)
      return {
        ...(runs ? list : this.#settled(list)),
        now: runs ? (this.#stopping ? 'stopping' : 'running') : 'resting',
        ...(broken ? { broken } : {}),
      }
    })
  }
  onChange(listener: () => void): () => void {
    return this.#changed.add(listener)
  }

  /** All refusals are found before anything is paid. @errors those of one plan, register/on-its-way, register/balance-too-low for all together */
  async plan({ netuid, hotkeys, tolerancePpm }: ManyWish): Promise<Result<ManyPlan, AppError>> {
    const wallet = this.#deps.wallets.active()
    if (!wallet) return err({ code: 'keys/no-wallet' })
    if (isTwice(hotkeys)) return err(TWICE)
    const open = hotkeys.find((hotkey) => this.#isOnItsWay(netuid, hotkey))
    if (open) return err({ code: 'register/on-its-way', netuid, hotkey: open })
    const facts = await this.#deps.chain.registrationFacts(netuid)
    if (!facts.ok) return facts
    const singles: { readonly hotkey: Ss58; readonly plan: Result<RegisterPlan, AppError> }[] = []
    let free: { readonly free: Rao; readonly existentialDeposit: Rao; readonly freePlaces: number } | undefined
    for (const hotkey of hotkeys) {
      const request = { netuid, hotkey, tolerancePpm }
      const read = await this.#deps.chain.registerSnapshot(wallet.address, request)
      if (!read.ok) return read
      const { places, placesTaken } = read.value
      free = { ...read.value, freePlaces: Math.max(0, places - placesTaken) }
      singles.push({ hotkey, plan: planRegister(request, read.value) })
    }
    const { rules } = facts.value
    const nothing = { free: rao(0n), existentialDeposit: rao(0n), freePlaces: 0 }
    return planMany(netuid, { coldkey: wallet.address, tolerancePpm, singles, rules, ...nothing, ...free })
  }

  /**
   * Keeps what was agreed to, and begins; what stops it later stands with its place.
   * @param upTo rao that a person said all together may cost
   * @errors chain/not-connected, keys/no-wallet, keys/locked, keys/other-account, register/price-above-limit, register/list-runs: nothing
   * is kept then
   */
  start(plan: ManyPlan, upTo: Rao): Result<PlaceList, AppError> {
    const { network, random, clock } = this.#deps
    const genesis = network.genesis()
    if (genesis === undefined) return err({ code: 'chain/not-connected' })
    const shut = this.#shut(plan.coldkey)
    if (shut) return err(shut)
    if (plan.buys.length === 0) return err({ code: 'contract/bad-input', issues: ['plan: nothing to buy'] })
    if (isTwice(plan.buys.map(({ hotkey }) => hotkey))) return err(TWICE)
    const list = placeListOf(plan, { id: random.uuid(), genesis, startedAtMs: clock.nowMs() })
    if (list.mostCost > upTo) return err({ code: 'register/price-above-limit', price: list.mostCost, limit: upTo })
    this.#keep(list)
    this.#takeOver(list)
    void this.#carryOut(list)
    return ok(list)
  }

  /** Goes on with a list, as far as it gets. @errors register/no-list, register/list-runs, keys/locked, keys/other-account */
  run(id: string): Result<PlaceList, AppError> {
    const list = this.#kept().find((one) => one.id === id)
    if (!list) return err({ code: 'register/no-list' })
    if (this.#running === id) return ok(list)
    const shut = this.#shut(list.coldkey)
    if (shut) return err(shut)
    void this.#carryOut(list)
    return ok(list)
  }

  /** The registration that is on its way is followed to its end; none is begun behind it. @returns false when it does not run */
  stop(id: string): boolean {
    if (this.#running !== id) return false
    this.#stopping = true
    this.#changed.tell()
    return true
  }

  /** @returns false when there was none. Nothing that is on its way is taken back. */
  drop(id: string): boolean {
    const genesis = this.#deps.network.genesis()
    if (genesis === undefined || this.#running === id) return false
    const gone = this.#deps.storage.removePlaceList(genesis, id)
    this.#broken.delete(id)
    this.#changed.tell()
    return gone
  }

  #shut(coldkey: Ss58): AppError | undefined {
    const wallet = this.#deps.wallets.active()
    if (!wallet) return { code: 'keys/no-wallet' }
    if (wallet.address !== coldkey) return { code: 'keys/other-account', planned: coldkey }
    if (!wallet.unlocked) return { code: 'keys/locked' }
    return this.#running === undefined ? undefined : { code: 'register/list-runs' }
  }

  /** Lists that rest, and of which nothing is open that the new one does not buy, are put away: it was agreed to anew. */
  #takeOver(by: PlaceList): void {
    const bought = new Set(by.places.map(({ hotkey }) => hotkey))
    const isTaken = ({ state, hotkey }: ListedPlace) => state === 'done' || bought.has(hotkey)
    for (const list of this.#kept())
      if (list.id !== by.id && list.netuid === by.netuid && list.coldkey === by.coldkey && list.places.every(isTaken))
        this.#deps.storage.removePlaceList(list.genesis, list.id)
  }

  #kept(): readonly PlaceList[] {
    const genesis = this.#deps.network.genesis()
    return genesis === undefined ? [] : this.#deps.storage.placeLists(genesis)
  }

  async #carryOut(begun: PlaceList): Promise<void> {
    this.#running = begun.id
    this.#broken.delete(begun.id)
    this.#changed.tell()
    try {
      let list = this.#keep(this.#settled(begun))
      for (;;) {
        const index = nextPlace(list)
        if (index === undefined || this.#stopping) return
        const step = await this.#step(list, index)
        list = step.list
        if (step.stop) return
      }
    } catch (cause) {
      this.#broken.set(begun.id, this.#deps.explain(cause))
    } finally {
      this.#running = undefined
      this.#stopping = false
      this.#changed.tell()
    }
  }

  /** Whatever goes wrong with one stops the list there: a person decides whether to go on. */
  async #step(list: PlaceList, index: number): Promise<Step> {
    const place = list.places[index]
    if (!place) return { list }
    const { netuid } = list
    const { hotkey } = place
    // Its end is still open: nothing is sent behind it.
    const open = place.state === 'sending' || this.#isOnItsWay(netuid, hotkey)
    const ready = open ? err({ code: 'register/on-its-way', netuid, hotkey } as const) : await this.#ready(list, place)
    if (!ready.ok && ready.error.code === 'register/already-registered')
      return { list: this.#keep(withPlace(list, index, { state: 'done', uid: ready.error.uid, error: undefined })) }
    if (!ready.ok) return { list: this.#keep(withPlace(list, index, { error: ready.error })), stop: ready.error }
    const { preparedId, most } = ready.value
    const sending = { state: 'sending', preparedId, agreed: most, error: undefined } as const
    const kept = this.#keep(withPlace(list, index, sending))
    const sent = await this.#deps.transactions.send(preparedId)
    const after = kept.places[index]
    const settled = after && settledPlace(after, sent.ok ? sent.value : this.#recordOf(kept, after))
    if (sent.ok) return { list: this.#keep(withPlace(kept, index, settled ?? {})) }
    return { list: this.#keep(withPlace(kept, index, { ...settled, error: sent.error })), stop: sent.error }
  }

  /** Planned anew when its turn comes; its limit never leads beyond the one that was agreed to. */
  async #ready(list: PlaceList, { hotkey, limitPrice: limit }: ListedPlace): Promise<Result<Ready, AppError>> {
    const { tradePlans, transactions } = this.#deps
    const { netuid, tolerancePpm } = list
    const tooDear = (price: Rao) => err({ code: 'register/price-above-limit', price, limit } as const)
    const now = await tradePlans.register({ netuid, hotkey, tolerancePpm: 0 })
    if (!now.ok) return now
    const room = roomWithin(now.value.price, limit, tolerancePpm)
    if (room === undefined) return tooDear(now.value.price)
    const fresh = await tradePlans.register({ netuid, hotkey, tolerancePpm: room })
    if (!fresh.ok) return fresh
    const strayed = this.#strayed(list, fresh.value.coldkey)
    if (strayed) return err(strayed)
    const prepared = await transactions.prepare(fresh.value)
    if (!prepared.ok) return prepared
    const { preparedId, plan } = prepared.value
    const strayedSince = this.#strayed(list, plan.coldkey)
    if (strayedSince || plan.kind !== 'register') return err(strayedSince ?? { code: 'contract/cancelled' })
    // The price of each block is another one; what is signed is judged, not what was asked for.
    if (plan.limitPrice > limit || plan.mostCost > leftOf(list)) return tooDear(plan.limitPrice)
    return ok({ preparedId, most: plan.mostCost })
  }

  /** Another network or wallet came while it was planned. */
  #strayed(list: PlaceList, coldkey: Ss58): AppError | undefined {
    if (this.#deps.network.genesis() !== list.genesis) return { code: 'chain/not-connected' }
    return coldkey === list.coldkey ? undefined : { code: 'keys/other-account', planned: list.coldkey }
  }

  #isOnItsWay = (netuid: Netuid, hotkey: Ss58): boolean =>
    this.#deps.transactions
      .records()
      .some((one) => one.kind === 'register' && one.netuid === netuid && one.hotkey === hotkey && isOpenRecord(one))

  #settled(list: PlaceList): PlaceList {
    return { ...list, places: list.places.map((place) => settledPlace(place, this.#recordOf(list, place))) }
  }

  /** Among all that there ever were: one that is only not shown any more would be taken for one that never left. */
  #recordOf({ genesis }: PlaceList, { preparedId }: ListedPlace): TransactionRecord | undefined {
    return preparedId === undefined ? undefined : this.#deps.storage.transactionOf(genesis, preparedId)
  }

  #keep(list: PlaceList): PlaceList {
    this.#deps.storage.putPlaceList(list)
    this.#changed.tell()
    return list
  }
}
