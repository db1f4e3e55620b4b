import type { ModelView } from '../../shared/contract/models.contract.ts'
import type { ReachState } from '../../shared/contract/reach.contract.ts'
import type { AppError } from '../../shared/errors.ts'
import { type MinerPay, minerPay } from '../../shared/mining/miner-pay.ts'
import type { GoChoice, GoEndpoint, GoEvent, GoFact, GoPlace, GoTerms } from '../../shared/mining/one-click.ts'
import { endpointAddress } from '../../shared/mining/plan-serve.ts'
import { ON_SERVERS, paySentence } from '../../shared/mining/propose.ts'
import { adviceBeforePaying, stillHolds } from '../../shared/reach/judge-reach.ts'
import type { RegisterPlan } from '../../shared/registration/plan-register.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { Subnet } from '../../shared/subnets/subnet.ts'
import { type Netuid, rao } from '../../shared/units/amounts.ts'
import { formatUnits } from '../../shared/units/decimal.ts'
import { boundSentence } from '../../shared/words/collateral-words.ts'
import type { LlmHardware } from '../llm/llm.port.ts'
import { chooseAdapter, liveIdentity, modelTasks } from './mining-adapter.ts'
import type { OneClickDeps } from './one-click-deps.ts'

/** Given on practice where the wallet has too little for a place, as the portfolio does: 1000 play TAO. */
const PLAY_MONEY = rao(1_000_000_000_000n)
/** Beside the file itself: a disk that is filled to its last byte breaks other programs. */
const SPARE_BYTES = 256 * 1024 * 1024

/** What this machine offers a model, in one line; another line is another machine, and is measured anew. */
export function hardwareText(hardware: LlmHardware): string {
  const { cpuName, cpuCores, memoryTotalBytes, backend, gpus, vramTotalBytes } = hardware
  const memory = `${Math.round(memoryTotalBytes / 1024 ** 3)} GiB`
  const cards = gpus.map(({ name }) => name).join(' + ')
  const vram = vramTotalBytes === undefined ? '' : ` ${Math.round(vramTotalBytes / 1024 ** 3)} GiB`
  return [
    cpuName ?? 'processor unknown',
    `${cpuCores} cores`,
    memory,
    backend,
    ...(cards ? [`${cards}${vram}`] : []),
  ].join(', ')
}

interface LiveSubnet {
  readonly identity: string
  readonly uid: number | undefined
}

/**
 * What the subnet says of itself now, held to what the adapter was made for.
 * @errors mining/other-subnet, mining/no-adapter, mining/by-hand-only, and those of reading
 */
async function readIdentity(deps: OneClickDeps, choice: GoChoice): Promise<Result<LiveSubnet, AppError>> {
  const snapshot = await deps.chain.minerSnapshot(choice.netuid, choice.hotkey)
  if (!snapshot.ok) return snapshot
  const live = liveIdentity(choice.network, snapshot.value)
  const wish = { netuid: choice.netuid, adapter: choice.adapter, understood: choice.understood }
  const adapter = chooseAdapter(deps.adapters, wish, live)
  if (!adapter.ok) return adapter
  const { subnetName, ownerColdkey, githubRepo } = snapshot.value
  return ok({ identity: [subnetName, ownerColdkey ?? '', githubRepo ?? ''].join('\n'), uid: snapshot.value.uid })
}

/** @errors those of `registration.plan`; on practice, play money is asked for first */
export async function quotePlace(deps: OneClickDeps, choice: GoChoice): Promise<Result<RegisterPlan, AppError>> {
  const { netuid, hotkey, tolerancePpm, network, coldkey } = choice
  const request = { netuid, hotkey, tolerancePpm }
  const first = await deps.tradePlans.register(request)
  if (first.ok && first.value.coldkey !== coldkey) return err({ code: 'keys/other-account', planned: coldkey })
  if (first.ok || first.error.code !== 'register/balance-too-low' || network !== 'practice') return first
  const given = await deps.transactions.playMoney(PLAY_MONEY)
  return given.ok ? deps.tradePlans.register(request) : given
}

/** The terms of now: identity, machine and price, each read anew. */
export async function readTerms(
  deps: OneClickDeps,
  choice: GoChoice,
): Promise<
  Result<{ readonly terms: GoTerms; readonly uid: number | undefined; readonly plan?: RegisterPlan }, AppError>
> {
  const live = await readIdentity(deps, choice)
  if (!live.ok) return live
  const hardware = await deps.llm.hardware()
  if (!hardware.ok) return hardware
  const { identity, uid } = live.value
  const base = { identity, hardware: hardwareText(hardware.value) }
  if (uid !== undefined) return ok({ terms: base, uid })
  const plan = await quotePlace(deps, choice)
  if (!plan.ok) return plan
  return ok({ terms: { ...base, place: placeOf(plan.value) }, uid, plan: plan.value })
}

/** What a hotkey has bound from before is no part of the terms: they are those of the subnet. */
export const placeOf = ({ price, limitPrice, txFee, mostCost, collateral, mostBound }: RegisterPlan): GoPlace => ({
  ...{ price, limitPrice, txFee, mostCost },
  ...(collateral ? { collateral: { share: collateral.share, freesPpm: collateral.freesPpm }, mostBound } : {}),
})

