import { expect, test } from 'vitest'
import type { ClockPort } from '../system/system.port.ts'
import { PULSE_MS, watchdog } from './pulse.ts'

/** Time that passes by hand. */
function handClock() {
  let now = 0
  let tick = (): void => undefined
  const clock: ClockPort = {
    nowMs: () => now,
    after: () => () => undefined,
    every: (_, run) => {
      tick = run
      return () => {
        tick = () => undefined
      }
    },
  }
  const pass = (ms: number, meanwhile: () => void = () => undefined): void => {
    for (let passed = 0; passed < ms; passed += PULSE_MS) {
      now += PULSE_MS
      meanwhile()
      tick()
    }
  }
  return { clock, pass }
}

function watched() {
  const { clock, pass } = handClock()
  const hangs: string[] = []
  return { dog: watchdog(clock, (reason) => hangs.push(reason)), pass, hangs }
}

test('expects nothing of a worker that has no work', () => {
  const { dog, pass, hangs } = watched()
  pass(3_600_000)
  dog.works(1)
  dog.works(0)
  pass(3_600_000)
  expect(hangs).toEqual([])
})

test('a worker that starts has a minute until its first word', () => {
  const { dog, pass, hangs } = watched()
  dog.works(1)
  pass(58_000)
  expect(hangs).toEqual([])
  pass(2_000)
  expect(hangs).toEqual(['it gave no sign of life'])
})

test('silence after an idle hour counts from the work on, and is told once', () => {
  const { dog, pass, hangs } = watched()
  dog.heard()
  pass(3_600_000)
  dog.works(1)
  pass(14_000)
  expect(hangs).toEqual([])
  pass(60_000)
  expect(hangs).toEqual(['it gave no sign of life'])
})

test('a worker that gets on with its work may take all day', () => {
  const { dog, pass, hangs } = watched()
  dog.works(2)
  let steps = 0
  pass(86_400_000, () => {
    steps += 1
    dog.heard(steps)
  })
  expect(hangs).toEqual([])
})

test('signs of life without a step are a hang, too', () => {
  const { dog, pass, hangs } = watched()
  dog.works(1)
  pass(170_000, () => dog.heard(7))
  expect(hangs).toEqual([])
  pass(20_000, () => dog.heard(7))
  expect(hangs).toEqual(['it got no further with its work'])
})
