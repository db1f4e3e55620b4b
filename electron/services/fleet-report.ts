import { freshOf } from '../../shared/care/readings.ts'
import { type FleetAlert, type FleetEarning, type FleetReport, plainLine } from '../../shared/fleet/fleet-report.ts'
import type { Ss58 } from '../../shared/units/amounts.ts'
import type { EarningsTotal, StoragePort } from '../storage/storage.port.ts'
import type { ClockPort } from '../system/system.port.ts'
import type { CareService } from './care.service.ts'
import type { MiningService } from './mining.service.ts'
import type { MonitorService } from './monitor.service.ts'
import type { NetworkService } from './network.service.ts'
import type { SettingsService } from './settings.service.ts'
import type { WalletService } from './wallet.service.ts'

export interface FleetReportDeps {
  readonly version: string
  readonly mining: Pick<MiningService, 'status'>
  readonly monitor: Pick<MonitorService, 'view'>
  readonly care: Pick<CareService, 'state'>
  readonly network: Pick<NetworkService, 'status' | 'genesis' | 'choice'>
  readonly wallets: Pick<WalletService, 'state'>
  readonly settings: Pick<SettingsService, 'get'>
  readonly storage: Pick<StoragePort, 'earningsTotals'>
  readonly clock: Pick<ClockPort, 'nowMs'>
}

/** An epoch lasts an hour on the public chain; adding all rows up for each question would be work for nothing. Unit: ms. */
const EARNINGS_MS = 20_000
const MOST_EARNINGS = 512
const MOST_HOTKEYS = 256

/** Sources of one hotkey together: mined, staked, and what nobody can tell apart. */
function together(rows: readonly EarningsTotal[]): readonly FleetEarning[] {
  return [...Map.groupBy(rows, ({ netuid, hotkey }) => `${netuid}/${hotkey}`).values()].flatMap((all) => {
    const [first] = all
    if (!first) return []
    const taos = all.map(({ earnedTao }) => earnedTao)
    return {
      netuid: first.netuid,
      hotkey: first.hotkey,
      alpha: all.reduce((sum, { earned }) => sum + earned, 0n),
      tao: taos.includes(undefined) ? undefined : taos.reduce<bigint>((sum, tao) => sum + (tao ?? 0n), 0n),
      epochs: all.reduce((sum, { epochs }) => sum + epochs, 0),
      sinceBlock: Math.min(...all.map(({ sinceBlock }) => sinceBlock)),
    }
  })
}

/** What this machine says of itself to those who may look. It holds no name of a wallet, no coldkey, no balance and no setting. */
export class FleetReporter {
  readonly #deps: FleetReportDeps
  #earned:
    | {
        readonly genesis: string
        readonly atMs: number
        readonly hotkeys: string
        readonly rows: readonly FleetEarning[]
      }
    | undefined

  constructor(deps: FleetReportDeps) {
    this.#deps = deps
  }

  report(): FleetReport {
    const { version, network } = this.#deps
    const { choice, state, facts, best } = network.status()
    const genesis = facts?.genesis
    const hotkeys = this.#hotkeys().slice(0, MOST_HOTKEYS)
    return {
      version: plainLine(version, 40),
      network:
        choice && genesis !== undefined && /^0x[0-9a-f]{64}$/.test(genesis) && state === 'ready'
          ? { genesis, kind: choice.kind, block: best?.number }
          : undefined,
      miner: this.#miner(),
      canStart: this.#canStart(),
      uptime: this.#deps.monitor.view().uptime,
      ...this.#care(),
      hotkeys,
      earnings: genesis === undefined ? undefined : this.#earnings(genesis, hotkeys),
      alerts: this.#alerts(),
    }
  }

  #miner(): FleetReport['miner'] {
    const status = this.#deps.mining.status()
    const { state, held, netuid, hotkey, uid, tokensPerSecond, startedAtMs, answered, late, error } = status
    return {
      state,
      held: held?.reasons.map(({ kind }) => kind),
      netuid,
      subnetName: status.subnetName === undefined ? undefined : plainLine(status.subnetName, 60),
      hotkey,
      uid,
      modelName: status.model === undefined ? undefined : plainLine(status.model.name, 120),
      tokensPerSecond,
      upMs: startedAtMs === undefined ? undefined : Math.max(0, this.#deps.clock.nowMs() - startedAtMs),
      answered,
      late,
      refused: Object.values(status.refused).reduce<number>((sum, count) => sum + (count ?? 0), 0),
      failedWith: state === 'failed' ? error?.code : undefined,
    }
  }

  /** What a person started by hand last, and saw to run, on this very chain. */
  #canStart(): boolean {
    const { settings, network } = this.#deps
    const choice = settings.get().minerChoice
    return choice !== undefined && choice.network === network.choice()?.kind && choice.genesis === network.genesis()
  }

  #care(): Pick<FleetReport, 'gpuC' | 'processorC' | 'power'> {
    const { readings, power } = this.#deps.care.state()
    if (!readings) return {}
    const now = this.#deps.clock.nowMs()
    const gpus = freshOf(readings.gpus, now)
    const processor = freshOf(readings.processorC, now)
    const temperatures = gpus.state === 'known' ? gpus.value.flatMap(({ temperatureC }) => temperatureC ?? []) : []
    const isFresh = processor.state === 'known' || gpus.state === 'known'
    return {
      gpuC: temperatures.length === 0 ? undefined : Math.max(...temperatures),
      processorC: processor.state === 'known' ? processor.value : undefined,
      power: power?.watts === undefined || !isFresh ? undefined : { watts: power.watts, partial: power.partial },
    }
  }

  #hotkeys(): readonly Ss58[] {
    const { wallets } = this.#deps.wallets.state()
    return [...new Set(wallets.flatMap(({ hotkeys }) => hotkeys.map(({ address }) => address)))]
  }

  /** Of its own hotkeys only: what other stake earns is nobody's business but the wallet's. */
  #earnings(genesis: string, hotkeys: readonly Ss58[]): readonly FleetEarning[] {
    const { clock, storage, wallets } = this.#deps
    const key = hotkeys.join()
    const known = this.#earned
    if (known?.genesis === genesis && known.hotkeys === key && clock.nowMs() - known.atMs < EARNINGS_MS)
      return known.rows
    const own = new Set(hotkeys)
    const rows = together(
      wallets
        .state()
        .wallets.flatMap(({ address }) => storage.earningsTotals(genesis, address))
        .filter(({ hotkey }) => own.has(hotkey)),
    ).slice(0, MOST_EARNINGS)
    this.#earned = { genesis, atMs: clock.nowMs(), hotkeys: key, rows }
    return rows
  }

  #alerts(): readonly FleetAlert[] {
    const { mining, care, network } = this.#deps
    const { state, held } = mining.status()
    const chain = network.status()
    const found: readonly (readonly [FleetAlert, boolean])[] = [
      ['miner-failed', state === 'failed'],
      ['miner-gave-up', care.state().restarts.gaveUpAtMs !== undefined],
      ['miner-held', held !== undefined],
      ['no-chain', chain.state === 'failed' || chain.reconnecting],
      ['chain-doubted', chain.trouble !== undefined],
    ]
    return found.filter(([, holds]) => holds).map(([alert]) => alert)
  }
}