/** What the miners of a subnet got at its last epoch. @returns `undefined` where the chain does not say */
export async function readPay(
  { chain }: Pick<OneClickDeps, 'chain'>,
  { netuid, tempo, price }: Pick<Subnet, 'netuid' | 'tempo' | 'price'>,
): Promise<MinerPay | undefined> {
  const paid = await chain.minersPaid(netuid)
  return paid.ok ? minerPay({ ...paid.value, tempo, price }) : undefined
}

const gib = (bytes: number): string => `${(bytes / 1024 ** 3).toFixed(1)} GiB`

/** @errors backend/none-ready */
async function checkServers(deps: OneClickDeps, id: string): Promise<Result<readonly GoFact[], AppError>> {
  const adapter = deps.adapters.byId(id)
  const there = await deps.servers.reach(adapter ? modelTasks(adapter) : ['chat'], new AbortController().signal)
  if (!there.ok) return there
  const { name, parallel } = there.value
  return ok([{ about: 'hardware', kind: 'good', text: `Your servers answer: ${name}, ${parallel} requests at once.` }])
}

/** @errors model/unknown, model/too-large, storage/disk-full, backend/none-ready */
async function checkModel(
  deps: OneClickDeps,
  { modelId, adapter }: GoChoice,
): Promise<Result<readonly GoFact[], AppError>> {
  if (modelId === undefined) return ok([])
  if (modelId === ON_SERVERS) return checkServers(deps, adapter)
  const model = (await deps.models.list()).find(({ id }) => id === modelId)
  if (!model) return err({ code: 'model/unknown', id: modelId })
  if (model.fits === 'does-not-fit') {
    const { memoryTotalBytes } = await hardwareOf(deps)
    return err({ code: 'model/too-large', neededBytes: model.memoryBytes, availableBytes: memoryTotalBytes })
  }
  const kind = model.fits === 'slow' || model.fits === 'unknown' ? ('warn' as const) : ('good' as const)
  const fit: GoFact = { about: 'hardware', kind, text: model.fitWhy ?? 'Whether it fits is measured next.' }
  if (model.state === 'ready') return ok([fit])
  return checkDisk(deps, model, fit)
}

async function hardwareOf(deps: OneClickDeps): Promise<Pick<LlmHardware, 'memoryTotalBytes'>> {
  const hardware = await deps.llm.hardware()
  return hardware.ok ? hardware.value : { memoryTotalBytes: 0 }
}

async function checkDisk(
  deps: OneClickDeps,
  { sizeBytes, downloadedBytes }: ModelView,
  fit: GoFact,
): Promise<Result<readonly GoFact[], AppError>> {
  const folder = deps.settings.get().models?.folder ?? deps.facts.modelsFolder
  const free = await deps.machine.freeBytes(folder)
  const needed = sizeBytes - downloadedBytes + SPARE_BYTES
  if (free !== undefined && free < needed) return err({ code: 'storage/disk-full', path: folder, neededBytes: needed })
  const text =
    free === undefined
      ? `How much room ${folder} has is unknown; the model needs ${gib(needed)}.`
      : `The disk has ${gib(free)} free; the model needs ${gib(needed)}.`
  return ok([fit, { about: 'disk', kind: free === undefined ? 'warn' : 'good', text }])
}

/** Where nobody outside said how this computer is called: its own address, where callers of the network could name it. */
function ownAddress(network: GoChoice['network'], own: ReachState['asks']['own']): string | undefined {
  const mayBe = own.filter(({ family }) => network === 'local' || family === 4)
  return mayBe.find(({ address }) => endpointAddress(network, address).ok)?.address
}

interface Way {
  readonly endpoint: GoEndpoint
  readonly facts: readonly GoFact[]
}

/**
 * Where it will listen, and whether validators could call it.
 * @errors mining/port-taken, mining/not-reachable, mining/bad-address
 */
async function checkWay(deps: OneClickDeps, choice: GoChoice, signal: AbortSignal): Promise<Result<Way, AppError>> {
  const { machine, settings, reach } = deps
  const port = settings.get().minerPort
  const practice = choice.network === 'practice'
  const free = port === 0 || (await machine.isPortFree(port, practice ? '127.0.0.1' : '0.0.0.0'))
  if (practice) {
    const text = free ? `Port ${port} is free.` : `Port ${port} is taken by another program, so any free one is used.`
    const inside = 'Practice runs on this computer alone: the way in is open.'
    return ok({
      endpoint: { port: free ? port : 0 },
      facts: [
        { about: 'port', kind: free ? 'good' : 'plain', text },
        { about: 'reach', kind: 'good', text: inside },
      ],
    })
  }
  if (!free) return err({ code: 'mining/port-taken', port })
  const portFact: GoFact = { about: 'port', kind: 'good', text: `Port ${port} is free.` }
  const before = stillHolds(reach.state().report, { port, own: reach.state().asks.own })
  const looked = before ? ok(reach.state()) : await reach.check({ port }, signal)
  if (!looked.ok) return looked
  const verdict = before ?? looked.value.report?.verdict
  const advice = adviceBeforePaying(choice.network, verdict)
  if (advice === 'stop') return err({ code: 'mining/not-reachable', port })
  const best = verdict?.best
  const publicIp = best?.address ?? ownAddress(choice.network, looked.value.asks.own)
  if (publicIp === undefined) return err({ code: 'mining/bad-address', address: '', reason: 'required' })
  const outer = best?.port
  const fact: GoFact =
    advice === 'go'
      ? { about: 'reach', kind: 'good', text: `Validators can reach this computer at ${publicIp}.` }
      : { about: 'reach', kind: 'warn', text: 'Nobody has shown yet that validators can reach this computer.' }
  return ok({
    endpoint: { port, publicIp, ...(outer === undefined ? {} : { publicPort: outer }) },
    facts: [portFact, fact],
  })
}

