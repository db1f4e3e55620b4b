import type { AppError } from '../errors.ts'

/** Work from the press of Start to answering, in this order. */
export const MINER_STEPS = ['check', 'load', 'serve', 'announce', 'mine'] as const
export type MinerStep = (typeof MINER_STEPS)[number]

export type MinerPhase = 'idle' | 'checking' | 'loading' | 'serving' | 'announcing' | 'mining' | 'stopping' | 'failed'

export interface MinerState {
  readonly phase: MinerPhase
  /** The step under way, or the one that failed. */
  readonly step?: MinerStep
  /** What each step found, as a plain fact. */
  readonly values: Readonly<Partial<Record<MinerStep, string>>>
  /** Of the step under way, 0..1; absent where it cannot be known. */
  readonly fraction?: number
  /** Why it failed. */
  readonly error?: AppError
}

export type MinerEvent =
  | { readonly kind: 'started' }
  /** A plain fact or a share of a step under way. */
  | { readonly kind: 'told'; readonly step: MinerStep; readonly value?: string; readonly fraction?: number }
  | { readonly kind: 'finished'; readonly step: MinerStep; readonly value: string }
  | { readonly kind: 'failed'; readonly error: AppError }
  | { readonly kind: 'stopAsked' }
  | { readonly kind: 'stopped' }

export const MINER_IDLE: MinerState = { phase: 'idle', values: {} }

const PHASE_OF: Readonly<Record<MinerStep, MinerPhase>> = {
  check: 'checking',
  load: 'loading',
  serve: 'serving',
  announce: 'announcing',
  mine: 'mining',
}

const at = (step: MinerStep, values: MinerState['values']): MinerState => ({ phase: PHASE_OF[step], step, values })

/** Whether something runs that has to be stopped. */
export const isActive = (state: MinerState): boolean => state.phase !== 'idle' && state.phase !== 'failed'

const next = (step: MinerStep): MinerStep => MINER_STEPS[MINER_STEPS.indexOf(step) + 1] ?? 'mine'

function told(state: MinerState, event: Extract<MinerEvent, { kind: 'told' }>): MinerState {
  if (state.phase === 'failed' || state.step !== event.step) return state
  const values = event.value === undefined ? state.values : { ...state.values, [event.step]: event.value }
  const fraction = event.fraction === undefined ? {} : { fraction: Math.min(1, Math.max(0, event.fraction)) }
  return { ...at(event.step, values), ...fraction }
}

/**
 * The life of a miner. Pure; an event that does not fit the state changes nothing, so a late answer of a step that was stopped
 * cannot bring a miner back to life.
 */
export function reduceMiner(state: MinerState, event: MinerEvent): MinerState {
  switch (event.kind) {
    case 'started':
      return isActive(state) ? state : at('check', {})
    case 'told':
      return told(state, event)
    case 'finished':
      if (state.phase === 'failed' || state.step !== event.step || event.step === 'mine') return state
      return at(next(event.step), { ...state.values, [event.step]: event.value })
    case 'failed':
      if (!isActive(state) || state.phase === 'stopping' || state.step === undefined) return state
      return { phase: 'failed', step: state.step, values: state.values, error: event.error }
    case 'stopAsked':
      return isActive(state) ? { phase: 'stopping', values: state.values } : MINER_IDLE
    case 'stopped':
      return state.phase === 'stopping' ? MINER_IDLE : state
  }
}

export interface MinerStepView {
  readonly step: MinerStep
  readonly state: 'waiting' | 'running' | 'done' | 'failed'
  readonly value?: string
  readonly fraction?: number
}

/** The five steps as a person sees them. While stopping, what was done stays shown; when idle, all wait. */
export function minerSteps(state: MinerState): readonly MinerStepView[] {
  const current = state.step === undefined ? -1 : MINER_STEPS.indexOf(state.step)
  return MINER_STEPS.map((step, i): MinerStepView => {
    const value = state.values[step]
    const found = value === undefined ? {} : { value }
    if (i !== current)
      return { step, state: i < current || (current < 0 && value !== undefined) ? 'done' : 'waiting', ...found }
    if (state.phase === 'failed') return { step, state: 'failed', ...found }
    return { step, state: 'running', ...found, ...(state.fraction === undefined ? {} : { fraction: state.fraction }) }
  })
}
