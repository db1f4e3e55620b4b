import { PlaceListsService } from '../../electron/services/place-lists.service.ts'
import type { PlaceListStorage } from '../../electron/storage/place-lists.port.ts'
import type { AppError } from '../../shared/errors.ts'
import type { PlaceList } from '../../shared/registration/place-list.ts'
import { planRegister, type RegisterPlan, type RegisterRequest } from '../../shared/registration/plan-register.ts'
import { err, ok } from '../../shared/result.ts'
import type { TransactionRecord } from '../../shared/transactions/transaction.ts'
import { netuid, rao, type Ss58, ss58 } from '../../shared/units/amounts.ts'

export const COLDKEY = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
export const [FIRST, SECOND, THIRD] = [
  ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty'),
  ss58('5DfhGyQdFobKM8NsWvEeAKk5EQQgYe9AydgJ7rMB6E1EqRzV'),
  ss58('5FLSigC9HGRKVhB9FiEo4Y3koPsNmBmLJbpXg2mp1hXcS59Y'),
]
export const NETUID = netuid(2)
const GENESIS = '0x01'
const RULES = { minPrice: rao(1n), maxPrice: rao(10n ** 12n), halfLife: 360, increasePpm: 1_260_000 }
const FEE = 1_000n

/** What becomes of one that is sent. */
type Fate =
  | { readonly kind: 'fails'; readonly error: AppError; readonly inBlock: boolean }
  /** The program ends: nobody hears of it; it may have come into a block all the same. */
  | { readonly kind: 'dies'; readonly bought: boolean }
  | { readonly kind: 'lost' }

/** A chain that sells places, a wallet that buys them and the disk between two starts. The service of the lists is the real one. */
export class PlaceSale {
  price = 100_000_000n
  free = 1_000_000_000n
  /** How much dearer others make it before each place, parts per million. */
  rise = 1_000_000n
  address = COLDKEY
  unlocked = true
  genesis: string = GENESIS
  readonly uids = new Map<string, number>()
  readonly paid: bigint[] = []
  readonly records = new Map<string, TransactionRecord>()
  /** Of the next that are sent, in order; `undefined`: it goes well. */
  readonly fates: (Fate | undefined)[] = []
  /** Called before each place is sent. */
  beforeSend: () => void = () => undefined
  readonly #lists = new Map<string, PlaceList>()
  readonly #prepared = new Map<string, RegisterPlan>()
  readonly #listeners = new Set<() => void>()
  #ids = 0

  readonly storage: PlaceListStorage = {
    placeLists: (genesis) => [...this.#lists.values()].filter((list) => list.genesis === genesis),
    putPlaceList: (list) => void this.#lists.set(list.id, list),
    removePlaceList: (_genesis, id) => this.#lists.delete(id),
  }

  /** As after a start: what is kept is what is on disk. */
  service(): PlaceListsService {
    const snapshot = (coldkey: Ss58, request: RegisterRequest) => ({
      ...{ coldkey, block: 9, free: rao(this.free), existentialDeposit: rao(500n), price: rao(this.price) },
      ...{ open: true, exists: true, txFee: rao(FEE), places: 64, placesTaken: 3, immunityBlocks: 100 },
      uid: this.uids.get(request.hotkey),
    })
    const plan = (request: RegisterRequest) => planRegister(request, snapshot(this.address, request))
    return new PlaceListsService({
      chain: {
        registerSnapshot: async (coldkey, request) => ok(snapshot(coldkey, request)),
        registrationFacts: async () => ok({ rules: RULES } as never),
      },
      storage: { ...this.storage, transactionOf: (_genesis, id) => this.records.get(id) },
      clock: { nowMs: () => this.#ids },
      random: { uuid: () => `id-${++this.#ids}` },
      wallets: { active: () => ({ name: 'w', address: this.address, unlocked: this.unlocked }) as never },
      network: { genesis: () => this.genesis, onChange: () => () => undefined },
      tradePlans: { register: async (request) => plan(request) },
      transactions: {
        prepare: async (wanted) => {
          const fresh = plan((wanted as RegisterPlan).request)
          if (!fresh.ok) return fresh
          const preparedId = `p-${++this.#ids}`
          this.#prepared.set(preparedId, fresh.value)
          return ok({ preparedId, plan: fresh.value } as never)
        },
        send: async (id) => this.#send(id),
        records: () => [...this.records.values()],
        onChange: (listener) => {
          this.#listeners.add(listener)
          return () => this.#listeners.delete(listener)
        },
      },
      explain: () => ({ code: 'internal', incident: 'thrown' }),
    })
  }

  keep(id: string, change: Partial<TransactionRecord>): TransactionRecord {
    const { request } = this.#prepared.get(id) ?? {}
    const record = {
      ...{ id, genesis: GENESIS, kind: 'register', signer: COLDKEY, stage: 'signed', startedAtMs: 1, preparedId: id },
      ...{ netuid: NETUID, hotkey: request?.hotkey, ...change },
    } as TransactionRecord
    this.records.set(id, record)
    for (const listener of this.#listeners) listener()
    return record
  }

  async #send(id: string) {
    this.beforeSend()
    const plan = this.#prepared.get(id)
    if (!plan) throw new Error('nothing of that name was prepared')
    const fate = this.fates.shift()
    if (fate?.kind === 'lost') {
      this.keep(id, { stage: 'in-pool' })
      return err({ code: 'chain/transaction-lost', txHash: '0x07' } as const)
    }
    if (fate?.kind === 'fails') {
      this.keep(id, { stage: 'failed', error: fate.error, ...(fate.inBlock ? { outcome: { block: 9 } } : {}) })
      return err(fate.error)
    }
    this.price = (this.price * this.rise) / 1_000_000n
    // Looked at once more in the last moment, before anything is signed.
    if (this.price > plan.limitPrice)
      return err({ code: 'register/price-above-limit', price: rao(this.price), limit: plan.limitPrice } as const)
    if (fate?.kind === 'dies' && !fate.bought) throw new Error('the program ended')
    this.paid.push(this.price + FEE)
    this.free -= this.price + FEE
    this.price = (this.price * 126n) / 100n
    const uid = this.uids.size
    this.uids.set(plan.request.hotkey, uid)
    const record = this.keep(id, { stage: 'in-block', outcome: { block: 9, registeredUid: uid } })
    if (fate?.kind === 'dies') throw new Error('the program ended')
    return ok(record)
  }
}
