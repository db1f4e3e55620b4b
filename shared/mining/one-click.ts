import type { AppError } from '../errors.ts'
import type { NetworkKind } from '../network/network.ts'
import type { Collateral } from '../registration/collateral.ts'
import type { Netuid, Rao, Ss58 } from '../units/amounts.ts'

/** From nothing to mining, in this order. Money is spent at `register`, and nowhere else. */
export const GO_STEPS = ['choose', 'check', 'download', 'benchmark', 'confirm', 'register', 'serve', 'mine'] as const
export type GoStep = (typeof GO_STEPS)[number]

/** What is going to be mined with. It does not change within a run. */
export interface GoChoice {
  readonly network: NetworkKind
  readonly genesis: string
  readonly coldkey: Ss58
  readonly netuid: Netuid
  readonly subnetName: string
  readonly hotkey: Ss58
  readonly hotkeyName: string
  readonly adapter: string
  readonly adapterTitle: string
  /** Absent where a service or servers of the user's own do the work. */
  readonly modelId?: string | undefined
  readonly modelName?: string | undefined
  /** The warning about an adapter that nobody tried there was read. */
  readonly understood: boolean
  /** How much dearer the place may get until the chain executes, parts per million. */
  readonly tolerancePpm: number
}

/** One thing that the check found, in a whole sentence. */
export interface GoFact {
  readonly about: 'hardware' | 'disk' | 'port' | 'reach' | 'identity' | 'price' | 'pay' | 'speed'
  readonly kind: 'good' | 'warn' | 'plain'
  readonly text: string
}

/** All amounts in rao. */
export interface GoPlace {
  readonly price: Rao
  readonly limitPrice: Rao
  readonly txFee: Rao
  /** Worst case: limit price and network fee. */
  readonly mostCost: Rao
  /** What the subnet binds of it. `undefined`: the chain does not say. */
  readonly collateral?: BondPolicy | undefined
  /** Of the limit price, bound at the most; 0: none. `undefined`: unknown. */
  readonly mostBound?: Rao | undefined
}

/** Of a price, what is bound and not spent, and how it is freed: as the subnet has it for everybody. */
export type BondPolicy = Pick<Collateral, 'share' | 'freesPpm'>

/** What a confirm is about. If any of it is another afterwards, it is asked for again. */
export interface GoTerms {
  /** What the subnet said of itself. */
  readonly identity: string
  /** What this machine offered a model. */
  readonly hardware: string
  /** Absent: the place is ours already, and nothing is spent. */
  readonly place?: GoPlace | undefined
}

export interface GoMark {
  readonly state: 'done' | 'skipped'
  /** What it found, as a plain fact; of a skipped step, why. */
  readonly value: string
}

/** Where the miner listens, and what callers have to name. */
export interface GoEndpoint {
  readonly port: number
  readonly publicIp?: string | undefined
  readonly publicPort?: number | undefined
}

export interface Agreed {
  readonly identity: string
  readonly hardware: string
  /** What is bound of it is a part of it. */
  readonly mostCost: Rao
  /** `undefined`: it was not known then either. */
  readonly collateral?: BondPolicy | undefined
}

export type GoPhase =
  | 'idle'
  /** A step is under way. */
  | 'running'
  /** It waits for a person to confirm what is spent. */
  | 'asking'
  /** Cancelled or interrupted; it can go on. */
  | 'stopped'
  | 'failed'
  /** All steps are done; the miner itself says how it is. */
  | 'mining'

export interface GoState {
  readonly phase: GoPhase
  /** Under way, asked at, or where it stopped. */
  readonly step: GoStep
  readonly choice?: GoChoice | undefined
  readonly marks: Readonly<Partial<Record<GoStep, GoMark>>>
  /** Of the step under way. */
  readonly note?: string | undefined
  /** Of the step under way, 0..1; absent where it cannot be known. */
  readonly fraction?: number | undefined
  readonly facts: readonly GoFact[]
  readonly endpoint?: GoEndpoint | undefined
  readonly terms?: GoTerms | undefined
  /** What a person agreed to. */
  readonly agreed?: Agreed | undefined
  /** What was prepared under this name may have left this computer: never another one before its end is known. */
  readonly sent?: string | undefined
  readonly uid?: number | undefined
  /** Why it stopped, or why it is asked again. */
  readonly error?: AppError | undefined
  readonly stoppedBy?: 'cancel' | 'restart' | undefined
}

