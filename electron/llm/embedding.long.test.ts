import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { minilm } from '../../test/support/minilm.ts'
import { nodeSpawn } from '../system/node-spawn.ts'
import { launchLlm } from './launch.ts'

const file = await minilm()
const never = new AbortController().signal

/** Each with one that means the same in other words, and one of the same words that means something else. */
const SENTENCES = [
  [
    'A man is playing a guitar on the stage.',
    'Somebody performs music with a stringed instrument.',
    'The stage of the rocket burnt out.',
  ],
  [
    'How do I open an account at a bank?',
    'What is needed to become a customer of a bank?',
    'The boat lay at the bank of the river.',
  ],
  ['The cat sleeps on the sofa.', 'A kitten is taking a nap on the couch.', 'The sofa was sold at an auction.'],
  [
    'Stocks fell sharply on Monday.',
    'Share prices dropped a lot at the start of the week.',
    'On Monday he cooked a stock of bones.',
  ],
] as const

describe.skipIf(!file)('a real embedding model', { timeout: 120_000 }, () => {
  const clock = {
    nowMs: () => Date.now(),
    after: (delayMs: number, run: () => void) => {
      const timer = setTimeout(run, delayMs)
      return () => clearTimeout(timer)
    },
    every: () => () => undefined,
  }
  const llm = launchLlm({ spawn: nodeSpawn, clock })
  beforeAll(async () => {
    const loaded = await llm.load({ file: file ?? '' })
    expect(loaded).toMatchObject({ ok: true, value: { name: 'all-MiniLM-L6-v2', does: ['embed'] } })
  }, 120_000)
  afterAll(() => llm.close())

  async function vectorsOf(texts: readonly string[]): Promise<readonly (readonly number[])[]> {
    const result = await llm.embed({ texts, deadlineMs: Date.now() + 60_000 }, never)
    if (!result.ok) throw new Error(JSON.stringify(result.error))
    return result.value.vectors
  }
  const cosine = (a: readonly number[] = [], b: readonly number[] = []): number =>
    a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0)

  test.each(SENTENCES)('finds the meaning of "%s"', async (...texts) => {
    const [one, same, other] = await vectorsOf(texts)
    expect(one).toHaveLength(384)
    expect(cosine(one, one)).toBeCloseTo(1, 5)
    expect(cosine(one, same)).toBeGreaterThan(cosine(one, other))
  })

  /** @source sentence-transformers, quickstart: its own example with this model */
  test('gives the numbers that its makers publish', async () => {
    const [weather, sunny, stadium] = await vectorsOf([
      'The weather is lovely today.',
      "It's so sunny outside!",
      'He drove to the stadium.',
    ])
    expect(cosine(weather, sunny)).toBeCloseTo(0.666, 2)
    expect(cosine(weather, stadium)).toBeCloseTo(0.1046, 2)
    expect(cosine(sunny, stadium)).toBeCloseTo(0.1411, 2)
  })
})
