import { type Backend, MOST_BACKENDS } from '../../shared/backends/backend.ts'
import { type BackendAddress, readBackendAddress } from '../../shared/backends/backend-address.ts'
import type { BackendTrial, BackendView } from '../../shared/contract/backends.contract.ts'
import type { AppError } from '../../shared/errors.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { BackendKeysPort, BackendState, BackendsPort } from '../backends/backends.port.ts'
import type { RandomPort } from '../system/system.port.ts'
import { Listeners } from './live-read.ts'
import type { SettingsService } from './settings.service.ts'

export interface BackendsDeps {
  readonly backends: Pick<BackendsPort, 'use' | 'states' | 'onChange' | 'watch' | 'trial'>
  readonly backendKeys: BackendKeysPort
  readonly settings: Pick<SettingsService, 'get' | 'remember'>
  readonly random: Pick<RandomPort, 'uuid'>
}

/** What a person says of a server. */
type BackendWish = Omit<Backend, 'id'> & { readonly apiKey?: string | undefined }
type Given<T> = { readonly [K in keyof T]?: T[K] | undefined }
type BackendChange = Given<BackendWish> & { readonly id: string; readonly forgetKey?: boolean | undefined }

const READABLE = { 'this-computer': 'nobody', 'own-network': 'own-network', elsewhere: 'anybody' } as const
const readableBy = ({ encrypted, where }: BackendAddress): BackendView['readableBy'] =>
  encrypted ? 'nobody' : READABLE[where]

/** The list of servers: kept in the settings, their keys apart from it. */
export class BackendsService {
  readonly #deps: BackendsDeps
  readonly #changed = new Listeners<void>()

  constructor(deps: BackendsDeps) {
    this.#deps = deps
    this.#pass()
    deps.backends.onChange(() => this.#changed.tell())
  }

  /** Looks after the servers as long as somebody listens. @returns a function that stops listening. */
  onChange(listener: () => void): () => void {
    const stopLooking = this.#deps.backends.watch()
    const stop = this.#changed.add(listener)
    return () => {
      stop()
      stopLooking()
    }
  }

  list(): readonly BackendView[] {
    const states = this.#deps.backends.states()
    return this.#entries().map((entry) => this.#view(entry, states))
  }

  /** @errors backend/bad-address, backend/too-many */
  add({ apiKey, ...wish }: BackendWish): Result<BackendView, AppError> {
    const entries = this.#entries()
    if (entries.length >= MOST_BACKENDS) return err({ code: 'backend/too-many', most: MOST_BACKENDS })
    const entry: Backend = { ...wish, id: this.#deps.random.uuid() }
    const address = addressOf(entry)
    if (!address.ok) return address
    if (apiKey !== undefined) this.#keep(entry.id, address.value, apiKey)
    return this.#save([...entries, entry], entry)
  }

  /** @errors backend/unknown, backend/bad-address: nothing is changed */
  change({ id, apiKey, forgetKey, ...change }: BackendChange): Result<BackendView, AppError> {
    const entries = this.#entries()
    const before = entries.find((one) => one.id === id)
    if (!before) return err({ code: 'backend/unknown', id })
    const entry = accepted(before, withGiven(before, change), change.plainAccepted)
    const address = addressOf(entry)
    if (!address.ok) return address
    if (forgetKey) this.#deps.backendKeys.forget(id)
    if (apiKey !== undefined) this.#keep(id, address.value, apiKey)
    return this.#save(
      entries.map((one) => (one.id === id ? entry : one)),
      entry,
    )
  }

  /** @errors backend/unknown */
  remove(id: string): Result<null, AppError> {
    const entries = this.#entries()
    const left = entries.filter((one) => one.id !== id)
    if (left.length === entries.length) return err({ code: 'backend/unknown', id })
    this.#deps.backendKeys.forget(id)
    this.#deps.settings.remember({ backends: left })
    this.#pass()
    return ok(null)
  }

  /** @errors those of `trial` */
  test(id: string, signal: AbortSignal): Promise<Result<BackendTrial, AppError>> {
    return this.#deps.backends.trial(id, signal)
  }

  #entries(): readonly Backend[] {
    return this.#deps.settings.get().backends ?? []
  }

  #keep(id: string, { origin }: BackendAddress, text: string): void {
    this.#deps.backendKeys.remember(id, { origin, text })
  }

  #save(entries: readonly Backend[], entry: Backend): Result<BackendView, AppError> {
    this.#deps.settings.remember({ backends: entries })
    this.#pass()
    return ok(this.#view(entry, this.#deps.backends.states()))
  }

  #keyOf(entry: Backend): string | undefined {
    const address = addressOf(entry)
    return address.ok ? this.#deps.backendKeys.keyOf(entry.id, address.value.origin) : undefined
  }

  #pass(): void {
    this.#deps.backends.use(this.#entries().map((entry) => ({ ...entry, key: this.#keyOf(entry) })))
    this.#changed.tell()
  }

  #view(entry: Backend, states: readonly BackendState[]): BackendView {
    const state = states.find(({ id }) => id === entry.id) ?? OFF
    const address = addressOf(entry)
    return {
      ...entry,
      ...state,
      id: entry.id,
      hasKey: this.#keyOf(entry) !== undefined,
      readableBy: address.ok ? readableBy(address.value) : 'anybody',
    }
  }
}

const OFF = { state: 'off', running: 0, waiting: 0, answered: 0, failed: 0 } as const

function addressOf({ url, plainAccepted }: Backend): Result<BackendAddress, AppError> {
  const read = readBackendAddress(url, plainAccepted)
  return read.ok ? read : err({ code: 'backend/bad-address', problem: read.error })
}

/** What was said in place of what was; what was not said stays. */
const withGiven = (before: Backend, change: Given<Backend>): Backend => ({
  ...before,
  ...(Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as Partial<Backend>),
})

/** Who accepted that one address can be listened to has not accepted it for another. */
const accepted = (before: Backend, after: Backend, said: boolean | undefined): Backend =>
  after.url === before.url || said === true ? after : { ...after, plainAccepted: false }