export type GoEvent =
  | { readonly kind: 'go' }
  | { readonly kind: 'chose'; readonly choice: GoChoice }
  | { readonly kind: 'told'; readonly step: GoStep; readonly note?: string; readonly fraction?: number | undefined }
  | {
      readonly kind: 'checked'
      readonly terms: GoTerms
      readonly endpoint: GoEndpoint
      readonly facts: readonly GoFact[]
      readonly uid?: number | undefined
      readonly value: string
    }
  | { readonly kind: 'passed' | 'skipped'; readonly step: 'download' | 'benchmark'; readonly value: string }
  /** All of it, read again. @param error why it has to be asked for again, whatever it costs */
  | { readonly kind: 'quoted'; readonly terms: GoTerms; readonly error?: AppError | undefined }
  /** @param mostCost the most that a person lets it cost, rao */
  | { readonly kind: 'agreed'; readonly mostCost: Rao }
  /** It is about to leave this computer. */
  | { readonly kind: 'sending'; readonly preparedId: string }
  /** A person confirmed and signed it in the window that shows its bytes; it is on its way. */
  | { readonly kind: 'signed'; readonly preparedId: string }
  /** What was prepared never left this computer: it may be asked for again. */
  | { readonly kind: 'unsent'; readonly error: AppError }
  /** The chain refused it: the place is not ours. */
  | { readonly kind: 'refused'; readonly error: AppError }
  | { readonly kind: 'registered'; readonly uid: number; readonly value: string }
  | { readonly kind: 'served'; readonly value: string }
  | { readonly kind: 'failed'; readonly error: AppError }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'restarted' }
  | { readonly kind: 'resumed' }
  /** The miner was stopped by hand. */
  | { readonly kind: 'ended' }
  /** What stopped or failed is not gone on with. */
  | { readonly kind: 'dismissed' }

export const GO_IDLE: GoState = { phase: 'idle', step: 'choose', marks: {}, facts: [] }

export const isGoing = ({ phase }: GoState): boolean => phase === 'running' || phase === 'asking'

/** Another share, or another way of freeing it, is another deal: more bound, or more gone for good. */
const sameBond = (a: BondPolicy | undefined, b: BondPolicy | undefined): boolean =>
  a?.share === b?.share && (a?.share === 0 || a?.freesPpm === b?.freesPpm)

/** Whether what was agreed to covers the terms of now: the same subnet, the same machine, no dearer, and no more or less of it bound. */
export function covers({ agreed, terms }: Pick<GoState, 'agreed' | 'terms'>): boolean {
  if (!agreed || !terms?.place) return false
  return (
    agreed.identity === terms.identity &&
    agreed.hardware === terms.hardware &&
    terms.place.mostCost <= agreed.mostCost &&
    sameBond(agreed.collateral, terms.place.collateral)
  )
}

/** The only state in which money may be spent. */
export const maySpend = (state: GoState): boolean =>
  state.phase === 'running' && state.step === 'register' && state.sent === undefined && covers(state)

/** What is under way has no mark yet, and nothing that belongs to it is left of the step before. */
const at = (state: GoState, phase: GoPhase, step: GoStep): GoState => {
  const { note: _n, fraction: _f, error: _e, stoppedBy: _s, ...rest } = state
  return { ...rest, phase, step }
}
const marked = (state: GoState, step: GoStep, mark: GoMark): GoState => ({
  ...state,
  marks: { ...state.marks, [step]: mark },
})

/** At confirm: who has a place goes on, what was agreed to and is no dearer goes on, all else asks. */
function atConfirm(state: GoState): GoState {
  if (state.uid !== undefined) {
    const value = `uid ${state.uid} is yours already`
    const skipped = marked(marked(state, 'confirm', { state: 'skipped', value: 'nothing is spent' }), 'register', {
      state: 'skipped',
      value,
    })
    return at(skipped, 'running', 'serve')
  }
  if (covers(state)) return at(marked(state, 'confirm', { state: 'done', value: 'agreed' }), 'running', 'register')
  const { agreed: _, ...asked } = state
  return at(asked, 'asking', 'confirm')
}

