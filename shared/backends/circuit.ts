/** Whether a server is given requests, by what came of those before. */
export interface Circuit {
  /** `half-open`: it seems well again, and one request at a time proves it. */
  readonly state: 'unasked' | 'closed' | 'open' | 'half-open'
  /** In a row, since it was well. */
  readonly failures: number
  /** How often it was opened in a row; the wait doubles with each. */
  readonly opened: number
  /** Nothing is asked before; ms since 1970. */
  readonly untilMs: number
  /** The one request of `half-open` is under way. */
  readonly onTrial: boolean
}

export type CircuitEvent =
  /** A request was handed to it. */
  | { readonly kind: 'took' }
  /** The request ended and tells nothing of its health: cancelled, or refused for what it asked. */
  | { readonly kind: 'told-nothing' }
  | { readonly kind: 'answered' }
  | { readonly kind: 'looked-well' }
  /** `sure`: no second try is needed to know, as with a refused connection or a refused key. */
  | { readonly kind: 'failed'; readonly sure: boolean; readonly nowMs: number }
  /** It is well and asks for a pause. */
  | { readonly kind: 'asked-to-wait'; readonly untilMs: number }

export const UNASKED: Circuit = { state: 'unasked', failures: 0, opened: 0, untilMs: 0, onTrial: false }
const CLOSED: Circuit = { ...UNASKED, state: 'closed' }

/** One failure may be of the request; three in a row are of the server. */
const MOST_FAILURES = 3
/** Wait before the first new try, doubled with each, ms. */
export const FIRST_WAIT_MS = 1_000
export const LONGEST_WAIT_MS = 60_000

const waitMs = (opened: number): number => Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(opened, 16))

export function reduceCircuit(circuit: Circuit, event: CircuitEvent): Circuit {
  switch (event.kind) {
    case 'took':
      return circuit.state === 'half-open' ? { ...circuit, onTrial: true } : circuit
    case 'told-nothing':
      return { ...circuit, onTrial: false }
    case 'answered':
      return CLOSED
    case 'looked-well':
      // What failed with requests has to be proved with one; a look alone does not close it.
      return circuit.state === 'open' ? { ...circuit, state: 'half-open', onTrial: false } : afterLook(circuit)
    case 'asked-to-wait':
      return { ...circuit, untilMs: Math.max(circuit.untilMs, event.untilMs), onTrial: false }
    case 'failed':
      return failed(circuit, event)
  }
}

const afterLook = (circuit: Circuit): Circuit => (circuit.state === 'unasked' ? CLOSED : circuit)

function failed(circuit: Circuit, { sure, nowMs }: Extract<CircuitEvent, { kind: 'failed' }>): Circuit {
  const failures = circuit.failures + 1
  const opens = sure || circuit.state === 'half-open' || circuit.state === 'open' || failures >= MOST_FAILURES
  if (!opens) return { ...circuit, failures }
  // Requests that were given to it before it was opened fail one after the other: that is one failure, not many.
  if (circuit.state === 'open' && nowMs < circuit.untilMs) return { ...circuit, failures }
  const untilMs = Math.max(circuit.untilMs, nowMs + waitMs(circuit.opened))
  return { state: 'open', failures, opened: circuit.opened + 1, untilMs, onTrial: false }
}

/** Whether it may be given a request now. */
export function mayTake({ state, untilMs, onTrial }: Circuit, nowMs: number): boolean {
  if (state === 'open' || nowMs < untilMs) return false
  return state !== 'half-open' || !onTrial
}
