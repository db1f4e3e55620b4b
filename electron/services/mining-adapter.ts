import type { AppError } from '../../shared/errors.ts'
import { type ExpectedIdentity, identityDifference, type LiveIdentity } from '../../shared/mining/subnet-identity.ts'
import type { NetworkKind } from '../../shared/network/network.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { Netuid } from '../../shared/units/amounts.ts'
import type { MinerSnapshot } from '../chain/chain.port.ts'
import type { TaskKind } from '../llm/llm.port.ts'
import type { AdapterRegistry, SubnetAdapter } from '../mining/subnet-adapter.port.ts'

/** What is asked for of an adapter. */
export interface AdapterWish {
  readonly netuid: Netuid
  /** Absent: the one that was made for the subnet. */
  readonly adapter?: string | undefined
  /** The warning about it was read. */
  readonly understood?: boolean | undefined
}

export const liveIdentity = (network: NetworkKind, snapshot: MinerSnapshot): LiveIdentity => ({
  network,
  subnetName: snapshot.subnetName,
  ownerColdkey: snapshot.ownerColdkey,
  githubRepo: snapshot.githubRepo,
})

/** Why it runs only when a person says so: it was not tried with this subnet's validators. */
export const isByHand = ({ expectedIdentity, verified, remote }: SubnetAdapter): boolean =>
  remote !== undefined || expectedIdentity.subnetName === undefined || verified.status !== 'verified'

/** @errors mining/other-subnet */
export function identityRefusal(netuid: Netuid, expected: ExpectedIdentity, live: LiveIdentity): AppError | undefined {
  const difference = identityDifference(expected, live)
  return difference && { code: 'mining/other-subnet', netuid, ...difference }
}

/**
 * The adapter for a subnet as the chain shows it now.
 * @errors mining/no-adapter, mining/other-subnet, mining/by-hand-only
 */
export function chooseAdapter(
  adapters: AdapterRegistry,
  wish: AdapterWish,
  live: LiveIdentity,
): Result<SubnetAdapter, AppError> {
  if (wish.adapter === undefined) return adapters.forSubnet(wish.netuid, live)
  const adapter = adapters.byId(wish.adapter)
  if (!adapter) return err({ code: 'mining/no-adapter', netuid: wish.netuid })
  const refusal = identityRefusal(wish.netuid, adapter.expectedIdentity, live)
  if (refusal) return err(refusal)
  if (isByHand(adapter) && wish.understood !== true)
    return err({ code: 'mining/by-hand-only', adapter: adapter.title, status: adapter.verified.status })
  return ok(adapter)
}

/** What a model is called upon for by an adapter; nothing where its work is done elsewhere. */
export function modelTasks({ tasks }: SubnetAdapter): readonly TaskKind[] {
  return tasks.filter((task) => task !== 'forward' && task !== 'mapped')
}

/** @errors model/cannot */
export function modelRefusal(
  adapter: SubnetAdapter,
  model: { readonly name: string; readonly does: readonly TaskKind[] },
): AppError | undefined {
  const missing = modelTasks(adapter).find((task) => !model.does.includes(task))
  if (missing === undefined) return undefined
  const task = missing === 'embed' || missing === 'rank' ? missing : 'write'
  return { code: 'model/cannot', task, model: model.name }
}
