import type { AppError } from '../../shared/errors.ts'
import type { ModelReserve } from '../../shared/inference/model-memory.ts'
import type { StartedBy } from '../../shared/mining/hold.ts'
import { blocksToWait, endpointAddress, planServe, type ServeSnapshot } from '../../shared/mining/plan-serve.ts'
import { type ExpectedIdentity, pinnedIdentity } from '../../shared/mining/subnet-identity.ts'
import type { NetworkKind } from '../../shared/network/network.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { ServeAxonPlan } from '../../shared/transactions/transaction.ts'
import type { Ss58 } from '../../shared/units/amounts.ts'
import type { AxonPort, Caller } from '../axon/axon.port.ts'
import type { BackendsPort } from '../backends/backends.port.ts'
import type { CallerOnChain, ChainPort, MinerSnapshot } from '../chain/chain.port.ts'
import type { SignerPort } from '../keys/signer.port.ts'
import type { LlmPort, LoadedModel } from '../llm/llm.port.ts'
import type { MappedWorkPort } from '../mining/mapped-work.port.ts'
import type { OwnService, OwnServicePort } from '../mining/own-service.port.ts'
import type { AdapterRegistry, SubnetAdapter } from '../mining/subnet-adapter.port.ts'
import type { ModelsPort } from '../models/models.port.ts'
import type { ClockPort, LogPort } from '../system/system.port.ts'
import { type AdapterWish, chooseAdapter, liveIdentity, modelRefusal, modelTasks } from './mining-adapter.ts'
import type { NetworkService } from './network.service.ts'
import type { TransactionsService } from './transactions.service.ts'
import type { WalletService } from './wallet.service.ts'

export interface MiningDeps {
  readonly chain: Pick<ChainPort, 'minerSnapshot' | 'callers' | 'onHead' | 'prepare'>
  readonly llm: Pick<LlmPort, 'load' | 'unload' | 'chat' | 'complete' | 'embed' | 'rank' | 'onStatus'>
  readonly axon: AxonPort
  readonly keys: Pick<SignerPort, 'beginAnswers' | 'signAnswer' | 'endAnswers'>
  /** Servers of the user's own that compute in place of the model, or beside it. */
  readonly backends: Pick<BackendsPort, 'reach' | 'watch' | 'work'>
  /** Programs of the user's own, for adapters that forward. */
  readonly ownService: OwnServicePort
  /** Programs of other people, for adapters that did not come with this app. */
  readonly mappedWork: MappedWorkPort
  readonly models: Pick<ModelsPort, 'pathOf'>
  readonly adapters: AdapterRegistry
  readonly clock: Pick<ClockPort, 'nowMs'>
  readonly log: LogPort
  readonly wallets: Pick<WalletService, 'active'>
  readonly network: Pick<NetworkService, 'choice' | 'genesis' | 'onChange'>
  readonly transactions: Pick<TransactionsService, 'sendBytes'>
  /** Memory that a model leaves to other programs. Default: what the planner thinks right. */
  readonly reserve?: () => ModelReserve | undefined
}

export interface MiningRequest extends AdapterWish {
  readonly hotkey: Ss58
  /** Not needed where a service of the user's own does the work. */
  readonly modelId?: string | undefined
  readonly service?: OwnService | undefined
  /** Servers of the user's own do the work that a model here would do. */
  readonly backends?: boolean | undefined
  /** Default: 'hand'. */
  readonly startedBy?: StartedBy | undefined
  /** Default 8091, the port that the network's own software uses; 0 = any free one. */
  readonly port?: number | undefined
  readonly publicIp?: string | undefined
  /** The port that callers have to name, where a router passes on another one than `port`. */
  readonly publicPort?: number | undefined
}

/** What a run was checked against; it holds for the whole run. */
export interface Checked {
  readonly request: MiningRequest
  readonly network: NetworkKind
  readonly genesis: string
  readonly wallet: string
  readonly hotkeyName: string
  readonly adapter: SubnetAdapter
  /** What the subnet says of itself; it is held to that as long as it is mined. */
  readonly identity: ExpectedIdentity
  readonly uid: number
  readonly ip: string
  readonly snapshot: MinerSnapshot
  readonly callers: readonly CallerOnChain[]
}

