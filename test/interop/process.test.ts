import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nodeSpawn } from '../../electron/system/node-spawn.ts'
import { practice, startPractice } from './practice-process.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'practice-process-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const BOB = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty'
const numberOf = (header: unknown): number => Number((header as { number: string }).number)

/** Starts one that must refuse. @returns its one line and its exit code. */
async function refused(...args: string[]) {
  const { exited, line, errors } = await startPractice(args)
  const [code] = (await exited) as [number]
  expect(errors).toEqual([])
  return { code, error: line.error }
}

describe('the practice process', { timeout: 120_000 }, () => {
  it('goes on after a crash at the last block that it showed, with the same hashes and state', async () => {
    const first = await practice(['--data', folder, '--seed', '5'])
    const { txHash, block } = (await first.rpc('practice_faucet', BOB, '5000000000')) as Record<string, unknown>
    expect(txHash).toMatch(/^0x[0-9a-f]{64}$/)
    const head = (await first.rpc('chain_getHeader')) as { number: string }
    const hash = await first.rpc('chain_getBlockHash', numberOf(head))
    const body = await first.rpc('chain_getBlock', await first.rpc('chain_getBlockHash', block))
    await first.kill()
    const second = await practice(['--data', folder])
    expect(second.genesis).toBe(first.genesis)
    expect(await second.rpc('chain_getBlockHash', numberOf(head))).toBe(hash)
    expect(await second.rpc('chain_getBlock', await second.rpc('chain_getBlockHash', block))).toEqual(body)
    expect(numberOf(await second.rpc('chain_getHeader'))).toBeGreaterThanOrEqual(numberOf(head))
    expect(await refused('--data', folder)).toMatchObject({ code: 1, error: { code: 'practice/folder-in-use' } })
    const port = new URL(second.ws).port
    expect(await refused('--port', port)).toMatchObject({ code: 1, error: { code: 'practice/port-taken' } })
    await second.kill()
    expect(await refused('--data', folder, '--seed', '6')).toMatchObject({
      code: 1,
      error: { code: 'practice/other-network', message: `${folder} holds the network of seed 5, not 6` },
    })
  })

  it('refuses arguments that it does not know', async () => {
    expect(await refused('--colour', 'red')).toMatchObject({ code: 1, error: { code: 'practice/bad-argument' } })
  })

  it('tells a parent that forked it, and sends at most 10,000 TAO a call', async () => {
    const worker = nodeSpawn.start('practice', { args: ['--block-ms', '250', '--no-validator'] })
    const ready = await new Promise<unknown>((resolve) => worker.onMessage(resolve))
    expect(ready).toMatchObject({ kind: 'ready', ws: expect.stringMatching(/^ws:\/\/127\.0\.0\.1:\d+$/), spec: 424 })
    worker.kill()
    const chain = await practice(['--no-validator'])
    await expect(chain.rpc('practice_faucet', BOB, '10000000000001')).rejects.toThrow('-32602')
    await chain.kill()
  })

  it('makes the same genesis from the same seed', async () => {
    const chains = await Promise.all(
      [
        ['--seed', '5'],
        ['--seed', '5'],
        ['--seed', '6'],
      ].map(practice),
    )
    const [one, same, other] = chains.map((chain) => chain.genesis)
    await Promise.all(chains.map((chain) => chain.kill()))
    expect(same).toBe(one)
    expect(other).not.toBe(one)
  })
})
