import type { NetworkKind } from '../network/network.ts'
import type { Netuid, Rao, Ss58 } from '../units/amounts.ts'
import { formatUnits } from '../units/decimal.ts'
import { epochsToEarnBack, type MinerPay, paysByItsNumbers } from './miner-pay.ts'

export interface ProposeAdapter {
  readonly id: string
  readonly title: string
  readonly status: 'verified' | 'stale' | 'unverified'
  readonly date: string
  /** A person has to say that it shall run. */
  readonly byHand: boolean
  readonly needs: 'model' | 'service'
  /** It needs a model that writes. */
  readonly writes: boolean
}

export interface ProposeSubnet {
  readonly netuid: Netuid
  readonly name: string
  readonly usable: boolean
  /** The wallet's own coldkey owns it. */
  readonly owned: boolean
  readonly adapters: readonly ProposeAdapter[]
  readonly registrationPrice?: Rao | undefined
  readonly placesTaken: number
  readonly places: number
  readonly mine: readonly { readonly hotkey: Ss58; readonly uid: number }[]
  /** Absent: unknown. */
  readonly pay?: MinerPay | undefined
}

export interface ProposeModel {
  readonly id: string
  readonly name: string
  readonly origin: 'catalogue' | 'imported' | 'self-test' | 'servers'
  readonly state: 'absent' | 'partial' | 'downloading' | 'ready'
  readonly fits: 'fits' | 'slow' | 'does-not-fit' | 'unknown'
  readonly sizeBytes: number
  readonly writes: boolean
  readonly licence?: string | undefined
}

export interface ProposeInput {
  readonly network: NetworkKind
  readonly hotkeys: readonly { readonly name: string; readonly address: Ss58 }[]
  readonly subnets: readonly ProposeSubnet[]
  readonly models: readonly ProposeModel[]
}

export interface Candidate {
  readonly netuid: Netuid
  readonly subnetName: string
  readonly adapter: string
  readonly adapterTitle: string
  readonly byHand: boolean
  /** Absent where a service of the user's own does the work. */
  readonly modelId?: string | undefined
  readonly modelName?: string | undefined
  readonly licence?: string | undefined
  /** Still to be downloaded; 0: it is here. */
  readonly downloadBytes: number
  /** Absent: one is created. */
  readonly hotkey?: Ss58 | undefined
  readonly hotkeyName: string
  /** Present: the hotkey has its place already. */
  readonly uid?: number | undefined
  readonly price?: Rao | undefined
  /** It may be begun with one press. */
  readonly proposable: boolean
  readonly good: readonly string[]
  readonly bad: readonly string[]
}

/** In place of a model's id: servers of the user's own compute, which were set up before and answer now. */
export const ON_SERVERS = 'backends'
/** One that a person is not asked about before it is made: its file holds no money. */
export const NEW_HOTKEY = 'miner'
/** So many are worth reading. */
const SHOWN = 12

interface Pair {
  readonly subnet: ProposeSubnet
  readonly adapter: ProposeAdapter
  readonly model: ProposeModel | undefined
  readonly hotkey: { readonly name: string; readonly address: Ss58 } | undefined
}

const uidIn = ({ subnet, hotkey }: Pair): number | undefined =>
  subnet.mine.find((mine) => mine.hotkey === hotkey?.address)?.uid

/** Verified, and its own numbers pay for the place; or the place is there already. */
function pays(pair: Pair): boolean {
  const { subnet, adapter } = pair
  if (!subnet.usable || adapter.status !== 'verified' || adapter.byHand) return false
  if (subnet.pay === undefined) return false
  const cost = uidIn(pair) === undefined ? subnet.registrationPrice : undefined
  return cost === undefined ? (subnet.pay.median ?? 0n) > 0n : paysByItsNumbers(subnet.pay, cost)
}

const modelWorks = ({ adapter, model }: Pair): boolean =>
  adapter.needs === 'service' || (model !== undefined && model.fits !== 'does-not-fit')

/** What one press may begin: practice, one's own subnet, or what is verified and pays by its own numbers. */
const mayPropose = (pair: Pair, network: NetworkKind): boolean =>
  modelWorks(pair) &&
  pair.adapter.needs === 'model' &&
  !pair.adapter.byHand &&
  pair.subnet.usable &&
  (network === 'practice' || (pair.model?.origin !== 'self-test' && (pair.subnet.owned || pays(pair))))