const DEFAULT_PORT = 8091

/** The chain does not say which scheme a hotkey signs with; all but a few are sr25519, and the rest cannot call us. */
export const callersOf = (onChain: readonly CallerOnChain[]): readonly Caller[] =>
  onChain.map(({ hotkey, uid, permit, stake }) => ({ hotkey, uid, permit, stake, scheme: 'sr25519' }))

/**
 * Everything that can be refused before anything is started.
 * @errors chain/not-connected, keys/no-wallet, keys/unknown-hotkey, mining/no-adapter, mining/other-subnet,
 * mining/by-hand-only, mining/not-registered, mining/bad-address
 */
export async function checkMining(deps: MiningDeps, request: MiningRequest): Promise<Result<Checked, AppError>> {
  const { chain, wallets, network, adapters } = deps
  const choice = network.choice()
  const genesis = network.genesis()
  if (!choice || genesis === undefined) return err({ code: 'chain/not-connected' })
  const wallet = wallets.active()
  if (!wallet) return err({ code: 'keys/no-wallet' })
  const hotkey = wallet.hotkeys.find((candidate) => candidate.address === request.hotkey)
  if (!hotkey) return err({ code: 'keys/unknown-hotkey', name: request.hotkey })
  const ip = endpointAddress(choice.kind, request.publicIp)
  if (!ip.ok) return ip
  const snapshot = await chain.minerSnapshot(request.netuid, request.hotkey)
  if (!snapshot.ok) return snapshot
  const { uid } = snapshot.value
  const live = liveIdentity(choice.kind, snapshot.value)
  const adapter = chooseAdapter(adapters, request, live)
  if (!adapter.ok) return adapter
  const missing = whatIsMissing(adapter.value, request)
  if (missing) return err(missing)
  if (uid === undefined) return err({ code: 'mining/not-registered', netuid: request.netuid, hotkey: request.hotkey })
  const callers = await chain.callers(request.netuid)
  if (!callers.ok) return callers
  return ok({
    request,
    network: choice.kind,
    genesis,
    wallet: wallet.name,
    hotkeyName: hotkey.name,
    adapter: adapter.value,
    identity: pinnedIdentity(live),
    uid,
    ip: ip.value,
    snapshot: snapshot.value,
    callers: callers.value,
  })
}

/** The work of an adapter is done by a model or by a service of the user's own. */
function whatIsMissing(adapter: SubnetAdapter, { modelId, service, backends }: MiningRequest): AppError | undefined {
  if (adapter.tasks.includes('forward') && !service)
    return { code: 'contract/bad-input', issues: ['service: none given'] }
  if (modelTasks(adapter).length > 0 && modelId === undefined && !backends)
    return { code: 'contract/bad-input', issues: ['modelId: none given'] }
  return undefined
}

/** @errors those of `pathOf` and `load`, and model/cannot */
export async function loadModel(
  { models, llm, reserve }: MiningDeps,
  { adapter, modelId }: { readonly adapter: SubnetAdapter; readonly modelId: string },
  on: { readonly onProgress: (fraction: number) => void; readonly signal: AbortSignal },
): Promise<Result<LoadedModel, AppError>> {
  const file = await models.pathOf(modelId)
  if (!file.ok) return file
  if (on.signal.aborted) return err({ code: 'contract/cancelled' })
  const model = await llm.load({ file: file.value, reserve: reserve?.(), ...on })
  const refusal = model.ok ? modelRefusal(adapter, model.value) : undefined
  return refusal ? err(refusal) : model
}

export interface OpenServer {
  readonly port: number
  /** It answers on every address of both families; else on those of IPv4 alone. */
  readonly listensFor: 'ipv4' | 'both'
}

/**
 * Opens it on loopback where all of the network is on this computer; else on every address of both families, whichever of them is announced:
 * a validator may have one only, and a move may go from one to the other. A computer without IPv6 cannot, and does with IPv4.
 * @errors mining/port-taken, mining/bad-address, mining/worker-died
 */
