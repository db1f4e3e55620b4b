import { describe, expect, test } from 'vitest'
import { ss58 } from '../units/amounts.ts'
import { identityDifference, pinnedIdentity } from './subnet-identity.ts'

const ALICE = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const BOB = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const expected = {
  networks: ['finney'],
  subnetName: 'Ready',
  ownerColdkey: ALICE,
  githubRepo: 'https://github.com/a/b',
} as const
const live = { network: 'finney', subnetName: 'Ready', ownerColdkey: ALICE, githubRepo: 'github.com/A/b.git' } as const

describe('identityDifference', () => {
  test('finds none where name, owner and repository are the same, however the repository is spelt', () => {
    expect(identityDifference(expected, live)).toBeUndefined()
    for (const githubRepo of ['http://github.com/a/b/', 'https://www.github.com/a/b', ' https://github.com/a/b '])
      expect(identityDifference(expected, { ...live, githubRepo })).toBeUndefined()
  })

  test.each([
    ['network', { network: 'test' }],
    ['name', { subnetName: 'Other' }],
    ['name', { subnetName: 'ready' }],
    ['owner', { ownerColdkey: BOB }],
    ['owner', { ownerColdkey: undefined }],
    ['repository', { githubRepo: 'https://github.com/a/c' }],
    ['repository', { githubRepo: undefined }],
  ] as const)('names the %s', (what, change) => {
    expect(identityDifference(expected, { ...live, ...change })).toMatchObject({ what })
  })

  test('holds a common protocol to nothing but the networks it was made for', () => {
    expect(identityDifference({ networks: ['finney'] }, live)).toBeUndefined()
    expect(identityDifference({ networks: ['practice'] }, live)).toMatchObject({ what: 'network' })
  })

  test('holds a running miner to what the subnet said when it began', () => {
    const pinned = pinnedIdentity(live)
    expect(identityDifference(pinned, live)).toBeUndefined()
    expect(identityDifference(pinned, { ...live, ownerColdkey: BOB })).toMatchObject({ what: 'owner' })
    const nameless = pinnedIdentity({ network: 'finney', subnetName: 'Ready' })
    expect(identityDifference(nameless, live)).toBeUndefined()
  })
})
