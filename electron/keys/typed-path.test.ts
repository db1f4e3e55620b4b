import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { typedPath } from './typed-path.ts'

const home = resolve('/home/somebody')

test.each([
  ['~', home],
  ['~/.bittensor/wallets', join(home, '.bittensor', 'wallets')],
  ['~somebody', resolve('~somebody')],
  ['/a/~/b', resolve('/a/~/b')],
  ['a', resolve('a')],
])('%s is %s', (typed, path) => {
  expect(typedPath(typed, home)).toBe(path)
})
