import type { Alert, AlertOfState, Notice } from '../../shared/alerts/alert.ts'
import { type AlertSettings, DEFAULT_ALERTS, type Webhook } from '../../shared/alerts/alert-settings.ts'
import { webhookAddress } from '../../shared/alerts/webhook-address.ts'
import { webhookBody, webhookTest } from '../../shared/alerts/webhook-body.ts'
import type { AlertsView } from '../../shared/contract/alerts.contract.ts'
import type { AppError } from '../../shared/errors.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { WebhookPort } from '../alerts/webhook.port.ts'
import type { AlertStorage } from '../storage/alert-storage.port.ts'
import type { ClockPort, LogPort } from '../system/system.port.ts'
import { Listeners } from './live-read.ts'
import type { NetworkService } from './network.service.ts'
import type { SettingsService } from './settings.service.ts'

export interface AlertsDeps {
  readonly storage: AlertStorage
  readonly settings: Pick<SettingsService, 'get' | 'remember' | 'onChange'>
  readonly network: Pick<NetworkService, 'genesis' | 'choice' | 'onChange'>
  readonly webhook: WebhookPort
  readonly clock: ClockPort
  readonly log: LogPort
}

/** What is looked at in a window; older ones stay on disk until 500 are there. */
const SHOWN = 100
const HOUR_MS = 3_600_000
/** A state that came, went and came again is not told of twice within this time. */
const AGAIN_AFTER_MS = 6 * HOUR_MS
/** More than this in an hour stand in the list only: a system and a server are not flooded. */
const MOST_AN_HOUR = 20
/** After a failed attempt: twice more. */
const AGAIN_MS = [30_000, 300_000]
const MOST_WAITING = 20

type Changeable = Omit<AlertSettings, 'webhook'>
export type AlertChange = { readonly [K in keyof Changeable]?: Changeable[K] | undefined } & {
  /** `null` turns it off. */
  readonly webhook?: Webhook | null | undefined
}

/** Keeps what a person should know of, and tells it where that person wants it: each thing once. */
export class AlertsService {
  readonly #deps: AlertsDeps
  readonly #changed = new Listeners<void>()
  readonly #told = new Listeners<Notice>()
  readonly #waiting = new Set<() => void>()
  #outward: readonly number[] = []
  #genesis: string | undefined
  #webhook: AlertsView['webhook']