const isRunningAt = (state: GoState, step: GoStep): boolean => state.phase === 'running' && state.step === step

function passed(state: GoState, event: Extract<GoEvent, { kind: 'passed' | 'skipped' }>): GoState {
  if (!isRunningAt(state, event.step)) return state
  const mark = { state: event.kind === 'passed' ? ('done' as const) : ('skipped' as const), value: event.value }
  const next = marked(state, event.step, mark)
  return event.step === 'download' ? at(next, 'running', 'benchmark') : atConfirm(next)
}

function checked(state: GoState, event: Extract<GoEvent, { kind: 'checked' }>): GoState {
  if (!isRunningAt(state, 'check')) return state
  const { terms, endpoint, facts, uid, value } = event
  const { uid: _, ...rest } = state
  const next = { ...rest, terms, endpoint, facts, ...(uid === undefined ? {} : { uid }) }
  return at(marked(next, 'check', { state: 'done', value }), 'running', 'download')
}

/** Before it is sent a dearer place, another subnet or another machine goes back to the question. */
function quoted(state: GoState, { terms, error }: Extract<GoEvent, { kind: 'quoted' }>): GoState {
  const before = state.step === 'confirm' || state.step === 'register'
  if (!isGoing(state) || !before || state.sent !== undefined) return state
  const next = { ...state, terms }
  if (state.step === 'register' && covers(next) && !error) return next
  const { agreed: _, ...asked } = next
  const { confirm: _c, ...marks } = state.marks
  return { ...at({ ...asked, marks }, 'asking', 'confirm'), ...(error ? { error } : {}) }
}

const agreedTo = ({ identity, hardware }: GoTerms, { collateral }: GoPlace, mostCost: Rao): Agreed => ({
  ...{ identity, hardware, mostCost },
  ...(collateral ? { collateral } : {}),
})

function agreed(state: GoState, mostCost: Rao): GoState {
  if (state.phase !== 'asking' || !state.terms?.place || mostCost < state.terms.place.mostCost) return state
  return atConfirm({ ...state, agreed: agreedTo(state.terms, state.terms.place, mostCost) })
}

function signed(state: GoState, preparedId: string): GoState {
  if (state.phase !== 'asking' || !state.terms?.place) return state
  const { place } = state.terms
  const agreed = agreedTo(state.terms, place, place.mostCost)
  const next = marked({ ...state, agreed, sent: preparedId }, 'confirm', { state: 'done', value: 'signed' })
  return at(next, 'running', 'register')
}

/** The end of what was sent is taken note of in whatever state it comes; it goes on only where it was waited for. */
function sentEnded(state: GoState, event: Extract<GoEvent, { kind: 'unsent' | 'refused' | 'registered' }>): GoState {
  const isWaited = isRunningAt(state, 'register')
  if (state.sent === undefined && !(event.kind === 'registered' && isWaited)) return state
  const { sent: _, agreed: _a, ...known } = state
  if (event.kind === 'registered') {
    const next = marked({ ...known, uid: event.uid }, 'register', { state: 'done', value: event.value })
    return isWaited ? at(next, 'running', 'serve') : next
  }
  if (!isWaited) return known
  const phase = event.kind === 'unsent' ? at(known, 'asking', 'confirm') : at(known, 'failed', 'register')
  return { ...phase, error: event.error }
}

/** Where it goes on: what was sent is looked for first, all else is checked anew. What is ready already passes at once. */
export const resumeStep = ({ choice, sent }: GoState): GoStep =>
  !choice ? 'choose' : sent === undefined ? 'check' : 'register'

function resumed(state: GoState): GoState {
  if (state.phase !== 'stopped' && state.phase !== 'failed') return state
  const step = resumeStep(state)
  if (step === 'register') return at(state, 'running', step)
  const { choose } = state.marks
  return at({ ...state, marks: choose && step !== 'choose' ? { choose } : {} }, 'running', step)
}

