import { alpha, netuid, rao, raoPerAlpha, ss58, U64_MAX } from '../../shared/units/amounts.ts'
import { longest, nobodyElse, nothingReadable } from './account-scenes.ts'
import { extremeEarnings } from './earnings-scenes.ts'
import type { Scene } from './fake-host.ts'
import { muchBound, nothingBound, unreadableHoldings } from './holding-scenes.ts'
import { busyMarket, quietMarket } from './market-scenes.ts'

const COLDKEY = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const HOTKEY = ss58('5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty')
const GENESIS = `0x${'2f'.repeat(32)}`
const BLOCK = 9_583_214
const NOW = Date.now()

const wallet = {
  name: 'harbour',
  address: COLDKEY,
  cryptoType: 'sr25519' as const,
  watchOnly: false,
  encrypted: true,
  format: 'vault' as const,
  weaknesses: [],
  hasWords: 'unknown' as const,
  unlocked: false,
  hotkeys: [
    {
      name: 'rig-1',
      address: HOTKEY,
      cryptoType: 'sr25519' as const,
      encrypted: false,
      format: 'plain' as const,
      unlocked: true,
    },
  ],
}

const subnet = (id: number, name: string, symbol: string, price?: bigint) => ({
  netuid: netuid(id),
  name,
  symbol,
  ownerColdkey: COLDKEY,
  ownerHotkey: HOTKEY,
  ...(price === undefined ? {} : { price: raoPerAlpha(price) }),
  taoReserve: rao(20_000_000_000_000n),
  alphaReserve: alpha(80_000_000_000_000n),
  alphaOutside: alpha(1n),
  taoPerBlock: rao(1n),
  tempo: 360,
  nextEpochBlock: BLOCK + 9 + id,
  started: true,
  registeredAtBlock: 1,
  registrationPrice: rao(382_114_090n),
  registrationOpen: true,
  places: 256,
  placesTaken: 256,
})

const position = (id: number, units: bigint, price?: bigint) => ({
  netuid: netuid(id),
  hotkey: HOTKEY,
  alpha: alpha(units),
  available: alpha(units),
  registered: id !== 121,
  ...(price === undefined
    ? {}
    : {
        price: raoPerAlpha(price),
        valueAtSpot: rao((units * price) / 1_000_000_000n),
        ifSold: rao((units * price) / 1_001_000_000n),
      }),
})

/** Names of attackers: turned around, piled up, invisible, of two alphabets, and far too long. */
const HOSTILE = [
  subnet(1, 'Apex', 'α', 24_183_920n),
  subnet(64, 'سوق البيانات', 'ش', 87_310_254n),
  subnet(82, '\u202Etpircs>tpircs<\u202C', '中', 4_330_870n),
  subnet(104, `Z${'\u0301\u0302\u0303\u0304\u0305'.repeat(20)}algo`, 'ζ', 18_800_413n),
  subnet(113, 'Ap\u200Bex', 'α', 812_004n),
  subnet(121, 'Tаrgon official '.repeat(20), 'τ', 412n),
  subnet(127, '', ''),
]

const off = { state: 'off' as const, steps: [], answered: 0, late: 0, refused: {}, recent: [] }

/** The main network, healthy: nothing of the practice marking may show here. */
export const real: Scene = {
  network: {
    choice: { kind: 'finney' },
    play: false,
    label: 'Finney',
    endpoint: 'wss://entrypoint.example:443',
    state: 'ready',
    facts: {
      genesis: GENESIS,
      specName: 'node-subtensor',
      specVersion: 475,
      blockMs: 12_000,
      existentialDeposit: 500n,
    },
    best: { number: BLOCK, hash: GENESIS, seenAtMs: NOW + 600_000 },
    finalized: { number: BLOCK - 2, hash: GENESIS, seenAtMs: NOW },
    reconnecting: false,
    requestsPerMinute: 5,
    answerMs: 84,
  },
  wallets: { wallets: [wallet], active: wallet },
  portfolio: {
    data: {
      coldkey: COLDKEY,
      block: BLOCK,
      free: rao(84_211_093_558n),
      positions: [position(0, 420_000_000_000n, 1_000_000_000n), position(1, 6_204_118_270_441n, 24_183_920n)],
      totalAtSpot: rao(654_250_994_077n),
      totalIfSold: rao(653_681_000_000n),
    },
  },
  subnets: { data: { block: BLOCK, subnets: [subnet(0, 'Root', 'Τ', 1_000_000_000n), ...HOSTILE.slice(0, 2)] } },
  validators: [
    {
      hotkey: HOTKEY,
      uid: 3,
      name: 'Tidewater',
      takePpm: 180_000,
      permit: true,
      stake: alpha(9n),
      ownerColdkey: COLDKEY,
    },
  ],
  earnings: { data: { rows: [], totals: [], nextEpochs: [], block: BLOCK } },
  activity: [],
  mining: off,
  options: [
    {
      netuid: netuid(82),
      name: 'Hermes',
      adapterId: 'chat',
      adapters: [],
      usable: true,
      reason: 'ready',
      registrationPrice: rao(382_114_090n),
      places: 256,
      placesTaken: 256,
      mine: [],
    },
  ],
  models: [],
  answers: { ...nobodyElse, ...quietMarket, ...nothingBound },
}

