import type { MiningStatus } from '../../shared/contract/mining.contract.ts'
import type { ClockPort } from '../system/system.port.ts'
import type { AlertsService } from './alerts.service.ts'

export interface MinerAlertsDeps {
  readonly mining: {
    status(): Pick<MiningStatus, 'state' | 'startedAtMs' | 'netuid' | 'error'>
    onStatus(listener: () => void): () => void
  }
  /** Whether the miner is begun again by itself. */
  readonly care: { state(): { readonly restarts: { readonly againAtMs?: number | undefined } } }
  readonly alerts: Pick<AlertsService, 'raise'>
  readonly clock: Pick<ClockPort, 'after'>
}

/** By then it is known whether the miner is begun again by itself. */
const SETTLED_MS = 3_000

/** Tells of a miner that had begun to answer and stopped by itself, unless it is begun again. @returns stops it */
export function raiseWhenMinerStops({ mining, care, alerts, clock }: MinerAlertsDeps): () => void {
  let cancel: (() => void) | undefined
  const look = () => {
    cancel = undefined
    const { state, startedAtMs, netuid, error } = mining.status()
    if (state !== 'failed' || startedAtMs === undefined || care.state().restarts.againAtMs !== undefined) return
    alerts.raise({ kind: 'miner-stopped', startedAtMs, netuid, error })
  }
  const off = mining.onStatus(() => {
    if (mining.status().state === 'failed') cancel ??= clock.after(SETTLED_MS, look)
  })
  return () => {
    off()
    cancel?.()
  }
}
