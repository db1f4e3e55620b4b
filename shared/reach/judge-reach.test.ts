import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseIp, scopeOf } from '../mining/ip-address.ts'
import {
  adviceBeforePaying,
  type FamilyFacts,
  judgeFamily,
  judgeReach,
  type ProbeFact,
  type RouterFact,
  stillHolds,
} from './judge-reach.ts'

const OURS = '8.8.4.4'
const HELPER = '9.9.9.9:8092'
const two = [
  { server: 'a:1', address: OURS },
  { server: 'b:1', address: OURS },
]
const router = (outside: string, port: RouterFact['port'] = { state: 'not-asked' }): RouterFact => ({
  speaks: 'upnp',
  gateway: '192.168.1.1',
  outside,
  port,
})
const home = (change: Partial<FamilyFacts> = {}): FamilyFacts => ({
  family: 4,
  own: ['192.168.1.20'],
  stun: two,
  routerAsked: true,
  probes: [],
  ...change,
})
const knock: ProbeFact = { state: 'knocked', helper: HELPER, from: '9.9.9.9', seen: OURS, port: 8091 }
const closed: ProbeFact = { state: 'closed', helper: HELPER, seen: OURS, port: 8091 }

describe('judgeFamily', () => {
  test.each([
    ['nothing was asked', home({ stun: [], routerAsked: false }), 'unknown', 'unknown', ['nobody-asked', 'no-helper']],
    ['there is no address', home({ own: [] }), 'unknown', 'unknown', ['no-address']],
    ['the router has the address', home({ router: router(OURS) }), 'unknown', 'no', ['behind-router', 'no-helper']],
    [
      'the router opened the port, which proves nothing yet',
      home({ router: router(OURS, { state: 'open', outer: 8091, untilClosed: false }) }),
      'unknown',
      'no',
      ['behind-router', 'port-opened', 'no-helper'],
    ],
    [
      'the router refuses',
      home({ router: router(OURS, { state: 'refused', why: 'not-allowed' }) }),
      'unknown',
      'no',
      ['behind-router', 'port-refused', 'no-helper'],
    ],
    ['no router answers', home(), 'unknown', 'unknown', ['behind-router', 'router-silent', 'no-helper']],
    [
      'the provider shares',
      home({ router: router('100.72.3.4') }),
      'not-reachable',
      'yes',
      ['provider-shares', 'no-helper'],
    ],
    [
      'this computer is at the provider',
      home({ own: ['100.64.0.9'] }),
      'not-reachable',
      'yes',
      ['provider-shares', 'router-silent', 'no-helper'],
    ],
    ['two routers', home({ router: router('10.0.0.4') }), 'unknown', 'perhaps', ['router-behind-router', 'no-helper']],
    [
      'another address outside',
      home({ router: router('8.8.9.9') }),
      'unknown',
      'perhaps',
      ['router-differs', 'no-helper'],
    ],
    [
      'servers differ',
      home({ stun: [...two, { server: 'c:1', address: '1.1.1.1' }] }),
      'unknown',
      'unknown',
      ['servers-differ', 'router-silent', 'no-helper'],
    ],
    [
      'servers are silent',
      home({ stun: [{ server: 'a:1' }] }),
      'unknown',
      'unknown',
      ['servers-silent', 'router-silent', 'no-helper'],
    ],
    [
      'a server lies',
      home({ stun: [{ server: 'a:1', address: '10.1.1.1' }] }),
      'unknown',
      'unknown',
      ['servers-silent', 'router-silent', 'no-helper'],
    ],
    [
      'one server only',
      home({ stun: two.slice(0, 1) }),
      'unknown',
      'unknown',
      ['one-witness', 'router-silent', 'no-helper'],
    ],
    ['a computer on the internet', home({ own: [OURS] }), 'unknown', 'no', ['own-public', 'no-helper']],
    [
      'somebody got through',
      home({ probes: [knock] }),
      'reachable',
      'no',
      ['behind-router', 'router-silent', 'knocked'],
    ],
    [
      'somebody tried in vain',
      home({ probes: [closed] }),
      'not-reachable',
      'unknown',
      ['behind-router', 'router-silent', 'nobody-got-through'],
    ],
    [
      'the knock came from inside',
      home({ probes: [{ ...knock, from: '192.168.1.9' }] }),
      'unknown',
      'unknown',
      ['behind-router', 'router-silent', 'knocked-inside'],
    ],
    [
      'the helper is inside',
      home({ probes: [{ state: 'inside', helper: HELPER }] }),
      'unknown',
      'unknown',
      ['behind-router', 'router-silent', 'helper-inside'],
    ],
    [
      'the port is in use',
      home({ probes: [{ state: 'port-taken', helper: HELPER }] }),
      'unknown',
      'unknown',
      ['behind-router', 'router-silent', 'port-in-use'],
    ],
  ] as const)('%s', (_what, facts, says, shared, reasons) => {
    expect(judgeFamily(facts)).toMatchObject({ says, shared, reasons })
  })

  test('names the address and the port that the internet has to use', () => {
    expect(judgeFamily(home({ probes: [{ ...knock, port: 9000 }] }))).toMatchObject({ address: OURS, port: 9000 })
    expect(
      judgeFamily(home({ router: router(OURS, { state: 'open', outer: 8092, untilClosed: false }) })),
    ).toMatchObject({
      address: OURS,
      port: 8092,
    })
    expect(judgeFamily(home({ stun: two.slice(0, 1) })).address).toBeUndefined()
  })
})