/** No new block for half an hour; the last answers stay readable. */
export const stale: Scene = {
  ...real,
  network: { ...real.network, reconnecting: true, best: { number: BLOCK, hash: GENESIS, seenAtMs: NOW - 1_620_000 } },
  portfolio: {
    ...real.portfolio,
    error: { code: 'chain/unreachable', endpoint: 'wss://entrypoint.example', reason: 'closed' },
  },
}

const PUBLIC = { perSecond: 1, burst: 14 }
/** A node answers, and another one says something else: everything can be read, nothing may be signed. */
export const doubt: Scene = {
  ...real,
  network: {
    ...real.network,
    trouble: {
      code: 'chain/sources-disagree',
      block: BLOCK - 2,
      endpoint: 'wss://entrypoint.example:443',
      other: 'wss://other.example:443',
    },
    endpoints: [
      {
        endpoint: 'wss://entrypoint.example:443',
        current: true,
        avoided: false,
        budget: { ...PUBLIC, left: 3 },
        answerMs: 84.4,
      },
      {
        endpoint: 'wss://other.example:443',
        current: false,
        avoided: false,
        budget: { ...PUBLIC, left: 14 },
        head: { number: BLOCK - 60, ageMs: 720_000, askedAtMs: NOW, stale: true },
      },
      {
        endpoint: `wss://${'a-very-long-name-of-a-gateway.'.repeat(7)}example:443/with/a/path/behind/it`,
        current: false,
        avoided: true,
        answerMs: 28_411,
      },
    ],
  },
}

/** Nothing could be read at all. */
export const failed: Scene = {
  ...real,
  answers: { ...nothingReadable, ...unreadableHoldings },
  network: {
    ...real.network,
    state: 'failed',
    best: undefined,
    finalized: undefined,
    facts: undefined,
    error: {
      code: 'chain/wrong-genesis',
      endpoint: 'wss://entrypoint.example',
      expected: GENESIS,
      actual: `0x${'00'.repeat(32)}`,
    },
  },
  portfolio: { error: { code: 'chain/bad-answer', what: 'two answers of one block differ' } },
  subnets: { error: { code: 'chain/unsupported', missing: ['SubnetInfoRuntimeApi'] } },
  earnings: { error: { code: 'storage/broken', path: '/d/ledger.db', reason: 'damaged at row 80214' } },
}

/** Hostile names, the largest and the smallest numbers, prices that are missing. */
export const extremes: Scene = {
  ...real,
  answers: { ...longest, ...busyMarket, ...muchBound, ...extremeEarnings },
  subnets: { data: { block: BLOCK, subnets: [subnet(0, 'Root', 'Τ', 1_000_000_000n), ...HOSTILE] } },
  validators: [
    {
      hotkey: HOTKEY,
      uid: 3,
      name: '<b>x</b>\u202E'.repeat(40),
      permit: false,
      stake: alpha(U64_MAX),
      ownerColdkey: COLDKEY,
    },
  ],
  portfolio: {
    data: {
      coldkey: COLDKEY,
      block: BLOCK,
      free: rao(U64_MAX),
      positions: [
        position(1, 412n, 24_183_920n),
        position(121, U64_MAX),
        position(64, 1_920_000_188_310n, 87_310_254n),
      ],
    },
  },
  earnings: {
    data: {
      rows: [
        {
          genesis: GENESIS,
          coldkey: COLDKEY,
          hotkey: HOTKEY,
          netuid: netuid(121),
          epochBlock: BLOCK - 100,
          stakeBefore: alpha(U64_MAX),
          stakeAfter: alpha(U64_MAX),
          flows: -(1n << 64n),
          earned: -3_118_204n,
          source: 'staked',
          epochs: 3,
          atMs: NOW,
        },
      ],
      totals: [
        {
          netuid: netuid(121),
          hotkey: HOTKEY,
          source: 'staked',
          earned: -3_118_204n,
          epochs: 3,
          sinceBlock: BLOCK - 460,
        },
      ],
      nextEpochs: [],
      block: BLOCK,
    },
  },
  activity: [
    {
      id: 'r1',
      genesis: GENESIS,
      kind: 'add-stake',
      signer: COLDKEY,
      netuid: netuid(121),
      hotkey: HOTKEY,
      amount: U64_MAX,
      stage: 'failed',
      startedAtMs: NOW,
      error: {
        code: 'chain/dispatch-failed',
        name: 'SubtensorModule.SlippageTooHigh',
        docs: 'Slippage is too high.',
        block: 5,
      },
    },
  ],
}
