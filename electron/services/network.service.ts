import type { NetworkStatus } from '../../shared/contract/app.contract.ts'
import type { AppError } from '../../shared/errors.ts'
import type { NetworkChoice, NetworkKind } from '../../shared/network/network.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { ChainPort, ChainTarget, ConnectionState } from '../chain/chain.port.ts'
import type { PracticePort } from '../practice/practice.port.ts'
import { Listeners } from './live-read.ts'
import type { SettingsService } from './settings.service.ts'

export interface KnownNetwork {
  readonly kind: Exclude<NetworkKind, 'practice' | 'custom'>
  readonly label: string
  /** Tried in this order. */
  readonly endpoints: readonly string[]
  readonly genesis?: string | undefined
}

export interface NetworkDeps {
  readonly chain: ChainPort
  readonly practice: PracticePort
  readonly settings: SettingsService
  readonly known: readonly KnownNetwork[]
  /** Called before a chain of another kind is opened, so that its wallets are the ones that are shown. */
  readonly openWallets: (wallets: 'practice' | 'real') => Promise<void>
}

const LABELS: Readonly<Record<NetworkKind, string>> = {
  practice: 'Practice',
  finney: 'Finney',
  test: 'Test',
  local: 'Local',
  custom: 'Own endpoint',
}

/** Which chain: chosen, started where it is ours, connected, remembered. */
export class NetworkService {
  readonly #deps: NetworkDeps
  readonly #changed = new Listeners<NetworkStatus>()
  #choice: NetworkChoice | undefined
  /** What the start will open, until it does, or somebody chooses. */
  #foreseen: NetworkChoice | undefined
  #starting = false
  #error: AppError | undefined
  #attempt = new AbortController()

