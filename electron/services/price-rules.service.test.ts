import { beforeEach, describe, expect, test } from 'vitest'
import type { AppError } from '../../shared/errors.ts'
import type { RegisterPlan } from '../../shared/registration/plan-register.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { TransactionRecord } from '../../shared/transactions/transaction.ts'
import { netuid, rao, raoRaisedByPpm, ss58 } from '../../shared/units/amounts.ts'
import { StorageFailure } from '../storage/storage.port.ts'
import { type PriceRulesDeps, PriceRulesService } from './price-rules.service.ts'

const KEY = ss58('5DfhGyQdFobKM8NsWvEeAKk5EQQgYe9AydgJ7rMB6E1EqRzV')
const OTHER = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const WISH = { netuid: netuid(2), hotkey: KEY, most: rao(1_000n), hours: 2 }
const HOUR_MS = 3_600_000

/** A chain, a wallet and a disk that do as they are told, and keep what was asked of them. */
class Place {
  price = 2_000n
  /** At the moment the plan is made; as at the look where absent. */
  planPrice: bigint | undefined
  /** Block in which the subnet was created; `removed`: there is none of this number. */
  since: number | undefined | 'removed'
  now = 0
  block = 0
  disk: string | undefined
  readFails: Error | undefined
  /** What was kept beside. */
  readonly aside: string[] = []
  genesis: string | undefined = '0xaa'
  wallet = { name: 'w', address: KEY, unlocked: true }
  refusal: AppError | undefined
  record: Partial<TransactionRecord> | undefined
  readonly did: string[] = []
  readonly alerts: string[] = []
  sends: () => Promise<Result<unknown, AppError>> = async () => {
    this.record = { stage: 'in-block', outcome: { block: 7, registeredUid: 5 } }
    return ok(null)
  }
  /** Runs while a transaction is being prepared. */
  meanwhile: () => void = () => undefined
  #heads: ((head: { number: number }) => void)[] = []

  async head(): Promise<void> {
    this.block += 10
    for (const tell of this.#heads) tell({ number: this.block })
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate)
  }

  deps(): PriceRulesDeps {
    const deps = {
      chain: {
        onHead: (tell: (head: { number: number }) => void) => {
          this.#heads.push(tell)
          return () => {
            this.#heads = this.#heads.filter((one) => one !== tell)
          }
        },
        placePrices: async () => {
          this.did.push('look')
          const { since } = this
          const subnet = { netuid: netuid(2), price: rao(this.price), ...(since === undefined ? {} : { since }) }
          return ok({ block: this.block, prices: since === 'removed' ? [] : [subnet] })
        },
      },
      file: {
        read: () => {
          if (this.readFails) throw this.readFails
          return this.disk
        },
        write: (text: string) => {
          this.disk = text
        },
        keepAside: () => void this.aside.push(this.disk ?? ''),
        aside: () => this.aside,
      },
      storage: { transactionOf: () => this.record },
      clock: { nowMs: () => this.now },
      random: { uuid: () => `rule-${this.now}-${this.did.length}` },
      log: { log: () => undefined },
      network: { genesis: () => this.genesis },
      wallets: { active: () => this.wallet },
      tradePlans: {
        register: async ({ tolerancePpm }: { tolerancePpm: number }) => {
          if (this.refusal) return err(this.refusal)
          const price = rao(this.planPrice ?? this.price)
          const limitPrice = raoRaisedByPpm(price, tolerancePpm)
          return ok({ kind: 'register', coldkey: this.wallet.address, price, limitPrice } as RegisterPlan)
        },
      },
      transactions: {
        prepare: async (plan: RegisterPlan) => {
          this.did.push(`prepare ${plan.limitPrice}`)
          this.meanwhile()
          return ok({ preparedId: 'p', plan })
        },
        send: () => {
          this.did.push('send')
          return this.sends()
        },
      },
      alerts: { raise: ({ kind }: { kind: string }) => this.alerts.push(kind) },
    }
    return deps as unknown as PriceRulesDeps
  }
}

let place: Place
let rules: PriceRulesService
const stateNow = () => rules.list()[0]?.state
const sent = () => place.did.filter((what) => what === 'send').length
beforeEach(() => {
  place = new Place()
  rules = new PriceRulesService(place.deps())
  rules.start()
})

