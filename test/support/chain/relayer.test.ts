import { afterAll, beforeAll, expect, test } from 'vitest'
import { Between, listOf, type Pair, type Passing } from './between.ts'
import { type PracticeNetwork, startPractice } from './practice-network.ts'
import { Relayer } from './relayer.ts'

interface Frame {
  readonly id?: number
  readonly method?: string
  readonly params?: { readonly result?: unknown }
}

/** Holds back every answer with a block until a transaction is told to be final: a busy computer, at its worst. */
function slowToRead({ toNode, toClient }: Pair): Passing {
  const blocks = new Set<number | undefined>()
  const held: string[] = []
  let final = false
  return {
    fromClient(text) {
      for (const { id, method } of listOf<Frame>(JSON.parse(text))) if (method === 'chain_getBlock') blocks.add(id)
      toNode(text)
    },
    fromNode(text) {
      const frames = listOf<Frame>(JSON.parse(text))
      if (!final && frames.some(({ id }) => id !== undefined && blocks.has(id))) return void held.push(text)
      toClient(text)
      if (!frames.some(({ params }) => isFinal(params?.result))) return
      final = true
      for (const one of held.splice(0)) toClient(one)
    },
  }
}
const isFinal = (status: unknown): boolean => typeof status === 'object' && status !== null && 'finalized' in status

let network: PracticeNetwork
let between: Between
let relayer: Relayer
beforeAll(async () => {
  network = await startPractice()
  between = await Between.before(network.ws, slowToRead)
  relayer = await Relayer.join(between.ws)
})
afterAll(async () => {
  await relayer?.close()
  await between?.stop()
  await network?.stop()
})

test('a relayer that reads a block only when it is final still learns what came of it', async () => {
  expect(await relayer.switchOrders(true)).toBe('done')
})
