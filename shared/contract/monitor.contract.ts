import { z } from 'zod'
import { REQUEST_REASONS } from '../mining/request-reason.ts'
import { command, nothing, query, subscription } from './define.ts'
import { wire } from './wire.ts'
import { wireError } from './wire-error.ts'

const ms = z.number().min(0)
/** By nearest rank over the last 500 answers; all absent before the first. */
const percentiles = z.object({ p50Ms: ms.optional(), p95Ms: ms.optional(), p99Ms: ms.optional() })
const uptime = z.object({ upMs: ms, ofMs: ms })

export const epochScore = z.object({
  netuid: wire.netuid,
  hotkey: wire.ss58,
  uid: z.number().int(),
  /** Block in which the epoch ran. */
  epochBlock: wire.block,
  atMs: z.number(),
  /** Share of what all miners got, parts per 65,535; absent: the chain did not tell. */
  incentive: z.number().int().optional(),
  /** That of the best miner of the subnet. */
  bestIncentive: z.number().int().optional(),
  /** 1 = the best. */
  rank: z.number().int().optional(),
  /** Miners with any incentive. */
  miners: z.number().int().optional(),
  emission: wire.alpha.optional(),
})
export type EpochScore = z.output<typeof epochScore>

const door = z.object({
  state: z.enum(['off', 'open', 'failed']),
  /** As it was chosen; absent while it is off. */
  port: z.number().int().optional(),
  error: wireError.optional(),
})
export type MetricsDoorView = z.output<typeof door>

const monitorView = z.object({
  atMs: z.number(),
  /** Counting began then: the start of the app. */
  sinceMs: z.number(),
  counts: z.partialRecord(z.enum(REQUEST_REASONS), z.number().int()),
  promptTokens: z.number().int(),
  completionTokens: z.number().int(),
  latency: percentiles,
  firstToken: percentiles,
  /** Over the last ten seconds in which requests were taken. */
  requestsPerSecond: z.number().optional(),
  /** Who asked with a good signature: the busiest, and how many there were. */
  callers: z
    .array(
      z.object({
        hotkey: z.string(),
        requests: z.number().int(),
        answered: z.number().int(),
        lastSeenMs: z.number(),
        medianMs: ms.optional(),
      }),
    )
    .readonly(),
  callersSeen: z.number().int(),
  /** Of the place that is mined, oldest first; epochs in which nobody looked are missing. */
  epochs: z.array(epochScore).readonly(),
  /** Over the last 30 days, or since mining was begun for the first time. */
  uptime: uptime.optional(),
  door,
})
export type MonitorView = z.output<typeof monitorView>

const liveView = z.object({
  atMs: z.number(),
  answered: z.number().int(),
  late: z.number().int(),
  refused: z.number().int(),
  running: z.number().int(),
  waiting: z.number().int(),
  /** Tokens a second over the last ten seconds; absent: unknown. */
  speed: z.number().optional(),
  requestsPerSecond: z.number().optional(),
})
export type MonitorLive = z.output<typeof liveView>

const slot = z.object({
  atMs: z.number(),
  answered: z.number().int(),
  late: z.number().int(),
  refused: z.number().int(),
  tokens: z.number().int(),
  speed: z.number().optional(),
})

export const monitorContract = {
  'monitor.watch': subscription('What the miner was asked and how it did, since the app started.', {
    input: nothing,
    output: monitorView,
  }),
  'monitor.live': subscription('The few numbers that move, at most ten times a second.', {
    input: nothing,
    output: liveView,
  }),
  'monitor.series': query('The last ten minutes by second, or the last day by minute. Missing times are gaps.', {
    input: z.object({ span: z.enum(['minutes', 'day']) }),
    output: z.object({ stepMs: z.number(), atMs: z.number(), slots: z.array(slot).readonly() }),
  }),
  'monitor.openMetrics': command('Opens the door for Prometheus on this computer, and remembers it.', {
    input: z.object({ port: z.number().int().min(1).max(65_535) }),
    output: door,
  }),
  'monitor.closeMetrics': command('Closes the door for Prometheus, and forgets it.', { input: nothing, output: door }),
}
