import {
  appendFileSync,
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FAKE_SENDER, fakeExtrinsic, fakeRuntime } from './fake-runtime.ts'
import { FolderInUse, type OpenChain, openChain } from './open-chain.ts'
import { PracticeNode } from './practice-node.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'practice-journal-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const open = (more: { seed?: number; spec?: number; at?: string } = {}): Promise<OpenChain> =>
  openChain({ runtime: fakeRuntime(more.spec ?? 1), seed: more.seed, blockMs: 250, folder: more.at ?? folder })

function nodeOn(opened: OpenChain): PracticeNode {
  const { chain, store } = opened
  return new PracticeNode({ chain, blockMs: 250, nowMs: Date.now, ...(store ? { store } : {}) })
}

/** Makes blocks that each change state, and returns the hashes from block 0 on. */
function grow(opened: OpenChain, blocks: number): string[] {
  const node = nodeOn(opened)
  for (let i = 0; i < blocks; i += 1) {
    const nonce = node.pool.nextNonce(FAKE_SENDER)
    const value = `0x${nonce.toString(16).padStart(8, '0')}`
    node.pool.submit(fakeExtrinsic({ sender: FAKE_SENDER, nonce, set: ['0x77', value] }))
    node.produce()
  }
  return Array.from({ length: opened.chain.best.header.number + 1 }, (_, n) => opened.chain.hashOf(n)!)
}

describe('a chain on disk', () => {
  it('goes on where it was, with the same hashes, bodies and state of every block', async () => {
    const first = await open({ seed: 7 })
    const hashes = grow(first, 5)
    const values = hashes.map((_, n) => first.chain.stateAt(n)?.get('0x77'))
    first.close()
    const second = await open()
    expect(hashes.map((_, n) => second.chain.hashOf(n))).toEqual(hashes)
    expect(hashes.map((_, n) => second.chain.stateAt(n)?.get('0x77'))).toEqual(values)
    expect(second.chain.blockOf(hashes[5]!)).toEqual(first.chain.blockOf(hashes[5]!))
    expect(grow(second, 2).slice(0, 6)).toEqual(hashes)
    second.close()
  })

  it('resumes at the last whole block wherever the file was cut', async () => {
    const first = await open()
    const before = grow(first, 2)
    const file = join(folder, readdirSync(folder)[0]!)
    const whole = statSync(file).size
    const after = grow(first, 1)
    first.close()
    const end = statSync(file).size
    for (let cut = whole; cut < end; cut += 13) {
      const copy = mkdtempSync(join(tmpdir(), 'practice-cut-'))
      const target = join(copy, readdirSync(folder)[0]!)
      copyFileSync(file, target)
      truncateSync(target, cut)
      const again = await open({ at: copy })
      expect(again.chain.best.hash).toBe(before[2])
      again.close()
      expect(statSync(target).size).toBe(whole)
      rmSync(copy, { recursive: true })
    }
    const intact = await open()
    expect(intact.chain.best.hash).toBe(after[3])
    intact.close()
  })

  it('drops rubbish after the last block, and writes on after a restart', async () => {
    const first = await open()
    const hashes = grow(first, 2)
    first.close()
    const file = join(folder, readdirSync(folder)[0]!)
    appendFileSync(file, Buffer.from('ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00', 'hex'))
    const second = await open()
    expect(second.chain.best.hash).toBe(hashes[2])
    const more = grow(second, 1)
    second.close()
    const third = await open()
    expect(third.chain.best.hash).toBe(more[3])
    third.close()
  })

  it('begins a new file with a whole state now and then, keeps two, and still has the history', async () => {
    const first = await open()
    const hashes = grow(first, 7_300)
    first.close()
    expect(readdirSync(folder).sort()).toEqual(['blocks-0000004800.journal', 'blocks-0000007200.journal'])
    const second = await open()
    expect(second.chain.best.hash).toBe(hashes[7_300])
    expect(second.chain.genesisHash).toBe(hashes[0])
    expect(second.chain.stateAt(7_300 - 2_399)?.get('0x77')).toEqual(new Uint8Array(Buffer.from('00001324', 'hex')))
    expect(second.chain.stateAt(7_300 - 2_400)).toBeUndefined()
    expect(second.chain.hashOf(3_300)).toBe(hashes[3_300])
    second.close()
  }, 60_000)

  it('refuses another seed and other rules, and leaves the folder as it is', async () => {
    const first = await open({ seed: 7 })
    grow(first, 1)
    first.close()
    const file = join(folder, readdirSync(folder)[0]!)
    const bytes = readFileSync(file)
    await expect(open({ seed: 8 })).rejects.toThrow(`${folder} holds the network of seed 7, not 8`)
    await expect(open({ spec: 2 })).rejects.toThrow('made by another version')
    expect(readFileSync(file).equals(bytes)).toBe(true)
  })

  it('is worked on by one process at a time', async () => {
    const first = await open()
    await expect(open()).rejects.toThrow(FolderInUse)
    first.close()
    const second = await open()
    second.close()
  })
})
