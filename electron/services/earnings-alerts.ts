import { type EpochRow, redOf } from '../../shared/earnings/epoch-row.ts'
import type { AlertsService } from './alerts.service.ts'

/** Whoever books epochs. */
interface Booking {
  onEpochs(listener: (rows: readonly EpochRow[]) => void): () => void
}

/** Tells of each row that does not add up and of which no cause is known, once. @returns stops it */
export function raiseForRedRows({
  earnings,
  ledger,
  alerts,
}: {
  readonly earnings: Booking
  /** Books epochs of the past, from an archive. */
  readonly ledger: Booking
  readonly alerts: Pick<AlertsService, 'raise'>
}): () => void {
  const tell = (rows: readonly EpochRow[]) => {
    for (const row of rows) {
      const { netuid, hotkey, coldkey, epochBlock, parts } = row
      const unexplained = redOf(row)
      if (unexplained === 0n || !parts || parts.cause !== undefined) continue
      const { fromBlock } = parts
      alerts.raise({ kind: 'epoch-unexplained', netuid, hotkey, coldkey, fromBlock, epochBlock, unexplained })
    }
  }
  const stops = [earnings.onEpochs(tell), ledger.onEpochs(tell)]
  return () => {
    for (const stop of stops) stop()
  }
}
