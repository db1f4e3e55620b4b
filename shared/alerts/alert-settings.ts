import type { AlertKind } from './alert.ts'

/** What somebody outside of this computer is told of alerts. */
export interface Webhook {
  readonly url: string
  /** Whether the address of the hotkey goes along. */
  readonly withAddresses: boolean
}

export interface AlertSettings {
  /** Kinds that are not wanted at all. */
  readonly off: readonly AlertKind[]
  /** A place is in danger when so few registrations are left, or fewer. */
  readonly registrationsLeft: number
  /** … or when it is expected to be kept for less than so many hours. 0: time alone is no danger. */
  readonly keptHours: number
  /** So many hours before immunity ends it is told. */
  readonly immunityHours: number
  /** Also shown by the system, outside of the window. */
  readonly system: boolean
  readonly webhook?: Webhook | undefined
}

export const DEFAULT_ALERTS: AlertSettings = {
  off: [],
  registrationsLeft: 5,
  keptHours: 24,
  immunityHours: 12,
  system: true,
}

/** Ends of what can be set; beyond them an alert would always be there, or never. */
export const ALERT_LIMITS = { registrationsLeft: 1_000, keptHours: 720, immunityHours: 720 } as const
