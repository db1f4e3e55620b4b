import type { MiningStatus } from '../../shared/contract/mining.contract.ts'
import type { MinerSnapshot } from '../chain/chain.port.ts'
import type { LoadedModel } from '../llm/llm.port.ts'
import type { Checked, MiningRequest } from './mining-steps.ts'

/** What is known of a run so far. */
export interface RunFacts {
  readonly request: MiningRequest
  checked?: Checked
  model?: LoadedModel
  /** Where it listens; absent before its server is open. */
  port?: number
  snapshot?: MinerSnapshot
  axonBlock?: number
  startedAtMs?: number
}

/** The part of a miner's status that is about what it was asked for and what it found. */
export function runFacts(run: RunFacts): Partial<MiningStatus> {
  const { request, checked, model, port, snapshot, axonBlock, startedAtMs } = run
  const { modelId, netuid, hotkey } = request
  return {
    netuid,
    hotkey,
    startedBy: request.startedBy ?? 'hand',
    ...(checked ? checkedFacts(checked) : {}),
    ...(model && modelId !== undefined ? { model: modelFacts(modelId, model) } : {}),
    ...(checked && port !== undefined
      ? { endpoint: endpointText(checked.ip, checked.request.publicPort ?? port) }
      : {}),
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

const modelFacts = (id: string, { name, backend, parallel, gaveUp }: LoadedModel): MiningStatus['model'] => ({
  id,
  name,
  backend,
  parallel,
  ...(gaveUp ? { gaveUp } : {}),
})

export const endpointText = (ip: string, port: number): string =>
  ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`
