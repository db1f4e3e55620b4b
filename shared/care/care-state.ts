import type { AppError } from '../errors.ts'
import type { HoldReason } from '../mining/hold.ts'
import type { NetworkKind } from '../network/network.ts'
import type { Netuid, Ss58 } from '../units/amounts.ts'
import type { CareSettings } from './care-settings.ts'
import type { BlindRule } from './judge-care.ts'
import type { Energy, EnergyDay, PowerSum } from './power.ts'
import type { CareReadings } from './readings.ts'
import type { Death } from './restarts.ts'

/** What a person started by hand last, and saw to run: all that a rule may start. It never spends, for it never registers. */
export interface MinerChoice {
  readonly network: NetworkKind
  /** Hash of block 0 of the chain where it ran; without it nothing is started. */
  readonly genesis?: string | undefined
  readonly netuid: Netuid
  readonly hotkey: Ss58
  readonly modelId?: string | undefined
  readonly adapter?: string | undefined
  readonly understood?: boolean | undefined
  readonly service?: { readonly port: number; readonly path: string } | undefined
  readonly backends?: boolean | undefined
  readonly port?: number | undefined
  readonly publicIp?: string | undefined
  readonly publicPort?: number | undefined
}

/** What the rule that starts the miner does now. */
export type RuleState =
  | { readonly state: 'off' }
  /** Nothing was started by hand on this network so far. */
  | { readonly state: 'nothing-confirmed' }
  /** A person started the miner; the rule leaves it alone. */
  | { readonly state: 'by-hand' }
  /** The rule started it. */
  | { readonly state: 'runs' }
  /** It begins when nothing speaks against it any more. */
  | { readonly state: 'waits' }
  /** A person stopped it; it begins with the next hours, or the next time without input. */
  | { readonly state: 'stood-down' }
  /** It could not begin, and tries again. */
  | { readonly state: 'refused'; readonly error: AppError; readonly againAtMs: number }
  /** It died too often: a person has to start it. */
  | { readonly state: 'gave-up' }

export interface RestartState {
  /** Ends of workers within the last hour that nobody asked for, newest last. */
  readonly deaths: readonly Death[]
  /** It stays stopped since then, and needs a hand. */
  readonly gaveUpAtMs?: number | undefined
  /** When it is started again. */
  readonly againAtMs?: number | undefined
}

/** All that is known of the computer that mines, and what is done about it. */
export interface CareState {
  /** Absent before the first look. */
  readonly readings?: CareReadings | undefined
  readonly power?: (PowerSum & { readonly sinceMs: number; readonly sinceStart: Energy }) | undefined
  readonly today?: EnergyDay | undefined
  readonly reasons: readonly HoldReason[]
  readonly blind: readonly BlindRule[]
  /** When the schedule next begins or ends, ms since 1970. */
  readonly scheduleChangesAtMs?: number | undefined
  readonly settings: CareSettings
  readonly choice?: MinerChoice | undefined
  readonly rule: RuleState
  readonly restarts: RestartState
}
