import { expect, test } from 'vitest'
import {
  type Circuit,
  type CircuitEvent,
  FIRST_WAIT_MS,
  LONGEST_WAIT_MS,
  mayTake,
  reduceCircuit,
  UNASKED,
} from './circuit.ts'

const after = (events: readonly CircuitEvent[], from: Circuit = UNASKED) => events.reduce(reduceCircuit, from)
const failed = (nowMs: number, sure = false): CircuitEvent => ({ kind: 'failed', sure, nowMs })
const WELL: CircuitEvent = { kind: 'looked-well' }
const TOOK: CircuitEvent = { kind: 'took' }
const ANSWERED: CircuitEvent = { kind: 'answered' }

test('one that was never asked may be given work, and a look closes it', () => {
  expect(mayTake(UNASKED, 0)).toBe(true)
  expect(after([WELL]).state).toBe('closed')
})

test('three failures in a row open it, an answer between them does not', () => {
  expect(after([WELL, failed(1), failed(2)]).state).toBe('closed')
  expect(after([WELL, failed(1), failed(2), ANSWERED, failed(3), failed(4)]).state).toBe('closed')
  expect(after([WELL, failed(1), failed(2), failed(3)]).state).toBe('open')
})

test('what is sure opens it at once', () => {
  const open = after([WELL, failed(10, true)])
  expect(open).toMatchObject({ state: 'open', untilMs: 10 + FIRST_WAIT_MS })
  expect(mayTake(open, 1e12)).toBe(false)
})

test('the failures of requests that it had already count once', () => {
  const open = after([WELL, failed(10, true), failed(11, true), failed(12), failed(13)])
  expect(open).toMatchObject({ opened: 1, untilMs: 10 + FIRST_WAIT_MS })
})

test('each new failure doubles the wait, up to its end', () => {
  let circuit = after([WELL, failed(0, true)])
  const waits: number[] = []
  for (let i = 0; i < 9; i++) {
    const now = circuit.untilMs
    circuit = reduceCircuit(circuit, failed(now))
    waits.push(circuit.untilMs - now)
  }
  expect(waits).toEqual([2, 4, 8, 16, 32, 60, 60, 60, 60].map((seconds) => seconds * 1_000))
  expect(Math.max(...waits)).toBe(LONGEST_WAIT_MS)
})

test('once it looks well, one request at a time proves it', () => {
  const half = after([WELL, failed(0, true), WELL])
  expect(half.state).toBe('half-open')
  expect(mayTake(half, FIRST_WAIT_MS)).toBe(true)
  const onTrial = after([TOOK], half)
  expect(mayTake(onTrial, FIRST_WAIT_MS)).toBe(false)
  expect(mayTake(after([{ kind: 'told-nothing' }], onTrial), FIRST_WAIT_MS)).toBe(true)
  expect(after([ANSWERED], onTrial)).toMatchObject({ state: 'closed', opened: 0, failures: 0 })
  expect(after([failed(FIRST_WAIT_MS)], onTrial)).toMatchObject({ state: 'open', opened: 2 })
})

test('a look alone changes nothing of one that is closed or on trial', () => {
  const onTrial = after([WELL, failed(0, true), WELL, TOOK])
  expect(after([WELL], onTrial)).toEqual(onTrial)
})

test('one that asks for a pause gets it, and is well after it', () => {
  const paused = after([WELL, { kind: 'asked-to-wait', untilMs: 500 }])
  expect([mayTake(paused, 499), mayTake(paused, 500), paused.state]).toEqual([false, true, 'closed'])
  expect(after([{ kind: 'asked-to-wait', untilMs: 100 }], paused).untilMs).toBe(500)
})
