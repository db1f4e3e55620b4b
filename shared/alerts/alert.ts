import type { AppError } from '../errors.ts'
import type { Netuid, Rao, Ss58 } from '../units/amounts.ts'

interface OfPlace {
  readonly netuid: Netuid
  readonly hotkey: Ss58
  readonly uid: number
}

/** Something that a person should know of without looking. A feature that has more to tell adds a kind here. */
export type Alert =
  | (OfPlace & {
      readonly kind: 'place-in-danger'
      /** Registrations from now until this place is the one that goes, free places counted. 1 = the next one. */
      readonly registrationsLeft: number
      /** How long it may be kept by the pace of registrations. Absent: too little was seen. */
      readonly keptMs?: number | undefined
    })
  | (OfPlace & { readonly kind: 'immunity-ending'; readonly untilBlock: number; readonly leftMs: number })
  | (OfPlace & {
      readonly kind: 'deregistered'
      readonly registeredAt: number
      readonly because: 'replaced' | 'subnet-removed' | 'uid-removed'
    })
  | {
      readonly kind: 'subnet-to-prune'
      readonly netuid: Netuid
      /** Places for subnets that nobody holds. Absent: the chain did not say. */
      readonly freeSubnets?: number | undefined
    }
  | {
      readonly kind: 'miner-stopped'
      /** When it was started: the same miner stops once. */
      readonly startedAtMs: number
      readonly netuid?: Netuid | undefined
      /** Why. Absent: it did not say. */
      readonly error?: AppError | undefined
    }
  | {
      readonly kind: 'mining-paused'
      /** When the rule paused it: each pause is told of once. */
      readonly sinceMs: number
      readonly netuid: Netuid
      /** What mining brings and costs, one whole sentence. */
      readonly why: string
    }
  | {
      readonly kind: 'price-reached'
      /** Which rule of a person saw it: each fires once. */
      readonly rule: string
      readonly netuid: Netuid
      /** Of a place now, and what was waited for. */
      readonly price: Rao
      readonly wanted: Rao
    }
  | {
      readonly kind: 'epoch-unexplained'
      readonly netuid: Netuid
      readonly hotkey: Ss58
      readonly coldkey: Ss58
      /** The blocks after the first of them, through the second. */
      readonly fromBlock: number
      readonly epochBlock: number
      /** Signed 1e-9 alpha (rao on root): by so much the stake is more, or less, than what is known to have come and gone. */
      readonly unexplained: bigint
    }

export const ALERT_KINDS = [
  'place-in-danger',
  'immunity-ending',
  'deregistered',
  'subnet-to-prune',
  'miner-stopped',
  'mining-paused',
  'price-reached',
  'epoch-unexplained',
] as const satisfies readonly Alert['kind'][]
export type AlertKind = (typeof ALERT_KINDS)[number]

/** A state comes and goes, and may be told of again when it came back. What happened once has happened. */
export type AlertOfState = Extract<Alert, { readonly kind: 'place-in-danger' | 'subnet-to-prune' }>

/** What the alert is about. Two with the same name are about the same thing, whatever else they say. */
export function alertKey(alert: Alert): string {
  switch (alert.kind) {
    case 'place-in-danger':
      return [alert.kind, alert.netuid, alert.uid, alert.hotkey].join(' ')
    case 'immunity-ending':
      return [alert.kind, alert.netuid, alert.uid, alert.hotkey, alert.untilBlock].join(' ')
    case 'deregistered':
      return [alert.kind, alert.netuid, alert.uid, alert.hotkey, alert.registeredAt].join(' ')
    case 'subnet-to-prune':
      return [alert.kind, alert.netuid].join(' ')
    case 'miner-stopped':
      return [alert.kind, alert.startedAtMs].join(' ')
    case 'mining-paused':
      return [alert.kind, alert.sinceMs].join(' ')
    case 'price-reached':
      return [alert.kind, alert.rule].join(' ')
    case 'epoch-unexplained':
      return [alert.kind, alert.coldkey, alert.netuid, alert.hotkey, alert.epochBlock].join(' ')
  }
}

/** One alert as it stands in the list. */
export interface Notice {
  /** Counts up. */
  readonly id: number
  readonly atMs: number
  readonly read: boolean
  readonly alert: Alert
}
