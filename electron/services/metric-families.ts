import type { CareState } from '../../shared/care/care-state.ts'
import type { NetworkStatus } from '../../shared/contract/app.contract.ts'
import type { MiningStatus } from '../../shared/contract/mining.contract.ts'
import type { EpochScore } from '../../shared/contract/monitor.contract.ts'
import type { LogLevel } from '../../shared/log/log-line.ts'
import type { Family, Sample } from '../../shared/metrics/exposition.ts'
import { histogramSamples } from '../../shared/metrics/histogram.ts'
import type { RequestBook } from '../../shared/metrics/request-book.ts'
import type { Uptime } from '../../shared/metrics/uptime.ts'
import { REQUEST_REASONS } from '../../shared/mining/request-reason.ts'
import type { AxonReport } from '../axon/axon.port.ts'

export interface MetricFacts {
  readonly nowMs: number
  readonly sinceMs: number
  readonly facts: { readonly version: string; readonly kind: string }
  readonly status: MiningStatus
  readonly network: NetworkStatus
  readonly queue: AxonReport['queue']
  readonly book: RequestBook
  readonly uptime: Uptime | undefined
  readonly lastScore: EpochScore | undefined
  readonly logLines: Readonly<Record<LogLevel, number>>
  readonly logLost: number
  readonly care: CareState
}

type Labels = Readonly<Record<string, string>>

/** One value, or none where it is unknown. */
const one = (value: number | undefined, labels?: Labels): readonly Sample[] =>
  value === undefined ? [] : [{ value, ...(labels ? { labels } : {}) }]
const gauge = (name: string, help: string, samples: readonly Sample[]): Family => ({
  name,
  help,
  type: 'gauge',
  samples,
})
const counter = (name: string, help: string, samples: readonly Sample[]): Family => ({
  name,
  help,
  type: 'counter',
  samples,
})
/** Incentives are parts of 65,535. */
const ratio = (parts: number | undefined): number | undefined => (parts === undefined ? undefined : parts / 65_535)

const STATES: readonly MiningStatus['state'][] = ['off', 'starting', 'mining', 'stopping', 'failed']

function minerFamilies({ status, uptime, lastScore, sinceMs, facts }: MetricFacts): readonly Family[] {
  const { state, netuid, uid, adapter, model } = status
  const place: Labels | undefined =
    netuid === undefined || uid === undefined ? undefined : { netuid: String(netuid), uid: String(uid) }
  const of = (value: number | undefined) => (place ? one(value, place) : [])
  const emission = status.emission === undefined ? undefined : Number(status.emission) / 1e9
  return [
    gauge('taoforge_build_info', 'Version and kind of the host; always 1.', [
      { labels: { version: facts.version, host: facts.kind }, value: 1 },
    ]),
    gauge('taoforge_start_time_seconds', 'When the app was started, seconds since 1970.', one(sinceMs / 1_000)),
    gauge(
      'taoforge_miner_up',
      '1 while requests are answered, else 0.',
      one(state === 'mining' && !status.held ? 1 : 0),
    ),
    gauge(
      'taoforge_miner_state',
      '1 for the state that the miner is in, 0 for the others.',
      STATES.map((name) => ({ labels: { state: name }, value: name === state ? 1 : 0 })),
    ),
    gauge(
      'taoforge_miner_held',
      '1 for each reason for which a running miner lets callers wait.',
      (status.held?.reasons ?? []).map(({ kind }) => ({ labels: { reason: kind }, value: 1 })),
    ),
    gauge(
      'taoforge_miner_info',
      'Place, adapter and model of the miner; always 1.',
      place ? one(1, { ...place, adapter: adapter?.id ?? '', model: model?.id ?? '' }) : [],
    ),
    gauge(
      'taoforge_miner_start_time_seconds',
      'Since when this run answers, seconds since 1970.',
      one(status.startedAtMs === undefined ? undefined : status.startedAtMs / 1_000),
    ),
    gauge(
      'taoforge_uptime_30d_ratio',
      'Share of the last 30 days in which requests were answered, or of the time since mining was begun first.',
      one(uptime && uptime.ofMs > 0 ? uptime.upMs / uptime.ofMs : undefined),
    ),
    gauge('taoforge_incentive_ratio', 'Incentive of the uid, from the chain.', of(ratio(status.incentive))),
    gauge('taoforge_incentive_best_ratio', 'Highest incentive of the subnet.', of(ratio(lastScore?.bestIncentive))),
    gauge('taoforge_incentive_rank', 'Rank of the uid by incentive; 1 is the best.', of(lastScore?.rank)),
    gauge('taoforge_emission_alpha', 'Alpha of the last epoch for the uid, from the chain.', of(emission)),
  ]
}

function requestFamilies({ book, queue, status }: MetricFacts): readonly Family[] {
  const counts = book.counts()
  const { latency, firstToken, promptTokens, completionTokens } = book.totals()
  return [
    counter(
      'taoforge_requests_total',
      'Requests by how they ended; those refused have the reason of the refusal.',
      REQUEST_REASONS.flatMap((reason) => one(counts[reason], { reason })),
    ),
    {
      name: 'taoforge_request_duration_seconds',
      help: 'From the arrival of a request to the end of its answer; answered requests only.',
      type: 'histogram',
      samples: histogramSamples(latency),
    },
    {
      name: 'taoforge_first_token_seconds',
      help: 'From the arrival of a request to the first token of its answer.',
      type: 'histogram',
      samples: histogramSamples(firstToken),
    },
    counter(
      'taoforge_tokens_total',
      'Tokens read in requests (prompt) and made in answers (completion), as far as they were counted.',
      [
        { labels: { kind: 'prompt' }, value: promptTokens },
        { labels: { kind: 'completion' }, value: completionTokens },
      ],
    ),
    gauge('taoforge_tokens_per_second', 'Speed over the last ten seconds with answers.', one(status.tokensPerSecond)),
    gauge('taoforge_requests_running', 'Requests that are being answered.', status.queue ? one(queue.running) : []),
    gauge('taoforge_requests_waiting', 'Requests that wait for a place.', status.queue ? one(queue.waiting) : []),
    gauge(
      'taoforge_queue_room',
      'Requests that may still wait before others are refused.',
      status.queue ? one(queue.room) : [],
    ),
    gauge('taoforge_callers_seen', 'Keys that asked with a good signature since the start.', one(book.callersSeen())),
  ]
}