/** A person who cancels agrees to nothing any more; what was sent is followed all the same. */
function stopped(state: GoState, stoppedBy: 'cancel' | 'restart'): GoState {
  if (state.phase === 'idle' || (state.phase === 'stopped' && (stoppedBy === 'restart' || !state.agreed))) return state
  if (state.phase === 'failed' && stoppedBy === 'restart') return state
  if (stoppedBy === 'restart') return { ...at(state, 'stopped', state.step), stoppedBy }
  const { agreed: _, ...rest } = state
  return { ...at(rest, 'stopped', state.step), stoppedBy }
}

/**
 * The way from one press to mining. Pure; an event that does not fit the state changes nothing, so a late answer of a step that was
 * cancelled cannot go on with it, and nothing is spent by accident.
 */
export function reduceGo(state: GoState, event: GoEvent): GoState {
  switch (event.kind) {
    case 'go':
      return isGoing(state) || state.phase === 'mining' || state.sent !== undefined
        ? state
        : { ...GO_IDLE, phase: 'running' }
    case 'chose': {
      if (!isRunningAt(state, 'choose')) return state
      const { subnetName, modelName, adapterTitle, choice } = { ...event.choice, choice: event.choice }
      const value = `${subnetName} with ${modelName ?? adapterTitle}`
      return at(marked({ ...state, choice }, 'choose', { state: 'done', value }), 'running', 'check')
    }
    case 'told': {
      if (!isRunningAt(state, event.step)) return state
      const { fraction: _, ...rest } = state
      const share = event.fraction === undefined ? {} : { fraction: Math.min(1, Math.max(0, event.fraction)) }
      return { ...rest, ...(event.note === undefined ? {} : { note: event.note }), ...share }
    }
    case 'checked':
      return checked(state, event)
    case 'passed':
    case 'skipped':
      return passed(state, event)
    case 'quoted':
      return quoted(state, event)
    case 'agreed':
      return agreed(state, event.mostCost)
    case 'sending':
      return maySpend(state) ? { ...state, sent: event.preparedId } : state
    case 'signed':
      return signed(state, event.preparedId)
    case 'unsent':
    case 'refused':
    case 'registered':
      return sentEnded(state, event)
    case 'served':
      return isRunningAt(state, 'serve')
        ? at(marked(state, 'serve', { state: 'done', value: event.value }), 'mining', 'mine')
        : state
    case 'failed':
      return state.phase === 'running' || state.phase === 'asking' || state.phase === 'mining'
        ? { ...at(state, 'failed', state.step), error: event.error }
        : state
    case 'cancelled':
      return stopped(state, 'cancel')
    case 'restarted':
      return stopped(state, 'restart')
    case 'resumed':
      return resumed(state)
    case 'ended':
      return state.phase === 'mining' ? GO_IDLE : state
    case 'dismissed':
      return (state.phase === 'stopped' || state.phase === 'failed') && state.sent === undefined ? GO_IDLE : state
  }
}

export interface GoStepView {
  readonly step: GoStep
  readonly state: 'waiting' | 'running' | 'asking' | 'stopped' | 'done' | 'skipped' | 'failed'
  readonly value?: string | undefined
  readonly fraction?: number | undefined
}

const HERE: Readonly<Record<GoPhase, GoStepView['state']>> = {
  idle: 'waiting',
  running: 'running',
  asking: 'asking',
  stopped: 'stopped',
  failed: 'failed',
  mining: 'running',
}

/** The eight steps as a person sees them. */
export function goSteps(state: GoState): readonly GoStepView[] {
  const current = GO_STEPS.indexOf(state.step)
  return GO_STEPS.map((step, index): GoStepView => {
    const mark = state.marks[step]
    if (index === current) {
      const value = state.note ?? mark?.value
      return {
        step,
        state: HERE[state.phase],
        ...(value === undefined ? {} : { value }),
        ...(state.fraction === undefined ? {} : { fraction: state.fraction }),
      }
    }
    return mark && index < current ? { step, ...mark } : { step, state: 'waiting' }
  })
}
