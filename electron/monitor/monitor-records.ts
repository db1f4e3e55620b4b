import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { epochScore } from '../../shared/contract/monitor.contract.ts'
import type { MonitorRecords, MonitorRecordsPort } from './monitor-records.port.ts'

const shape = z.object({
  version: z.literal(1),
  firstMs: z.number().optional(),
  spans: z.array(z.object({ fromMs: z.number(), toMs: z.number() })),
  epochs: z.array(epochScore.extend({ genesis: z.string() })),
})
const NOTHING: MonitorRecords = { spans: [], epochs: [] }

/** One small JSON file, replaced as a whole: a kill leaves the old one or the new one. */
export function monitorRecords(path: string): MonitorRecordsPort {
  return {
    load() {
      try {
        const { firstMs, spans, epochs } = shape.parse(JSON.parse(readFileSync(path, 'utf8')))
        return { firstMs, spans, epochs }
      } catch {
        // No file yet, or not one of ours: statistics begin anew, and nothing else depends on them.
        return NOTHING
      }
    },
    save(records) {
      const fresh = `${path}.new`
      try {
        mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
        const handle = openSync(fresh, 'w', 0o600)
        try {
          writeSync(
            handle,
            JSON.stringify(
              z.encode(shape, { version: 1, ...records, spans: [...records.spans], epochs: [...records.epochs] }),
            ),
          )
          fsyncSync(handle)
        } finally {
          closeSync(handle)
        }
        renameSync(fresh, path)
        return true
      } catch {
        return false
      }
    },
  }
}
