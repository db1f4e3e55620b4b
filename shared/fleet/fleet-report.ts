import type { NetworkKind } from '../network/network.ts'
import type { Netuid, Ss58 } from '../units/amounts.ts'

/** No token of this network will ever have more: 21 million of TAO, and as many of each subnet. Unit: 1e-9. */
export const MOST_UNITS = 21_000_000n * 1_000_000_000n

export const MINER_STATES = ['off', 'starting', 'mining', 'stopping', 'failed'] as const

/** What a machine asks a person to look at. Codes only: another machine cannot put words on this screen. */
export const FLEET_ALERTS = [
  /** The miner ended by itself. */
  'miner-failed',
  /** It died too often, and stays stopped until somebody starts it. */
  'miner-gave-up',
  'miner-held',
  /** No node of the chain answers. */
  'no-chain',
  /** A node answers, and is not believed. */
  'chain-doubted',
] as const
export type FleetAlert = (typeof FLEET_ALERTS)[number]

/** What one of its own hotkeys earned in a subnet, as far as that machine has booked it. */
export interface FleetEarning {
  readonly netuid: Netuid
  readonly hotkey: Ss58
  /** 1e-9 alpha of that subnet, signed. */
  readonly alpha: bigint
  /** rao, at the price of each epoch; absent: at least one epoch has no price. */
  readonly tao?: bigint | undefined
  readonly epochs: number
  readonly sinceBlock: number
}

/** All that a machine says of itself. Absent = unknown. Ages and durations only: clocks of two machines differ. */
export interface FleetReport {
  readonly version: string
  /** Absent: not connected to any. */
  readonly network?:
    | { readonly genesis: string; readonly kind: NetworkKind; readonly block?: number | undefined }
    | undefined
  readonly miner: {
    readonly state: (typeof MINER_STATES)[number]
    /** Kinds of reasons why it runs and answers nobody for now; absent: it does. */
    readonly held?: readonly string[] | undefined
    readonly netuid?: Netuid | undefined
    readonly subnetName?: string | undefined
    readonly hotkey?: Ss58 | undefined
    readonly uid?: number | undefined
    readonly modelName?: string | undefined
    readonly tokensPerSecond?: number | undefined
    readonly upMs?: number | undefined
    readonly answered: number
    readonly late: number
    readonly refused: number
    /** Code of the error that ended it. */
    readonly failedWith?: string | undefined
  }
  /** Somebody started a miner there by hand before, on the chain of now: the same one can be started from afar. */
  readonly canStart: boolean
  /** Of the last 30 days. */
  readonly uptime?: { readonly upMs: number; readonly ofMs: number } | undefined
  /** Of its hottest graphics card. */
  readonly gpuC?: number | undefined
  readonly processorC?: number | undefined
  /** `partial`: at least one part does not say what it takes. */
  readonly power?: { readonly watts: number; readonly partial: boolean } | undefined
  /** Public addresses of its wallets' hotkeys. */
  readonly hotkeys: readonly Ss58[]
  /** Absent: nothing is booked on a chain that is not connected. */
  readonly earnings?: readonly FleetEarning[] | undefined
  /** {@link FLEET_ALERTS}, and those of a newer version. */
  readonly alerts: readonly string[]
}

/** What may stand in a report: one line, without letters that turn, hide or command, and no longer than `most`. */
export function plainLine(text: string, most: number): string {
  const clean = text.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\u2028\u2029]/gu, ' ').replace(/\s+/gu, ' ')
  let line = ''
  for (const letter of clean.trim()) {
    if (line.length + letter.length > most) break
    line += letter
  }
  return line
}