describe('a rule that waits for a price', () => {
  test('is not there by itself, and asks the chain nothing then', async () => {
    await place.head()
    expect([rules.list(), place.did]).toEqual([[], []])
  })

  test.each([
    ['that was removed', 'removed' as const],
    ['under the number of which there is another one now', 500],
  ])('ends with the subnet %s, however cheap a place is', async (_case, since) => {
    place.since = 12
    await rules.set(WISH)
    await place.head()
    expect(stateNow()?.kind).toBe('waiting')
    place.since = since
    place.price = 1n
    // Also when the app was off meanwhile.
    rules = new PriceRulesService(place.deps())
    rules.start()
    await place.head()
    expect(stateNow()).toEqual({ kind: 'ended', because: 'subnet-gone' })
    expect(sent()).toBe(0)
  })

  test('learns from when the subnet is as soon as the chain says so', async () => {
    await rules.set(WISH)
    place.since = 12
    await place.head()
    expect(rules.list()[0]?.since).toBe(12)
    place.since = 500
    await place.head()
    expect(stateNow()).toEqual({ kind: 'ended', because: 'subnet-gone' })
  })

  test('buys once when the price is met, with a limit no higher than was said', async () => {
    expect((await rules.set(WISH)).ok).toBe(true)
    await place.head()
    expect(stateNow()).toMatchObject({ kind: 'waiting', price: 2_000n })
    expect(sent()).toBe(0)
    place.price = 900n
    await place.head()
    expect(place.did.filter((what) => what.startsWith('prepare'))).toEqual(['prepare 1000'])
    expect(stateNow()).toEqual({ kind: 'done', uid: 5, block: 7 })
    await place.head()
    expect(sent()).toBe(1)
    expect(place.alerts).toEqual(['price-reached'])
  })

  test('sends nothing when the price rose again before it was planned', async () => {
    await rules.set(WISH)
    place.price = 900n
    place.planPrice = 1_500n
    await place.head()
    expect(sent()).toBe(0)
    expect(stateNow()).toMatchObject({ kind: 'waiting', why: { code: 'register/price-above-limit' } })
  })

  test('waits while its wallet is locked or another one is shown, and goes on after', async () => {
    await rules.set(WISH)
    place.price = 900n
    place.wallet = { ...place.wallet, unlocked: false }
    await place.head()
    expect(stateNow()).toMatchObject({ kind: 'waiting', why: { code: 'keys/locked' } })
    place.wallet = { name: 'x', address: OTHER, unlocked: true }
    await place.head()
    expect(stateNow()).toMatchObject({ kind: 'waiting', why: { code: 'place/other-wallet' } })
    place.genesis = '0xbb'
    place.wallet = { name: 'w', address: KEY, unlocked: true }
    await place.head()
    expect(sent()).toBe(0)
    place.genesis = '0xaa'
    await place.head()
    expect(sent()).toBe(1)
  })

  test('ends when its time is over, or when it is taken back, also while it is being prepared', async () => {
    await rules.set(WISH)
    place.now = 2 * HOUR_MS
    place.price = 900n
    await place.head()
    expect(stateNow()).toEqual({ kind: 'ended', because: 'expired' })
    const second = await rules.set(WISH)
    place.meanwhile = () => void (second.ok && rules.end(second.value.id))
    await place.head()
    expect(rules.list()[1]?.state).toEqual({ kind: 'ended', because: 'taken-back' })
    expect(sent()).toBe(0)
    expect(second.ok && rules.end(second.value.id)).toMatchObject({ error: { code: 'place/unknown-rule' } })
  })

  test('is followed and never sent again after an end of the app while it was under way', async () => {
    await rules.set(WISH)
    place.price = 900n
    // As when it is killed there: what it says never comes.
    place.sends = () => new Promise(() => undefined)
    await place.head()
    expect(stateNow()).toMatchObject({ kind: 'sending', preparedId: 'p' })
    rules.close()
    rules = new PriceRulesService(place.deps())
    rules.start()
    place.record = { stage: 'in-pool' }
    await place.head()
    expect(stateNow()?.kind).toBe('sending')
    place.record = { stage: 'finalized', outcome: { block: 9, registeredUid: 3 } }
    await place.head()
    expect([stateNow(), sent()]).toEqual([{ kind: 'done', uid: 3, block: 9 }, 1])
  })

  test('that never left is told so, and is not sent again either', async () => {
    await rules.set(WISH)
    place.price = 900n
    place.sends = () => new Promise(() => undefined)
    await place.head()
    rules.close()
    rules = new PriceRulesService(place.deps())
    rules.start()
    await place.head()
    expect([stateNow(), sent()]).toEqual([{ kind: 'ended', because: 'unsent' }, 1])
  })

  test('waits on when it is refused before it is signed, and buys the next time', async () => {
    await rules.set(WISH)
    place.price = 900n
    const { sends } = place
    place.sends = async () => err({ code: 'keys/locked' })
    await place.head()
    expect(stateNow()).toEqual({ kind: 'waiting', price: 900n, why: { code: 'keys/locked' } })
    place.sends = sends
    await place.head()
    expect([stateNow(), sent()]).toEqual([{ kind: 'done', uid: 5, block: 7 }, 2])
  })

  test('says that the chain refused it only where it was in a block', async () => {
    const lost: AppError = { code: 'chain/transaction-lost', txHash: '0x' }
    const fails = (record: Partial<TransactionRecord>) => async () => {
      place.record = record
      return err(lost)
    }
    await rules.set(WISH)
    place.price = 900n
    place.sends = fails({ stage: 'failed', error: lost })
    await place.head()
    expect(stateNow()).toEqual({ kind: 'ended', because: 'unsent', error: lost })
    await rules.set(WISH)
    place.sends = fails({
      stage: 'failed',
      error: lost,
      outcome: { block: 9 } as TransactionRecord['outcome'] & object,
    })
    await place.head()
    expect(rules.list()[1]?.state).toEqual({ kind: 'ended', because: 'refused', error: lost })
  })

  test('ends with its time where no block of its chain comes, and makes room for another one', async () => {
    for (let count = 0; count < 10; count++) await rules.set(WISH)
    place.genesis = '0xbb'
    place.now = 2 * HOUR_MS
    expect(stateNow()).toEqual({ kind: 'ended', because: 'expired' })
    expect((await rules.set(WISH)).ok).toBe(true)
  })

  test('is kept where another one in the file cannot be read, and what cannot be is kept beside, once', async () => {
    await rules.set(WISH)
    const torn = `[{"id":1},${place.disk?.slice(1)}`
    place.disk = torn
    const kept = { rules: [{ state: { kind: 'waiting' } }], aside: [torn] }
    expect(new PriceRulesService(place.deps()).view()).toMatchObject(kept)
    // The next start finds those that can be read, and what could not is still told of.
    expect(new PriceRulesService(place.deps()).view()).toMatchObject(kept)
  })

  test('is told to be lost from sight, and nothing of it is, where the file is torn as a whole', async () => {
    await rules.set(WISH)
    place.disk = place.disk?.slice(0, 40) ?? ''
    const torn = place.disk
    const next = new PriceRulesService(place.deps())
    expect(next.view()).toEqual({ rules: [], aside: [torn] })
    expect((await next.set(WISH)).ok).toBe(true)
    expect(new PriceRulesService(place.deps()).view()).toMatchObject({ rules: [{}], aside: [torn] })
  })

  test('is not written over where the file cannot be read for now', async () => {
    await rules.set(WISH)
    const { disk } = place
    place.readFails = new StorageFailure('broken', 'price-rules.json', 'EACCES')
    const blind = new PriceRulesService(place.deps())
    expect(() => blind.view()).toThrow('EACCES')
    await expect(blind.set(WISH)).rejects.toThrow('EACCES')
    expect([place.disk, place.aside]).toEqual([disk, []])
  })

  test('is refused for nothing: no place costs that', async () => {
    expect(await rules.set({ ...WISH, most: rao(0n) })).toEqual({
      ok: false,
      error: { code: 'place/rule-for-nothing' },
    })
    expect(rules.list()).toEqual([])
  })

  test('is refused where no price would help, and when too many wait; a file that cannot be read buys nothing', async () => {
    place.refusal = { code: 'register/closed', netuid: netuid(2) }
    expect(await rules.set(WISH)).toMatchObject({ error: { code: 'register/closed' } })
    place.refusal = { code: 'register/balance-too-low', available: rao(1n), needed: rao(2n) }
    for (let count = 0; count < 10; count++) expect((await rules.set(WISH)).ok).toBe(true)
    expect(await rules.set(WISH)).toMatchObject({ error: { code: 'place/too-many-rules' } })
    place.disk = '[{"id":1}]'
    expect(new PriceRulesService(place.deps()).list()).toEqual([])
  })
})