/** A sealed hotkey cannot announce nor answer: said before a place is paid for, which would be lost to it. */
export function sealedHotkey({ wallets }: Pick<OneClickDeps, 'wallets'>, { hotkey }: GoChoice): AppError | undefined {
  const own = wallets.active()?.hotkeys.find(({ address }) => address === hotkey)
  return own && !own.unlocked && own.encrypted ? { code: 'keys/hotkey-locked', name: own.name } : undefined
}

/**
 * Everything that can be known before a byte is downloaded or a rao is spent.
 * @returns the event that ends the step
 */
export async function checkAll(
  deps: OneClickDeps,
  choice: GoChoice,
  { signal, tell }: { readonly signal: AbortSignal; readonly tell: (note: string) => void },
): Promise<GoEvent> {
  const failed = (error: AppError): GoEvent => ({ kind: 'failed', error })
  if (deps.network.genesis() !== choice.genesis) return failed({ code: 'chain/not-connected' })
  if (deps.wallets.active()?.address !== choice.coldkey)
    return failed({ code: 'keys/other-account', planned: choice.coldkey })
  const sealed = sealedHotkey(deps, choice)
  if (sealed) return failed(sealed)
  tell('the machine')
  const model = await checkModel(deps, choice)
  if (!model.ok) return failed(model.error)
  tell('the way in')
  const way = await checkWay(deps, choice, signal)
  if (!way.ok) return failed(way.error)
  tell('the subnet and the price')
  const now = await readTerms(deps, choice)
  if (!now.ok) return failed(now.error)
  const { terms, uid, plan } = now.value
  const pay = await payFact(deps, choice, uid)
  const facts: GoFact[] = [
    { about: 'hardware', kind: 'plain', text: `This machine: ${terms.hardware}.` },
    ...model.value,
    ...way.value.facts,
    identityFact(deps, choice, terms),
    placeFact(choice, uid, plan),
    ...(pay ? [pay] : []),
  ]
  const value = uid === undefined ? 'ready' : `uid ${uid} is there`
  return { kind: 'checked', terms, endpoint: way.value.endpoint, facts, value, ...(uid === undefined ? {} : { uid }) }
}

function identityFact({ adapters }: OneClickDeps, { adapter }: GoChoice, { identity }: GoTerms): GoFact {
  const [name = ''] = identity.split('\n')
  const isMeant = adapters.byId(adapter)?.expectedIdentity.subnetName !== undefined
  return isMeant
    ? { about: 'identity', kind: 'good', text: `The subnet names itself ${name}, as the adapter expects.` }
    : { about: 'identity', kind: 'plain', text: `The subnet names itself ${name}. The adapter was made for no subnet.` }
}

function placeFact({ network }: GoChoice, uid: number | undefined, plan: RegisterPlan | undefined): GoFact {
  if (uid !== undefined || !plan) return { about: 'price', kind: 'good', text: 'The place is yours: nothing is spent.' }
  const unit = network === 'practice' ? 'play TAO' : 'TAO'
  const full = plan.replacesAnother ? ' All places are taken: yours replaces one that earned little.' : ''
  return {
    about: 'price',
    kind: network === 'practice' ? 'plain' : 'warn',
    text: `A place costs ${formatUnits(plan.price)} ${unit} now, and it does not come back. ${boundSentence(plan)}${full}`,
  }
}

async function payFact(deps: OneClickDeps, choice: GoChoice, uid: number | undefined): Promise<GoFact | undefined> {
  const subnet = await subnetOf(deps, choice.netuid)
  if (!subnet) return undefined
  const pay = await readPay(deps, subnet)
  const { registrationPrice, netuid } = subnet
  const said = paySentence({ netuid, registrationPrice, pay }, { network: choice.network, uid })
  return { about: 'pay', kind: said.isGood ? 'plain' : 'warn', text: said.text }
}

async function subnetOf({ chain }: OneClickDeps, netuid: Netuid): Promise<Subnet | undefined> {
  const snapshot = await chain.subnets()
  return snapshot.ok ? snapshot.value.subnets.find((subnet) => subnet.netuid === netuid) : undefined
}
