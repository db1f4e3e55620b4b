import type { CareSettings } from '../../shared/care/care-settings.ts'
import type { MinerChoice, RuleState } from '../../shared/care/care-state.ts'
import { waitAfterRefusal } from '../../shared/care/restarts.ts'
import { ruleStep, stillStoodDown } from '../../shared/care/start-rule.ts'
import type { AppError } from '../../shared/errors.ts'
import type { HoldReason } from '../../shared/mining/hold.ts'
import type { ClockPort, LogPort } from '../system/system.port.ts'
import type { MiningService } from './mining.service.ts'
import type { MiningRequest } from './mining-steps.ts'
import type { NetworkService } from './network.service.ts'
import type { SettingsService } from './settings.service.ts'

export interface CareRuleDeps {
  readonly mining: Pick<MiningService, 'status' | 'start'>
  readonly network: Pick<NetworkService, 'choice' | 'genesis'>
  readonly settings: Pick<SettingsService, 'get' | 'remember'>
  readonly clock: Pick<ClockPort, 'nowMs'>
  readonly log: LogPort
  readonly stop: () => void
  readonly changed: () => void
}

export interface RuleFacts {
  readonly settings: CareSettings
  readonly reasons: readonly HoldReason[]
  readonly gaveUp: boolean
  /** A miner that died is brought back by others. */
  readonly comesBack: boolean
}

/**
 * Starts and ends the miner by rule. It starts only what a person started by hand and saw to run, and starting never registers: a place that
 * was lost meanwhile is a refusal, not an expense.
 */
export class CareRule {
  readonly #deps: CareRuleDeps
  #stoodDown = false
  #starting = false
  #closed = false
  #refused: { readonly error: AppError; readonly againAtMs: number; readonly times: number } | undefined

  constructor(deps: CareRuleDeps) {
    this.#deps = deps
  }

  /** What it may start on the chain of now. One's own and unnamed networks are of one kind, and can be any chain. */
  choice(): MinerChoice | undefined {
    const { settings, network } = this.#deps
    const choice = settings.get().minerChoice
    const genesis = network.genesis()
    const isHere = choice?.network === network.choice()?.kind && (!genesis || choice?.genesis === genesis)
    return isHere ? choice : undefined
  }

  state({ settings, gaveUp }: RuleFacts): RuleState {
    if (!settings.startsByRule) return { state: 'off' }
    const { state, startedBy } = this.#deps.mining.status()
    if (state === 'starting' || state === 'mining' || state === 'stopping')
      return { state: startedBy === 'rule' ? 'runs' : 'by-hand' }
    if (gaveUp) return { state: 'gave-up' }
    if (!this.choice()) return { state: 'nothing-confirmed' }
    if (this.#refused) return { state: 'refused', error: this.#refused.error, againAtMs: this.#refused.againAtMs }
    if (state === 'failed') return { state: 'by-hand' }
    return { state: this.#stoodDown ? 'stood-down' : 'waits' }
  }

  startedByHand(): void {
    this.#stoodDown = false
    this.#refused = undefined
  }

  stoppedByHand(reasons: readonly HoldReason[]): void {
    this.#stoodDown = stillStoodDown(true, reasons)
    this.#refused = undefined
  }

  /** What it had begun ended by itself, and by no death: it is tried again like what could not begin. */
  failed(error: AppError): void {
    if (error.code !== 'mining/worker-died') this.#refuse(error)
  }

  #refuse(error: AppError): void {
    const times = (this.#refused?.times ?? 0) + 1
    this.#refused = { error, times, againAtMs: this.#deps.clock.nowMs() + waitAfterRefusal(times) }
  }

  /** A miner answers: what a person started is what a rule may start from now on. */
  began(request: MiningRequest | undefined): void {
    this.#refused = undefined
    const kind = this.#deps.network.choice()?.kind
    const genesis = this.#deps.network.genesis()
    if (!request || request.startedBy === 'rule' || !kind || !genesis) return
    const { netuid, hotkey, modelId, adapter, understood, service, backends, port, publicIp, publicPort } = request
    const ways = { modelId, adapter, understood, service, backends, port, publicIp, publicPort }
    const given = Object.fromEntries(Object.entries(ways).filter(([, value]) => value !== undefined))
    this.#deps.settings.remember({ minerChoice: { network: kind, genesis, netuid, hotkey, ...given } })
  }

  /** Looks whether something has to begin or to end now. */
  step({ settings, reasons, gaveUp, comesBack }: RuleFacts): void {
    if (this.#starting || this.#closed) return
    const { mining, network, clock, stop } = this.#deps
    this.#stoodDown = stillStoodDown(this.#stoodDown, reasons)
    const { state, startedBy } = mining.status()
    const refused = this.#refused
    const choice = this.choice()
    const next = ruleStep({
      on: settings.startsByRule && choice !== undefined && network.genesis() !== undefined,
      // What a rule could not begin is tried again; what a person began and what failed is the person's.
      miner: state === 'off' || (state === 'failed' && refused) ? 'off' : state === 'failed' ? 'failed' : 'running',
      startedBy,
      reasons,
      stoodDown: this.#stoodDown,
      waits: gaveUp || comesBack || (refused !== undefined && clock.nowMs() < refused.againAtMs),
    })
    if (next === 'stop') stop()
    if (next === 'start' && choice) void this.#begin(choice)
  }

  async #begin({ network: _, genesis: __, ...request }: MinerChoice): Promise<void> {
    const { mining, log, changed } = this.#deps
    this.#starting = true
    log.log('info', 'care.start-by-rule', { netuid: request.netuid })
    const started = await mining.start({ ...request, startedBy: 'rule' })
    this.#starting = false
    if (!started.ok && !this.#closed && started.error.code !== 'contract/cancelled') {
      log.log('warn', 'care.start-by-rule', { code: started.error.code })
      this.#refuse(started.error)
    }
    changed()
  }

  close(): void {
    this.#closed = true
  }
}