const anyAddress = fc.constantFrom(
  OURS,
  '1.1.1.1',
  '10.0.0.4',
  '100.70.0.1',
  '127.0.0.1',
  '192.168.1.20',
  'nonsense',
  '2606:4700::1',
  'fe80::1',
)
const anyProbe: fc.Arbitrary<ProbeFact> = fc.oneof(
  fc.record({
    state: fc.constant('knocked' as const),
    helper: fc.constant(HELPER),
    from: anyAddress,
    seen: anyAddress,
    port: fc.nat(65_535),
  }),
  fc.record({
    state: fc.constant('closed' as const),
    helper: fc.constant(HELPER),
    seen: anyAddress,
    port: fc.nat(65_535),
  }),
  fc.record({
    state: fc.constantFrom('inside', 'later', 'silent', 'not-trusted', 'port-taken'),
    helper: fc.constant(HELPER),
  }),
)
const anyPort: fc.Arbitrary<RouterFact['port']> = fc.oneof(
  fc.constant({ state: 'not-asked' as const }),
  fc.record({ state: fc.constant('open' as const), outer: fc.nat(65_535), untilClosed: fc.boolean() }),
  fc.record({ state: fc.constant('refused' as const), why: fc.constantFrom('not-allowed', 'taken', 'no-answer') }),
)
const anyFacts: fc.Arbitrary<FamilyFacts> = fc.record({
  family: fc.constantFrom(4, 6),
  own: fc.array(anyAddress, { maxLength: 3 }),
  stun: fc.array(
    fc.record({ server: fc.constantFrom('a:1', 'b:1'), address: fc.option(anyAddress, { nil: undefined }) }),
    { maxLength: 3 },
  ),
  router: fc.option(
    fc.record({
      speaks: fc.constantFrom('upnp', 'nat-pmp'),
      gateway: fc.constant('192.168.1.1'),
      outside: anyAddress,
      port: anyPort,
    }),
    { nil: undefined },
  ),
  routerAsked: fc.boolean(),
  probes: fc.array(anyProbe, { maxLength: 3 }),
})

const isPublic = (text: string) => {
  const ip = parseIp(text)
  return ip !== undefined && scopeOf(ip) === 'public'
}

describe('laws of the verdict', () => {
  test('only a connection from outside that brought our number makes it reachable', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const proven = facts.probes.some((one) => one.state === 'knocked' && isPublic(one.from) && isPublic(one.seen))
        expect(judgeFamily(facts).says === 'reachable').toBe(proven && facts.own.length > 0)
        expect(judgeFamily({ ...facts, probes: [] }).says).not.toBe('reachable')
      }),
    )
  })

  test('an address that it names is a public one, and there is always a reason', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const { address, reasons } = judgeFamily(facts)
        expect(address === undefined || isPublic(address)).toBe(true)
        expect(reasons.length).toBeGreaterThan(0)
      }),
    )
  })

  test('the whole is as good as its best part, and nothing is paid for on a proof of the contrary', () => {
    fc.assert(
      fc.property(fc.array(anyFacts, { maxLength: 2 }), (facts) => {
        const verdict = judgeReach(facts)
        expect(verdict.says === 'reachable').toBe(verdict.families.some(({ says }) => says === 'reachable'))
        if (verdict.says === 'not-reachable')
          expect(
            verdict.families.every(({ says, reasons }) => says === 'not-reachable' || reasons.includes('no-address')),
          ).toBe(true)
        expect(adviceBeforePaying('finney', verdict)).toBe(
          { reachable: 'go', unknown: 'warn', 'not-reachable': 'stop' }[verdict.says],
        )
        expect(adviceBeforePaying('practice', verdict)).toBe('go')
      }),
    )
    expect(adviceBeforePaying('finney', undefined)).toBe('warn')
  })
})

test('a verdict holds for the port and the addresses that were looked at', () => {
  const facts = [home({ probes: [knock] })]
  const report = { port: 8091, facts, verdict: judgeReach(facts) }
  const own = [{ address: '192.168.1.20' }]
  expect(stillHolds(report, { port: 8091, own })).toBe(report.verdict)
  expect(stillHolds(report, { port: 8092, own })).toBeUndefined()
  expect(stillHolds(report, { port: 8091, own: [{ address: '192.168.7.4' }] })).toBeUndefined()
  expect(stillHolds(report, { port: 8091, own: [] })).toBeUndefined()
  expect(stillHolds(undefined, { port: 8091, own })).toBeUndefined()
})
