import type { AlertSettings } from '../alerts/alert-settings.ts'
import type { Backend } from '../backends/backend.ts'
import type { CareSettings } from '../care/care-settings.ts'
import type { MinerChoice } from '../care/care-state.ts'
import type { FiatSource } from '../fiat/fiat-source.ts'
import type { ModelReserve } from '../inference/model-memory.ts'
import type { LotMethod } from '../ledger/lots.ts'
import type { CallerLists } from '../mining/caller-lists.ts'
import type { ModelChoices } from '../models/model-choices.ts'
import type { NetworkChoice } from '../network/network.ts'

export interface Settings {
  readonly theme: 'system' | 'light' | 'dark'
  /** Minutes without input until the coldkey is locked; 0 = never. */
  readonly autoLockMinutes: number
  /** Default price tolerance, parts per million. */
  readonly tolerancePpm: number
  /** `undefined` until the welcome screen was answered. */
  readonly network?: NetworkChoice | undefined
  readonly activeWallet?: string | undefined
  readonly minerPort: number
  /** Whom the miner answers, of those who prove who they are. Absent: whoever the adapter asks for. */
  readonly callerLists?: CallerLists | undefined
  /** Memory that a model leaves to other programs. Absent, or a part of it: what the planner thinks right. */
  readonly modelReserve?: ModelReserve | undefined
  readonly models?: ModelChoices | undefined
  /** Servers that compute for the miner; their keys are kept elsewhere. */
  readonly backends?: readonly Backend[] | undefined
  /** Which lots a sale takes: by it costs and gains are computed wherever they are shown. */
  readonly lotMethod: LotMethod
  /** Requests per second by endpoint, where they differ from the usual. 0 = no limit. */
  readonly allowances?: Readonly<Record<string, number>> | undefined
  /** Where prices in ordinary money come from. Absent: off, and nobody is asked. */
  readonly fiat?: FiatSource | undefined
  /** Address of a node that keeps all state, as it was used last. */
  readonly archive?: string | undefined
  /** Port of the door for Prometheus on this computer. Absent: there is none. */
  readonly metricsPort?: number | undefined
  /** Servers that say which address they see, `name:port`. Absent: the usual ones; empty: none is asked. */
  readonly stunServers?: readonly string[] | undefined
  /** Invitations of those who knock at the miner's port for us. */
  readonly probeHelpers?: readonly string[] | undefined
  /** When the miner waits, and whether it begins by itself. Absent: the usual. */
  readonly care?: CareSettings | undefined
  /** What is an alert, and where it is told. Absent: the usual. */
  readonly alerts?: AlertSettings | undefined
  /** What was started by hand last, and ran. */
  readonly minerChoice?: MinerChoice | undefined
}

/** 0.5 %: what deep pools need; the stake screen says when a pool is too shallow for it. */
export const DEFAULT_SETTINGS: Settings = {
  theme: 'system',
  autoLockMinutes: 10,
  tolerancePpm: 5_000,
  minerPort: 8091,
  lotMethod: 'fifo',
}