export async function openServer(
  { axon }: MiningDeps,
  checked: Checked,
  parallel: number,
): Promise<Result<OpenServer, AppError>> {
  const { policy, limits, id, remote } = checked.adapter
  axon.setCallers(callersOf(checked.callers))
  const open = async (host: string, listensFor: OpenServer['listensFor']): Promise<Result<OpenServer, AppError>> => {
    const opened = await axon.start({
      host,
      port: checked.request.port ?? DEFAULT_PORT,
      hotkey: checked.request.hotkey,
      adapter: id,
      policy,
      limits: { ...limits, concurrency: Math.max(limits.concurrency, parallel) },
      ...(remote ? { remote } : {}),
    })
    return opened.ok ? ok({ port: opened.value.port, listensFor }) : opened
  }
  if (checked.network === 'practice') return open('127.0.0.1', 'ipv4')
  const both = await open('::', 'both')
  const hasNoIpv6 = !both.ok && both.error.code === 'mining/bad-address' && !checked.ip.includes(':')
  return hasNoIpv6 ? open('0.0.0.0', 'ipv4') : both
}

const serveStateOf = ({ block, servingRateLimit, axon, servedAtBlock }: MinerSnapshot): ServeSnapshot => ({
  block,
  servingRateLimit,
  announced: axon,
  servedAtBlock,
})

/** What the chain has of our endpoint, or what is to be sent; from a snapshot of now. */
function planEndpoint(checked: Checked, port: number, snapshot: MinerSnapshot) {
  const { request, network, ip, adapter } = checked
  const { hotkey, netuid } = request
  const wanted = { network, hotkey, netuid, ip, port: request.publicPort ?? port, ...adapter.serve }
  return planServe(wanted, serveStateOf(snapshot))
}

/**
 * Brings the chain to say where we serve, unless it does: the hotkey signs `serve_axon`, which is then waited for until it is in a block.
 * No fee, and no coldkey.
 * @returns the block of the announcement
 * @errors `mining/serve-too-soon` with the blocks to wait; those of preparing, signing and sending
 */
export async function announce(
  deps: MiningDeps,
  checked: Checked,
  { port, snapshot }: { readonly port: number; readonly snapshot: MinerSnapshot },
): Promise<Result<number, AppError>> {
  const plan = planEndpoint(checked, port, snapshot)
  if (!plan.ok) return plan
  if (plan.value.action === 'keep') return ok(plan.value.block)
  const sent = await send(deps, checked, plan.value.plan)
  if (sent.ok || !isTooSoon(sent.error)) return sent
  // What the run before had sent came into a block after the snapshot: the chain of now says how long it asks to wait.
  const { netuid, hotkey } = plan.value.plan
  const now = await deps.chain.minerSnapshot(netuid, hotkey)
  const blocksLeft = now.ok ? blocksToWait(serveStateOf(now.value)) : 0
  return err({ code: 'mining/serve-too-soon', blocksLeft: Math.max(1, blocksLeft) })
}

/** @source subtensor `CustomTransactionError::ServingRateLimitExceeded`, in the words of the pool's refusal */
const isTooSoon = (error: AppError): boolean =>
  error.code === 'chain/pool-refused' && error.reason.startsWith('ServingRateLimitExceeded')

async function send(
  { chain, transactions }: MiningDeps,
  { wallet, hotkeyName }: Checked,
  plan: ServeAxonPlan,
): Promise<Result<number, AppError>> {
  const { hotkey, netuid, ip, port, version, protocol } = plan
  const bytes = await chain.prepare(hotkey, plan)
  if (!bytes.ok) return bytes
  const sent = await transactions.sendBytes({
    wallet,
    signer: { hotkey: hotkeyName },
    bytes: bytes.value,
    intent: { kind: 'serve-axon', netuid, ip, port, version, protocol },
    record: { kind: 'serve-axon', signer: hotkey, netuid, hotkey },
  })
  if (!sent.ok) return sent
  const block = sent.value.outcome?.block
  return block === undefined ? err({ code: 'chain/bad-answer', what: 'block of serve_axon' }) : ok(block)
}