/** Address of an endpoint without its path: providers put keys there. */
export const hostOf = (endpoint: string): string => /^\w+:\/\/(?:[^/@]*@)?([^/?#]+)/.exec(endpoint)?.[1] ?? 'unknown'

function chainFamilies({ network, nowMs }: MetricFacts): readonly Family[] {
  const { best, finalized, state, choice, endpoints = [] } = network
  // Two paths of one server would be the same series twice, and the format forbids that.
  const servers = [...new Map(endpoints.map((endpoint) => [hostOf(endpoint.endpoint), endpoint])).entries()]
  const seconds = (ms: number | undefined) => (ms === undefined ? undefined : Math.max(0, ms) / 1_000)
  return [
    gauge('taoforge_chain_up', '1 while a node answers, else 0.', choice ? one(state === 'ready' ? 1 : 0) : []),
    gauge('taoforge_chain_block', 'Newest block that was seen.', one(best?.number)),
    gauge('taoforge_chain_finalized_block', 'Newest final block that was seen.', one(finalized?.number)),
    gauge(
      'taoforge_chain_head_age_seconds',
      'Time since the newest block was seen.',
      one(best ? seconds(nowMs - best.seenAtMs) : undefined),
    ),
    gauge(
      'taoforge_endpoint_up',
      '0 for an endpoint that failed lately or is behind, else 1.',
      servers.map(([endpoint, { avoided, head }]) => ({ labels: { endpoint }, value: avoided || head?.stale ? 0 : 1 })),
    ),
    gauge(
      'taoforge_endpoint_current',
      '1 for the endpoint in use, 0 for the others.',
      servers.map(([endpoint, { current }]) => ({ labels: { endpoint }, value: current ? 1 : 0 })),
    ),
    gauge(
      'taoforge_endpoint_answer_seconds',
      'How long the last answer of an endpoint took.',
      servers.flatMap(([endpoint, { answerMs }]) => one(seconds(answerMs), { endpoint })),
    ),
    gauge(
      'taoforge_endpoint_head_age_seconds',
      'Age of the newest block of an endpoint when it was asked last.',
      servers.flatMap(([endpoint, { head }]) => one(seconds(head?.ageMs), { endpoint })),
    ),
  ]
}

/** While no miner runs and nobody looks, nothing is read: what is older than this is no present value. Unit: ms. */
const READING_MS = 60_000

/** Only what can be read: a computer that does not tell its heat has no series of it. */
function machineFamilies({ care, nowMs }: MetricFacts): readonly Family[] {
  const isFresh = care.readings !== undefined && nowMs - care.readings.atMs < READING_MS
  const { readings, power }: Partial<CareState> = isFresh ? care : {}
  const cards = readings?.gpus.state === 'known' ? readings.gpus.value : []
  const processor = readings?.processorC.state === 'known' ? readings.processorC.value : undefined
  const parts = (power?.parts ?? []).flatMap((part) => ('watts' in part ? one(part.watts, { part: part.name }) : []))
  const ofCards = (value: (card: (typeof cards)[number]) => number | undefined) =>
    cards.flatMap((card) => one(value(card), { part: card.name }))
  return [
    gauge('taoforge_temperature_celsius', 'Temperature of a part of the computer.', [
      ...ofCards((card) => card.temperatureC),
      ...one(processor, { part: 'processor' }),
    ]),
    gauge('taoforge_power_watts', 'Power of each part of the computer that tells it; the whole takes more.', parts),
    gauge(
      'taoforge_gpu_memory_used_bytes',
      'Memory of a graphics card that is in use.',
      ofCards((card) => card.memoryUsedBytes),
    ),
    gauge(
      'taoforge_gpu_memory_total_bytes',
      'Memory of a graphics card.',
      ofCards((card) => card.memoryTotalBytes),
    ),
    gauge(
      'taoforge_gpu_used_ratio',
      'How busy a graphics card is.',
      ofCards((card) => (card.usedPercent === undefined ? undefined : card.usedPercent / 100)),
    ),
  ]
}

function logFamilies({ logLines, logLost }: MetricFacts): readonly Family[] {
  return [
    counter(
      'taoforge_log_lines_total',
      'Lines of the log since the start, by level.',
      Object.entries(logLines).map(([level, value]) => ({ labels: { level }, value })),
    ),
    counter('taoforge_log_lost_total', 'Lines of the log that could not be written.', one(logLost)),
  ]
}

/** Every family, in the order of docs/monitoring.md. No address is a label: places are told by netuid and uid. */
export const metricFamilies = (facts: MetricFacts): readonly Family[] => [
  ...minerFamilies(facts),
  ...requestFamilies(facts),
  ...machineFamilies(facts),
  ...chainFamilies(facts),
  ...logFamilies(facts),
]