const FIT_RANK = { fits: 0, unknown: 1, slow: 2, 'does-not-fit': 3 } as const

/** Smaller is better, compared from the left. */
function rank(pair: Pair, network: NetworkKind): readonly number[] {
  const { subnet, adapter, model } = pair
  const isSelfTest = model?.origin === 'self-test'
  const isHere = model === undefined || model.state === 'ready'
  return [
    mayPropose(pair, network) ? 0 : 1,
    subnet.usable ? 0 : 1,
    adapter.byHand ? 1 : 0,
    uidIn(pair) === undefined ? 1 : 0,
    subnet.owned ? 0 : 1,
    modelWorks(pair) ? 0 : 1,
    // Random weights answer nobody outside of practice; there, a model that is here beats one that has to be fetched.
    network !== 'practice' && isSelfTest ? 1 : 0,
    isHere && !(isSelfTest && network !== 'practice') ? 0 : 1,
    isSelfTest ? 1 : 0,
    // Whoever set servers up wants them to compute.
    model?.origin === 'servers' ? 0 : 1,
    FIT_RANK[model?.fits ?? 'unknown'],
    // The best that fits: a larger one writes better.
    model && isHere ? -model.sizeBytes : (model?.sizeBytes ?? 0),
    pair.hotkey === undefined ? 1 : 0,
    subnet.netuid,
  ]
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, index) => value !== b[index])
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0)
}

const oneOf = <T>(list: readonly T[]): readonly (T | undefined)[] => (list.length === 0 ? [undefined] : list)

function pairsOf({ subnets, models, hotkeys }: ProposeInput): readonly Pair[] {
  return subnets.flatMap((subnet) =>
    subnet.adapters.flatMap((adapter) => {
      const fitting = adapter.needs === 'service' ? [] : models.filter(({ writes }) => writes === adapter.writes)
      if (adapter.needs === 'model' && fitting.length === 0) return []
      return oneOf(fitting).flatMap((model) =>
        oneOf(hotkeys).map((hotkey): Pair => ({ subnet, adapter, model, hotkey })),
      )
    }),
  )
}

/** All that could be begun, best first, each with what speaks for and against it. */
export function propose(input: ProposeInput): readonly Candidate[] {
  const { network } = input
  return pairsOf(input)
    .map((pair) => ({ pair, key: rank(pair, network) }))
    .sort((a, b) => compare(a.key, b.key))
    .slice(0, SHOWN)
    .map(({ pair }) => candidate(pair, input))
}

function candidate(pair: Pair, input: ProposeInput): Candidate {
  const { subnet, adapter, model, hotkey } = pair
  const uid = uidIn(pair)
  const isReady = model === undefined || model.state === 'ready'
  return {
    netuid: subnet.netuid,
    subnetName: subnet.name,
    adapter: adapter.id,
    adapterTitle: adapter.title,
    byHand: adapter.byHand,
    ...(model ? { modelId: model.id, modelName: model.name } : {}),
    ...(model?.licence === undefined ? {} : { licence: model.licence }),
    downloadBytes: isReady ? 0 : (model?.sizeBytes ?? 0),
    ...(hotkey ? { hotkey: hotkey.address } : {}),
    hotkeyName: hotkey?.name ?? NEW_HOTKEY,
    ...(uid === undefined ? {} : { uid }),
    ...(subnet.registrationPrice === undefined ? {} : { price: subnet.registrationPrice }),
    proposable: mayPropose(pair, input.network),
    good: [...aboutSubnet(pair, input).good, ...aboutModel(pair, input).good],
    bad: [...aboutSubnet(pair, input).bad, ...aboutModel(pair, input).bad],
  }
}

interface Reasons {
  readonly good: readonly string[]
  readonly bad: readonly string[]
}

