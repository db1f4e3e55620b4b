import { setImmediate } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { Pause } from './pause.ts'
import { inTurn, Round } from './round.ts'

/** After the first one each token takes some turns of the event loop. */
async function* tokens(count: number, turns: number): AsyncGenerator<number> {
  for (let token = 1; token <= count; token++) {
    for (let turn = 0; turn < turns && token > 1; turn++) await setImmediate()
    yield token
  }
}

describe('texts that are written at the same time', () => {
  test('go on together, whoever is slower, and do not wait for those that have ended', async () => {
    const engine = { round: new Round(), pause: new Pause() }
    const at = new Map<string, number>()
    const ended: string[] = []
    let mostApart = 0
    const write = async (name: string, count: number, turns: number): Promise<void> => {
      for await (const token of inTurn(tokens(count, turns), engine)) {
        at.set(name, token)
        mostApart = Math.max(mostApart, Math.max(...at.values()) - Math.min(...at.values()))
      }
      at.delete(name)
      ended.push(name)
    }
    await Promise.all([write('quick', 41, 1), write('short', 20, 3), write('slow', 40, 7)])
    expect(mostApart).toBe(1)
    expect(ended).toEqual(['short', 'slow', 'quick'])
  })

  test('are not held up by one that is left off in the middle, or fails', async () => {
    const engine = { round: new Round(), pause: new Pause() }
    const written: number[] = []
    const whole = async (): Promise<void> => {
      for await (const token of inTurn(tokens(30, 1), engine)) written.push(token)
    }
    const left = async (): Promise<void> => {
      for await (const token of inTurn(tokens(30, 1), engine)) if (token === 5) break
    }
    const failed = async (): Promise<void> => {
      for await (const token of inTurn(tokens(30, 1), engine)) if (token === 9) throw new Error('as expected')
    }
    const [, , failure] = await Promise.allSettled([whole(), left(), failed()])
    expect(failure).toMatchObject({ status: 'rejected', reason: { message: 'as expected' } })
    expect(written).toHaveLength(30)
    expect(engine.round.next()).toBeUndefined()
  })

  test('let pass what needs the model for itself', async () => {
    const engine = { round: new Round(), pause: new Pause() }
    let busy = false
    let during = 0
    const write = async (): Promise<void> => {
      for await (const _ of inTurn(tokens(20, 1), engine)) if (busy) during += 1
    }
    const texts = [write(), write()]
    await setImmediate()
    await engine.pause.during(async () => {
      // Tokens that were asked for before still come.
      for (let turn = 0; turn < 10; turn++) await setImmediate()
      busy = true
      for (let turn = 0; turn < 10; turn++) await setImmediate()
      busy = false
    })
    await Promise.all(texts)
    expect(during).toBe(0)
  })

  test('know when one is left alone', () => {
    const round = new Round()
    const alone = [round.isAlone]
    for (const step of ['enter', 'enter', 'leave', 'leave'] as const) {
      round[step]()
      alone.push(round.isAlone)
    }
    expect(alone).toEqual([true, true, false, true, true])
  })
})