  constructor(deps: NetworkDeps) {
    this.#deps = deps
    deps.chain.onState(() => this.#tell())
  }

  /** Genesis of the connected chain: the name under which everything is kept. */
  genesis(): string | undefined {
    const state = this.#deps.chain.state()
    return state.state === 'ready' ? state.facts.genesis : undefined
  }

  isPractice(): boolean {
    return (this.#choice ?? this.#foreseen)?.kind === 'practice'
  }

  choice(): NetworkChoice | undefined {
    return this.#choice
  }

  onChange(listener: (status: NetworkStatus) => void): () => void {
    return this.#changed.add(listener)
  }

  /**
   * Shows the wallets of what {@link begin} will open, before the first question can come: an answer about wallets of the other kind, or
   * one imported among those, could not be told from the right one.
   */
  async foresee(wanted?: NetworkChoice): Promise<void> {
    if (this.#choice) return
    this.#foreseen = wanted ?? this.#deps.settings.get().network
    this.#tell()
    await this.#deps.openWallets(this.isPractice() ? 'practice' : 'real')
  }

  /**
   * What the start of the app opens: `wanted`, else what was chosen last time. The door is open before that, so somebody may
   * have chosen by now: that is newer, and is neither cancelled nor replaced.
   */
  async begin(wanted?: NetworkChoice): Promise<Result<NetworkStatus, AppError>> {
    if (this.#choice) return ok(this.status())
    return wanted ? this.select(wanted) : this.resume()
  }

  /** Connects to what was chosen last time. */
  async resume(): Promise<Result<NetworkStatus, AppError>> {
    const last = this.#deps.settings.get().network
    return last ? this.select(last) : ok(this.status())
  }

  /**
   * Connects. A choice takes the place of the remembered one when it has connected once: an address with a slip in it must
   * not be what the next start opens. The first choice of all is remembered at once, for a computer that is never on line.
   */
  async select(choice: NetworkChoice): Promise<Result<NetworkStatus, AppError>> {
    this.#foreseen = undefined
    const target = this.#known(choice)
    if (!target.ok) return target
    this.#attempt.abort()
    const attempt = new AbortController()
    this.#attempt = attempt
    this.#choice = choice
    this.#error = undefined
    this.#starting = true
    const { settings } = this.#deps
    if (!settings.get().network) settings.remember({ network: choice })
    await this.#deps.openWallets(choice.kind === 'practice' ? 'practice' : 'real')
    if (attempt.signal.aborted) return err({ code: 'contract/cancelled' })
    this.#tell()
    const result = await this.#open(target.value, attempt.signal)
    if (attempt.signal.aborted) return err({ code: 'contract/cancelled' })
    this.#starting = false
    this.#error = result.ok ? undefined : result.error
    if (result.ok && !isSame(settings.get().network, choice)) settings.remember({ network: choice })
    this.#tell()
    return result.ok ? ok(this.status()) : result
  }

  /**
   * Sets how much an endpoint is asked at most, and connects again by that.
   * @param perSecond 0 = no limit; absent: the usual
   */
  async allow(endpoint: string, perSecond: number | undefined): Promise<Result<NetworkStatus, AppError>> {
    const { settings } = this.#deps
    const others = Object.entries(settings.get().allowances ?? {}).filter(([address]) => address !== endpoint)
    const all = perSecond === undefined ? others : [...others, [endpoint, perSecond] as const]
    settings.remember({ allowances: Object.fromEntries(all) })
    return this.#choice ? this.select(this.#choice) : ok(this.status())
  }

  async leave(): Promise<Result<null, AppError>> {
    this.#attempt.abort()
    this.#choice = undefined
    this.#foreseen = undefined
    this.#error = undefined
    this.#starting = false
    this.#deps.settings.remember({ network: undefined })
    await this.close()
    this.#tell()
    return ok(null)
  }

  async close(): Promise<void> {
    await this.#deps.chain.disconnect()
    await this.#deps.practice.stop()
  }

  status(): NetworkStatus {
    const chain = this.#deps.chain.state()
    const choice = this.#choice
    const base = { play: this.isPractice(), reconnecting: false, requestsPerMinute: 0 }
    const foreseen = this.#foreseen
    if (!choice && foreseen) return { ...base, choice: foreseen, label: LABELS[foreseen.kind], state: 'starting' }
    if (!choice) return { ...base, label: 'No network', state: 'idle' }
    const kept = this.#deps.settings.get().network
    const next = kept && !isSame(kept, choice) ? { nextStart: kept } : {}
    const named = { ...base, choice, label: LABELS[choice.kind], ...next }
    if (this.#error) return { ...named, state: 'failed', error: this.#error, ...endpointOf(chain) }
    if (chain.state === 'ready' && !this.#starting) return { ...named, ...chain }
    if (chain.state === 'failed' && !this.#starting) return { ...named, ...chain }
    return {
      ...named,
      state: this.#starting && chain.state === 'idle' ? 'starting' : 'connecting',
      ...endpointOf(chain),
    }
  }

  async #open(target: ChainTarget | 'practice', signal: AbortSignal): Promise<Result<unknown, AppError>> {
    const { chain, practice, settings } = this.#deps
    const { allowances } = settings.get()
    if (target !== 'practice') {
      await practice.stop()
      if (signal.aborted) return err({ code: 'contract/cancelled' })
      const connected = await chain.connect({ ...target, allowances }, signal)
      const real = connected.ok && !signal.aborted ? this.#realBehindLocal() : undefined
      if (real === undefined) return connected
      await chain.disconnect()
      return err({ code: 'chain/not-local', endpoint: target.endpoint, network: LABELS[real.kind] })
    }
    const started = await practice.start()
    if (!started.ok || signal.aborted) return started
    return chain.connect({ endpoint: started.value.ws, genesis: started.value.genesis, allowances }, signal)
  }

  /** A node of one's own may follow a real network: there, what a local chain allows, such as announcing a private address, is wrong. */
  #realBehindLocal(): KnownNetwork | undefined {
    const genesis = this.genesis()?.toLowerCase()
    if (this.#choice?.kind !== 'local' || genesis === undefined) return undefined
    return this.#deps.known.find((one) => one.kind !== 'local' && one.genesis?.toLowerCase() === genesis)
  }

  #known(choice: NetworkChoice): Result<ChainTarget | 'practice', AppError> {
    if (choice.kind === 'practice') return ok('practice')
    if (choice.kind === 'custom') return ownEndpoints(choice.endpoint ?? '')
    const found = this.#deps.known.find((network) => network.kind === choice.kind)
    const [endpoint, ...fallbacks] = found?.endpoints ?? []
    if (!found || endpoint === undefined) return err({ code: 'chain/unknown-network', network: choice.kind })
    return ok({ endpoint, fallbacks, genesis: found.genesis })
  }

  #tell(): void {
    this.#changed.tell(this.status())
  }
}

const isSame = (a: NetworkChoice | undefined, b: NetworkChoice): boolean =>
  a?.kind === b.kind && (a.endpoint ?? '') === (b.endpoint ?? '')

/**
 * One address, or several of the same chain: the first that answers says which chain it is, the others are held to that.
 * @param text addresses with spaces or commas between
 */
function ownEndpoints(text: string): Result<ChainTarget, AppError> {
  const addresses = text.split(/[\s,]+/).filter((address) => address !== '')
  const bad = addresses.find((address) => !/^wss?:\/\/[^\s/]+/.test(address))
  const [endpoint, ...fallbacks] = addresses
  if (endpoint === undefined || bad !== undefined)
    return err({ code: 'chain/bad-endpoint', endpoint: bad ?? text.trim() })
  return ok({ endpoint, fallbacks })
}

const endpointOf = (chain: ConnectionState) => ('endpoint' in chain ? { endpoint: chain.endpoint } : {})