function aboutSubnet(pair: Pair, { network }: ProposeInput): Reasons {
  const { subnet, adapter, hotkey } = pair
  const good: string[] = []
  const bad: string[] = []
  const play = network === 'practice' ? 'play ' : ''
  if (network === 'practice') good.push('It is play money: nothing of value can be lost.')
  if (subnet.owned) good.push('The subnet is yours.')
  if (adapter.status === 'verified' && !adapter.byHand)
    good.push(`This app speaks its protocol; that was tried on ${adapter.date}.`)
  if (adapter.byHand) bad.push('Nobody tried this with the validators of this subnet, so it may earn nothing.')
  const uid = uidIn(pair)
  const price = subnet.registrationPrice
  if (uid !== undefined)
    good.push(`The hotkey ${hotkey?.name ?? ''} has its place already, uid ${uid}: nothing is spent.`)
  else if (price === undefined) bad.push('What a place costs is unknown.')
  else {
    bad.push(`A place costs ${formatUnits(price)} ${play}TAO now, and it does not come back.`)
    if (subnet.placesTaken >= subnet.places) bad.push('All places are taken: yours replaces one that earned little.')
  }
  const paid = paySentence(subnet, { network, uid })
  ;(paid.isGood ? good : bad).push(paid.text)
  return { good, bad }
}

/** What the chain shows, never what will be. */
export function paySentence(
  subnet: Pick<ProposeSubnet, 'pay' | 'registrationPrice' | 'netuid'>,
  { network, uid }: { readonly network: NetworkKind; readonly uid?: number | undefined },
): { readonly isGood: boolean; readonly text: string } {
  const { pay, registrationPrice } = subnet
  const play = network === 'practice' ? 'play ' : ''
  if (!pay || pay.median === undefined)
    return {
      isGood: false,
      text: `What a miner earns there is unknown: ${pay ? `only ${pay.miners} mine it` : 'the chain did not say'}.`,
    }
  if (pay.earning === 0)
    return { isGood: false, text: 'No miner there got anything at the last epoch, or none was yet.' }
  if (pay.median === 0n)
    return {
      isGood: false,
      text: `At the last epoch ${pay.earning} of ${pay.miners} miners got anything; the middle one got nothing.`,
    }
  const worth = pay.medianTao === undefined ? '' : `, worth about ${formatUnits(pay.medianTao)} ${play}TAO`
  const epochs =
    uid === undefined && registrationPrice !== undefined ? epochsToEarnBack(pay, registrationPrice) : undefined
  const back =
    epochs === undefined
      ? ''
      : ` At that pay a place is earned back after ${epochs} epochs; nobody says that yours earns it.`
  return {
    isGood: epochs === undefined || registrationPrice === undefined || paysByItsNumbers(pay, registrationPrice),
    text: `At the last epoch the middle one of ${pay.miners} miners got ${formatUnits(pay.median)} alpha${worth}.${back}`,
  }
}

const gigabytes = (bytes: number): string =>
  bytes < 1e9 ? `${Math.max(1, Math.round(bytes / 1e6))} MB` : `${(bytes / 1e9).toFixed(1)} GB`

function aboutModel({ adapter, model }: Pair, { network }: ProposeInput): Reasons {
  if (adapter.needs === 'service' || !model)
    return {
      good: ['It needs no model: a program of yours does the work.'],
      bad: ['You have to say where that program listens.'],
    }
  if (model.origin === 'servers')
    return {
      good: [`Your own servers answer now: ${model.name}. Nothing has to be downloaded.`],
      bad: ['How fast they are is not measured before you pay.'],
    }
  const good: string[] = []
  const bad: string[] = []
  if (model.origin === 'self-test') {
    if (network === 'practice')
      good.push('The self-test model is here at once. Its text means nothing, and practice pays for it all the same.')
    else bad.push('The self-test model writes nonsense: no validator pays for that.')
  } else if (model.state === 'ready') good.push(`${model.name} is on this computer.`)
  else bad.push(`${model.name} has to be downloaded first: ${gigabytes(model.sizeBytes)}.`)
  if (model.fits === 'fits') good.push('The model fits into this machine.')
  if (model.fits === 'slow') bad.push('The model runs slowly on this machine.')
  if (model.fits === 'does-not-fit') bad.push('The model does not fit into this machine.')
  if (model.fits === 'unknown') bad.push('Whether the model fits into this machine is unknown until it is measured.')
  return { good, bad }
}

/** Why nothing is proposed on a real network, and what one can do. */
export const NOTHING_PROPOSED =
  'Nothing is proposed here: no subnet of yours, and none whose adapter was tried and whose own numbers pay for a place. Most likely you would pay and earn nothing. Practise first, or choose by hand.'
