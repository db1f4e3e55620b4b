import { expect, test } from 'vitest'
import { ok } from '../../shared/result.ts'
import type { KeysPort } from './keys.port.ts'
import { switchingKeys } from './switching-keys.ts'

/** A signer whose lock takes until `release`, and which answers with the name it was made with. */
function slowToLock(name: string) {
  const locks: (() => void)[] = []
  const asked: string[] = []
  const port = {
    lockAll: () => new Promise<void>((resolve) => void locks.push(resolve)),
    list: async () => {
      asked.push('list')
      return ok([{ name }])
    },
  } as unknown as KeysPort
  return { port, asked, release: () => locks.shift()?.() }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

test('what is asked during a switch is answered by the wallets that stay, and not by those that end', async () => {
  const [real, practice] = [slowToLock('real'), slowToLock('practice')]
  const keys = switchingKeys({ real: real.port, practice: practice.port })
  const used = keys.use('practice')
  const listed = keys.list()
  await turn()
  expect([real.asked, practice.asked]).toEqual([[], []])
  real.release()
  await used
  expect(await listed).toEqual(ok([{ name: 'practice' }]))
  expect(real.asked).toEqual([])
})

test('of two switches the one that was asked for last stays, however long the first one takes', async () => {
  const [real, practice] = [slowToLock('real'), slowToLock('practice')]
  const keys = switchingKeys({ real: real.port, practice: practice.port })
  const both = Promise.all([keys.use('practice'), keys.use('real')])
  await turn()
  real.release()
  await turn()
  practice.release()
  await both
  expect(await keys.list()).toEqual(ok([{ name: 'real' }]))
})
