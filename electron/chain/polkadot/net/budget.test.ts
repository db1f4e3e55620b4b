import { describe, expect, test } from 'vitest'
import type { ClockPort } from '../../../system/system.port.ts'
import { Budget } from './budget.ts'
import { Endpoints, usualAllowance } from './endpoints.ts'
import { Outbox, type Waiting } from './outbox.ts'

class Clock implements ClockPort {
  now = 1_000_000
  #timers: { at: number; run: () => void }[] = []
  nowMs = () => this.now
  after = (delayMs: number, run: () => void) => {
    const timer = { at: this.now + delayMs, run }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((one) => one !== timer)
    }
  }
  every = () => () => undefined
  async pass(ms: number): Promise<void> {
    const end = this.now + ms
    while (this.now < end) {
      this.now += 100
      const due = this.#timers.filter(({ at }) => at <= this.now)
      this.#timers = this.#timers.filter((timer) => !due.includes(timer))
      for (const { run } of due) run()
      await turns()
    }
  }
}
const turns = async () => {
  for (let i = 0; i < 4; i++) await new Promise((resolve) => setImmediate(resolve))
}

describe('Budget', () => {
  test('a burst leaves at once, then one a second; what signs never waits behind what is looked at', () => {
    const clock = new Clock()
    const budget = new Budget(clock, { perSecond: 1, burst: 10 })
    expect(budget.take('background', 100)).toBe(6)
    expect(budget.take('background', 1)).toBe(0)
    expect(budget.take('view', 100)).toBe(2)
    expect(budget.take('signing', 100)).toBe(2)
    expect(budget.left()).toBe(0)
    clock.now += 3_000
    expect(budget.left()).toBe(3)
    expect(budget.take('background', 1)).toBe(0)
    expect(budget.take('view', 1)).toBe(1)
  })

  test('a clock that was set back takes nothing away, and a refusal of the endpoint empties it', () => {
    const clock = new Clock()
    const budget = new Budget(clock, { perSecond: 2, burst: 4 })
    clock.now -= 60_000
    expect(budget.left()).toBe(4)
    budget.drain(5_000)
    expect(budget.left()).toBe(0)
    clock.now += 5_000
    expect(budget.left()).toBe(0)
    clock.now += 1_000
    expect(budget.left()).toBe(2)
  })

  test('a node of this computer has no limit, a public one has, and a person may say otherwise', () => {
    for (const own of ['ws://127.0.0.1:9944', 'ws://localhost:1', 'ws://[::1]:1'])
      expect(usualAllowance(own)).toBe(undefined)
    for (const far of ['wss://a.example', 'ws://127.0.0.1.example', 'nonsense'])
      expect(usualAllowance(far)?.perSecond).toBe(1)
    const endpoints = new Endpoints(new Clock())
    expect(endpoints.of('wss://a.example').budget.left()).toBe(14)
    endpoints.choose({ 'wss://a.example': 0, 'ws://127.0.0.1:1': 3 })
    expect(endpoints.of('wss://a.example').budget.left()).toBe(undefined)
    expect(endpoints.of('ws://127.0.0.1:1').budget.allowance).toEqual({ perSecond: 3, burst: 14 })
  })

  test('what failed lately comes last; of the others the quickest is first', () => {
    const clock = new Clock()
    const endpoints = new Endpoints(clock)
    endpoints.of('wss://slow').answerMs = 1_500
    endpoints.of('wss://quick').answerMs = 80
    endpoints.avoid(endpoints.of('wss://failed'))
    const order = () =>
      endpoints.ranked(['wss://failed', 'wss://slow', 'wss://new', 'wss://quick']).map((e) => e.address)
    expect(order()).toEqual(['wss://quick', 'wss://new', 'wss://slow', 'wss://failed'])
    clock.now += 61_000
    expect(order()).toEqual(['wss://quick', 'wss://failed', 'wss://new', 'wss://slow'])
  })
})

describe('Outbox', () => {
  interface Item extends Waiting {
    readonly name: string
  }
  test('sends by priority, drops nothing, and tells what waited too long', async () => {
    const clock = new Clock()
    const sent: string[] = []
    const late: string[] = []
    const budget = new Budget(clock, { perSecond: 1, burst: 5 })
    const outbox = new Outbox<Item>(budget, clock, (items) => sent.push(...items.map(({ name }) => name)))
    const put = (name: string, priority: Waiting['priority']) =>
      outbox.put({ name, priority, queuedAtMs: clock.now, expire: () => late.push(name) })
    for (let n = 0; n < 4; n++) put(`b${n}`, 'background')
    for (let n = 0; n < 4; n++) put(`v${n}`, 'view')
    put('s', 'signing')
    await turns()
    expect(sent).toEqual(['s', 'v0', 'v1'])
    await clock.pass(2_500)
    expect(sent).toEqual(['s', 'v0', 'v1', 'v2', 'v3'])
    // Views keep coming and are always first: what is behind them is told so, and was never sent.
    for (let second = 0; second < 62; second++) {
      put(`w${second}`, 'view')
      await clock.pass(1_000)
    }
    expect(late).toEqual(['b0', 'b1', 'b2', 'b3'])
    expect(sent.filter((name) => name.startsWith('b'))).toEqual([])
    expect(sent.length + late.length + outbox.size).toBe(9 + 62)
  })
})
