import type { Serves } from '../../../shared/backends/backend.ts'
import type { BackendView } from '../../../shared/contract/backends.contract.ts'
import type { ChipKind } from '../../ui/chip.tsx'

export const SERVES_WORDS: Readonly<Record<Serves, string>> = {
  text: 'Writes text',
  embeddings: 'Turns texts into vectors',
  reranking: 'Ranks documents',
}

interface StateWords {
  readonly word: string
  readonly chip: ChipKind
  readonly says: string
}
const STATES: Readonly<Record<BackendView['state'], StateWords>> = {
  off: { word: 'off', chip: 'dashed', says: 'It is asked nothing.' },
  unasked: { word: 'not asked yet', chip: 'neutral', says: 'It is looked at now.' },
  closed: { word: 'ready', chip: 'good', says: 'It is given requests by the length of its queue.' },
  'half-open': {
    word: 'on trial',
    chip: 'warn',
    says: 'It answers again. One request at a time has to prove it; then it is given its share.',
  },
  open: { word: 'not well', chip: 'bad', says: 'It is given nothing until it answers again.' },
}
const BUSY: StateWords = {
  word: 'busy',
  chip: 'warn',
  says: 'It asked to be left alone for a while; others get its requests.',
}

/** @param nowMs to see whether a wait is over */
export const stateWords = ({ state, untilMs }: BackendView, nowMs: number): StateWords =>
  state !== 'open' && state !== 'off' && untilMs !== undefined && untilMs > nowMs ? BUSY : STATES[state]

export const speedText = (tokensPerSecond: number | undefined): string =>
  tokensPerSecond === undefined ? 'unknown' : `${tokensPerSecond.toFixed(1)} tok/s`
export const msText = (ms: number | undefined): string => (ms === undefined ? 'unknown' : `${Math.round(ms)} ms`)
