import type { MiningStatus } from '../../shared/contract/mining.contract.ts'
import type { AxonMetrics } from '../axon/axon.port.ts'
import type { ServingFacts } from '../backends/backends.port.ts'
import type { MinerSnapshot } from '../chain/chain.port.ts'
import type { LoadedModel } from '../llm/llm.port.ts'
import type { Checked, MiningRequest, OpenServer } from './mining-steps.ts'

/** Of a run whose server is not open. */
export const NO_METRICS: AxonMetrics = {
  answered: 0,
  late: 0,
  refused: {},
  queue: { running: 0, waiting: 0, room: 0 },
  recent: [],
}

/** What is known of a run so far. */
export interface RunFacts {
  readonly request: MiningRequest
  checked?: Checked
  model?: LoadedModel
  /** Servers of the user's own compute, too, or alone. */
  remote?: ServingFacts
  /** Where it listens; absent before its server is open. */
  port?: number
  listensFor?: OpenServer['listensFor']
  snapshot?: MinerSnapshot
  axonBlock?: number
  startedAtMs?: number
}

/** The part of a miner's status that is about what it was asked for and what it found. */
export function runFacts(run: RunFacts): Partial<MiningStatus> {
  const { request, checked, port, listensFor, snapshot, axonBlock, startedAtMs } = run
  const { netuid, hotkey } = request
  return {
    netuid,
    hotkey,
    startedBy: request.startedBy ?? 'hand',
    ...(checked ? checkedFacts(checked) : {}),
    ...modelFacts(run),
    ...(checked && port !== undefined
      ? { endpoint: endpointText(checked.ip, checked.request.publicPort ?? port) }
      : {}),
    ...(listensFor === undefined ? {} : { listensFor }),
    ...(axonBlock === undefined ? {} : { axonBlock }),
    ...(startedAtMs === undefined ? {} : { startedAtMs }),
    ...(snapshot?.incentive === undefined ? {} : { incentive: snapshot.incentive }),
    ...(snapshot?.emission === undefined ? {} : { emission: snapshot.emission }),
    ...(snapshot ? { chainBlock: snapshot.block } : {}),
  }
}

const checkedFacts = ({ hotkeyName, snapshot, uid, adapter }: Checked): Partial<MiningStatus> => ({
  hotkeyName,
  subnetName: snapshot.subnetName,
  uid,
  adapter: { id: adapter.id, title: adapter.title, status: adapter.verified.status },
})

/** Requests that are computed at the same time, by the model and by servers in sum. */
export const placesOf = ({ model, remote }: RunFacts): number =>
  Math.max(1, (model?.parallel ?? 0) + (remote?.parallel ?? 0))

function modelFacts(run: RunFacts): Pick<MiningStatus, 'model'> {
  const { request, model, remote } = run
  const who = [model, remote].filter((one) => one !== undefined)
  if (who.length === 0) return {}
  return {
    model: {
      id: request.modelId ?? 'backends',
      name: [...new Set(who.map(({ name }) => name))].join(', '),
      backend: who.map(({ backend }) => backend).join(' + '),
      parallel: placesOf(run),
      ...(model?.gaveUp ? { gaveUp: model.gaveUp } : {}),
    },
  }
}

export const endpointText = (ip: string, port: number): string =>
  ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`
