import { describe, expect, test } from 'vitest'
import type { AppError } from '../../shared/errors.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { type Fresh, LiveRead } from './live-read.ts'

const settled = () => new Promise((resolve) => setTimeout(resolve, 0))

function setup() {
  let answer: Result<number, AppError> = ok(1)
  let reads = 0
  let stopped = 0
  let changed: () => void = () => undefined
  const live = new LiveRead<number>({
    read: async () => {
      reads += 1
      return answer
    },
    trigger: (call) => {
      changed = call
      return () => {
        stopped += 1
      }
    },
  })
  return {
    live,
    next: (a: Result<number, AppError>) => {
      answer = a
    },
    change: () => changed(),
    counts: () => ({ reads, stopped }),
  }
}

/** A live read whose reads wait until the test answers them. */
function held() {
  const answers: ((answer: Result<number, AppError>) => void)[] = []
  const live = new LiveRead<number>({
    read: () => new Promise((resolve) => answers.push(resolve)),
    trigger: () => () => undefined,
  })
  return { live, answers }
}

describe('LiveRead', () => {
  test('one read serves all who watch, and none is made when nobody does', async () => {
    const { live, change, counts } = setup()
    await live.refresh()
    expect(counts().reads).toBe(0)
    const gone = new AbortController()
    const seen: Fresh<number>[][] = [[], []]
    for (const list of seen) live.watch((value) => list.push(value), gone.signal)
    await settled()
    expect(seen[0]?.at(-1)).toEqual({ data: 1 })
    expect(seen[1]?.at(-1)).toEqual({ data: 1 })
    gone.abort()
    expect(counts().stopped).toBe(1)
    const before = counts().reads
    change()
    await settled()
    expect(counts().reads).toBe(before)
  })

  test('old data stays beside an error', async () => {
    const { live, next, change } = setup()
    const seen: Fresh<number>[] = []
    live.watch((value) => seen.push(value), new AbortController().signal)
    await settled()
    next(err({ code: 'chain/not-connected' }))
    change()
    await settled()
    expect(seen.at(-1)).toEqual({ data: 1, error: { code: 'chain/not-connected' } })
  })

  test('after a reset nothing of the old remains', async () => {
    const { live, next } = setup()
    const seen: Fresh<number>[] = []
    live.watch((value) => seen.push(value), new AbortController().signal)
    await settled()
    next(err({ code: 'chain/not-connected' }))
    live.reset()
    await settled()
    expect(seen.at(-1)).toEqual({ data: undefined, error: { code: 'chain/not-connected' } })
  })

  test('a change during a read is not lost', async () => {
    const { live, change, counts } = setup()
    live.watch(() => undefined, new AbortController().signal)
    change()
    change()
    await settled()
    expect(counts().reads).toBe(2)
  })

  test('what was read for those who left is not shown to who comes next', async () => {
    const { live, answers } = held()
    const first = new AbortController()
    live.watch(() => undefined, first.signal)
    first.abort()
    const seen: Fresh<number>[] = []
    live.watch((value) => seen.push(value), new AbortController().signal)
    answers[0]?.(ok(1))
    await settled()
    expect(seen).toEqual([])
    expect(answers).toHaveLength(2)
    answers[1]?.(ok(2))
    await settled()
    expect(seen).toEqual([{ data: 2 }])
  })

  test('what was read before a reset is not shown after it', async () => {
    const { live, answers } = held()
    const seen: Fresh<number>[] = []
    live.watch((value) => seen.push(value), new AbortController().signal)
    live.reset()
    answers[0]?.(ok(1))
    await settled()
    expect(seen).toEqual([])
    answers[1]?.(ok(2))
    await settled()
    expect(seen).toEqual([{ data: 2 }])
  })
})
