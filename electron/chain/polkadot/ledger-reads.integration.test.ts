import { afterAll, beforeAll, expect, test } from 'vitest'
import { must, never, newChain, untilBlock } from '../../../test/support/chain/chain-session.ts'
import { type PracticeNetwork, startPractice } from '../../../test/support/chain/practice-network.ts'

let network: PracticeNetwork
const chain = newChain()
beforeAll(async () => {
  network = await startPractice(['--block-ms', '100'])
  must(await chain.connect({ endpoint: network.ws, genesis: network.genesis }, never))
}, 60_000)
afterAll(async () => {
  await chain.disconnect()
  await network?.stop()
})

test('every epoch of the past is found, and only those within the range', { timeout: 60_000 }, async () => {
  await untilBlock(chain, 50)
  const facts = must(await chain.epochFacts())
  const netuids = facts.map(({ netuid }) => netuid)
  const state = chain.state()
  const best = state.state === 'ready' ? state.best.number : 0
  const epochs = must(await chain.epochsIn(netuids, { from: 1, to: best }))
  for (const { netuid, tempo, lastEpochBlock } of facts) {
    const blocks = epochs.filter((epoch) => epoch.netuid === netuid).map(({ block }) => block)
    if (lastEpochBlock > 0) expect(blocks).toContain(lastEpochBlock)
    // Epochs keep their distance; one that was left out would double it.
    for (const [index, block] of blocks.entries())
      if (index > 0) expect(block - (blocks[index - 1] ?? 0)).toBeLessThanOrEqual(tempo + 1)
  }
  const [first, second] = [...new Set(epochs.map(({ block }) => block))]
  if (first === undefined || second === undefined) throw new Error('no two epochs in fifty blocks')
  const between = must(await chain.epochsIn(netuids, { from: first + 1, to: second }))
  expect(new Set(between.map(({ block }) => block))).toEqual(new Set([second]))
  expect(
    must(await chain.epochsIn(netuids, { from: first + 1, to: first + 1 })).filter(({ block }) => block === first),
  ).toEqual([])
})
