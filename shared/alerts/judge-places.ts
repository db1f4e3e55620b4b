import type { WatchedPlace } from '../registration/watch.ts'
import type { Netuid } from '../units/amounts.ts'
import type { Alert, AlertOfState } from './alert.ts'
import type { AlertSettings } from './alert-settings.ts'

const HOUR_MS = 3_600_000

/** What is to be told now, and which states are certainly over. What is in between is neither: a place at the limit does not flicker. */
export interface Judged {
  readonly raise: readonly Alert[]
  readonly over: readonly AlertOfState[]
}

/** A place has to be so much safer than the limit until its danger is over. */
const saferThan = (limit: number): number => limit + Math.max(2, Math.ceil(limit / 2))

/** How long it is expected to be kept; absent where nobody registered, as nothing bounds it then. */
function keptMsOf({ survival }: WatchedPlace, blockMs: number): number | undefined {
  if (!survival || survival.because === 'no-registrations') return undefined
  return survival.expectedBlocks * blockMs
}

/** @param blockMs time of a block of this chain */
export function judgePlace(place: WatchedPlace, settings: AlertSettings, blockMs: number): Judged {
  const { netuid, uid, hotkey, registrationsLeft, protection, immuneBlocks, immuneUntilBlock } = place
  const of = { netuid, uid, hotkey }
  const keptMs = keptMsOf(place, blockMs)
  const keptLimitMs = settings.keptHours * HOUR_MS
  const danger: AlertOfState = { kind: 'place-in-danger', ...of, registrationsLeft: registrationsLeft ?? 0, keptMs }
  const isShort = keptMs !== undefined && keptMs < keptLimitMs
  const isInDanger = registrationsLeft !== undefined && (registrationsLeft <= settings.registrationsLeft || isShort)
  const isSafe =
    registrationsLeft === undefined ||
    (registrationsLeft > saferThan(settings.registrationsLeft) && (keptMs === undefined || keptMs > keptLimitMs * 1.5))
  const leftMs = immuneBlocks * blockMs
  const endsSoon = protection === 'immune' && leftMs <= settings.immunityHours * HOUR_MS
  return {
    raise: [
      ...(isInDanger ? [danger] : []),
      ...(endsSoon ? [{ kind: 'immunity-ending' as const, ...of, untilBlock: immuneUntilBlock, leftMs }] : []),
    ],
    over: isSafe ? [danger] : [],
  }
}

/** @param own subnets where we hold a place */
export function judgeRemoval(
  own: readonly Netuid[],
  { next, freeSubnets }: { readonly next: Netuid | undefined; readonly freeSubnets: number | undefined },
): Judged {
  const alerts = own.map((netuid) => ({ kind: 'subnet-to-prune' as const, netuid, freeSubnets }))
  return {
    raise: alerts.filter(({ netuid }) => netuid === next),
    over: alerts.filter(({ netuid }) => netuid !== next),
  }
}