  constructor(deps: AlertsDeps) {
    this.#deps = deps
    deps.network.onChange(() => {
      const genesis = deps.network.genesis()
      if (genesis === undefined || genesis === this.#genesis) return
      this.#genesis = genesis
      this.#changed.tell()
    })
  }

  settings(): AlertSettings {
    return this.#deps.settings.get().alerts ?? DEFAULT_ALERTS
  }

  /**
   * Tells of something, unless it was told already, or is of a kind that is not wanted. Whoever notices something may call this as
   * often as it is noticed.
   * @returns whether it was told now
   */
  raise(alert: Alert): boolean {
    const { clock } = this.#deps
    const genesis = this.#chain()
    if (genesis === undefined || this.settings().off.includes(alert.kind)) return false
    const atMs = clock.nowMs()
    const notice = this.#kept(genesis, alert, atMs)
    if (!notice) return false
    this.#changed.tell()
    if (this.#mayLeave(atMs)) {
      if (this.settings().system) this.#told.tell(notice)
      this.#post(notice)
    }
    return true
  }

  /** The state is over: when it comes again, it may be told of again. */
  over(alert: AlertOfState): void {
    const genesis = this.#chain()
    if (genesis !== undefined) this.#deps.storage.closeNotice(genesis, alert)
  }

  view(): AlertsView {
    const genesis = this.#chain()
    const { storage } = this.#deps
    return {
      notices: genesis === undefined ? [] : storage.notices(genesis, SHOWN),
      unread: genesis === undefined ? 0 : storage.unreadNotices(genesis),
      settings: this.settings(),
      ...(this.#webhook ? { webhook: this.#webhook } : {}),
    }
  }

  onChange(listener: () => void): () => void {
    const stops = [this.#changed.add(listener), this.#deps.settings.onChange(listener)]
    return () => {
      for (const stop of stops) stop()
    }
  }

  /** For who shows notices outside of the window; nobody is told while that is turned off. */
  onNotice(listener: (notice: Notice) => void): () => void {
    return this.#told.add(listener)
  }

  markRead(upTo: number): Result<null, AppError> {
    const genesis = this.#chain()
    if (genesis !== undefined) this.#deps.storage.markNoticesRead(genesis, upTo)
    this.#changed.tell()
    return ok(null)
  }

  /** @errors alerts/bad-webhook: nothing is changed */
  set({ webhook, ...change }: AlertChange): Result<AlertSettings, AppError> {
    if (webhook) {
      const address = webhookAddress(webhook.url)
      if (!address.ok) return err({ code: 'alerts/bad-webhook', problem: address.error })
    }
    const { webhook: before, ...others } = this.settings()
    const named = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
    const kept = webhook === undefined ? before : (webhook ?? undefined)
    const alerts: AlertSettings = { ...others, ...named, ...(kept ? { webhook: kept } : {}) }
    if (kept?.url !== before?.url) this.#webhook = undefined
    this.#deps.settings.remember({ alerts })
    return ok(alerts)
  }

  /** @errors alerts/no-webhook, alerts/bad-webhook, alerts/not-delivered */
  async testWebhook(): Promise<Result<null, AppError>> {
    const { webhook } = this.settings()
    if (!webhook) return err({ code: 'alerts/no-webhook' })
    return this.#attempt(webhook.url, webhookTest(this.#deps.clock.nowMs(), this.#network()))
  }

  /** Forgets what still waits to be sent. */
  close(): void {
    for (const cancel of this.#waiting) cancel()
    this.#waiting.clear()
  }

  /** A disk that takes nothing must not end whoever noticed something. */
  #kept(genesis: string, alert: Alert, atMs: number): Notice | undefined {
    const { storage, log } = this.#deps
    try {
      return storage.putNotice(genesis, { alert, atMs, notBefore: atMs - AGAIN_AFTER_MS })
    } catch (cause) {
      log.log('error', 'alerts.not-kept', { kind: alert.kind, reason: cause instanceof Error ? cause.message : '' })
      return undefined
    }
  }

  #chain(): string | undefined {
    return this.#deps.network.genesis() ?? this.#genesis
  }

  #network(): string {
    return this.#deps.network.choice()?.kind ?? 'unknown'
  }

  #mayLeave(nowMs: number): boolean {
    this.#outward = this.#outward.filter((atMs) => atMs > nowMs - HOUR_MS)
    if (this.#outward.length >= MOST_AN_HOUR) return false
    this.#outward = [...this.#outward, nowMs]
    return true
  }

  #post(notice: Notice): void {
    const { webhook } = this.settings()
    if (!webhook) return
    const body = webhookBody(notice, { network: this.#network(), withAddresses: webhook.withAddresses })
    void this.#deliver(webhook.url, body, AGAIN_MS)
  }

  async #deliver(url: string, body: string, again: readonly number[]): Promise<void> {
    // Another address, or none: what was meant for the old one is not sent any more.
    if (this.settings().webhook?.url !== url) return
    const sent = await this.#attempt(url, body)
    const [waitMs, ...later] = again
    if (sent.ok || waitMs === undefined || this.#waiting.size >= MOST_WAITING) return
    const cancel = this.#deps.clock.after(waitMs, () => {
      this.#waiting.delete(cancel)
      void this.#deliver(url, body, later)
    })
    this.#waiting.add(cancel)
  }

  async #attempt(url: string, body: string): Promise<Result<null, AppError>> {
    const address = webhookAddress(url)
    if (!address.ok) return err({ code: 'alerts/bad-webhook', problem: address.error })
    const { host } = address.value
    const sent = await this.#deps.webhook.post(address.value, body)
    const error: AppError | undefined = sent.ok
      ? undefined
      : { code: 'alerts/not-delivered', host, reason: sent.error.reason }
    if (!sent.ok) this.#deps.log.log('warn', 'alerts.not-delivered', { host, reason: sent.error.reason })
    this.#webhook = { atMs: this.#deps.clock.nowMs(), ...(error ? { error } : {}) }
    this.#changed.tell()
    return error ? err(error) : ok(null)
  }
}
