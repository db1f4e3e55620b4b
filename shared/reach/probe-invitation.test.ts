import { describe, expect, test } from 'vitest'
import { readInvitation, writeInvitation } from './probe-invitation.ts'

const KEY = 'AAECAwQFBgcICQoLDA0ODw'

describe('an invitation to probe', () => {
  test.each([
    [`taoforge-probe:1.2.3.4:8092/${KEY}`, { family: 4, address: '1.2.3.4', port: 8092, key: KEY }],
    [`taoforge-probe:[2001:DB8::1]:1/${KEY}`, { family: 6, address: '2001:db8::1', port: 1, key: KEY }],
  ] as const)('is read: %s', (text, invitation) => {
    expect(readInvitation(` ${text} `)).toEqual(invitation)
    expect(readInvitation(writeInvitation(invitation))).toEqual(invitation)
  })

  test.each([
    '',
    `1.2.3.4:8092/${KEY}`,
    `taoforge-probe:example.org:8092/${KEY}`,
    `taoforge-probe:1.2.3.256:8092/${KEY}`,
    `taoforge-probe:1.2.3.4:0/${KEY}`,
    `taoforge-probe:1.2.3.4:65536/${KEY}`,
    `taoforge-probe:[1.2.3.4]:8092/${KEY}`,
    `taoforge-probe:1.2.3.4:8092/${KEY}A`,
    'taoforge-probe:1.2.3.4:8092/',
  ])('is none: %s', (text) => expect(readInvitation(text)).toBeUndefined())
})
