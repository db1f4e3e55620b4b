import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ok } from '../../../shared/result.ts'
import type { Holdings } from '../../../shared/staking/stake-move.ts'
import { netuid, rao } from '../../../shared/units/amounts.ts'
import { readEpochs } from './read/epochs.ts'
import { readHoldingState } from './read/holding-state.ts'
import { readDepth, readMarket, readStatement } from './read/market.ts'
import { readMiner, readUids } from './read/miner.ts'
import { readNetworkFacts } from './read/network-facts.ts'
import { readPortfolio } from './read/portfolio.ts'
import { readRegister } from './read/register-snapshot.ts'
import { Sales } from './read/sales.ts'
import { flowsIn } from './read/stake-flows.ts'
import { readMoves } from './read/stake-moves.ts'
import { readSubnets } from './read/subnets.ts'
import { readValidatorTable } from './read/validator-table.ts'
import { readCallers, readValidators } from './read/validators.ts'
import { Runtime } from './runtime/runtime.ts'
import { addressOf } from './scale/address.ts'
import { compactBytes, concat, toHex, uintBytes } from './scale/bytes.ts'
import { decodeWhole } from './scale/decode.ts'
import type { Session } from './session.ts'
import { registerCall } from './tx/call-of.ts'
import { readFee } from './tx/fee.ts'
import { View } from './view.ts'

// Answers made from mainnet's own types go through the real readers: a field that mainnet calls or types differently
// than we read it fails here, without a connection to mainnet.
const folder = new URL('../../../../shared/data/metadata/', import.meta.url)
const present = existsSync(folder)
if (!present) process.stderr.write(`SKIPPED: real metadata is not there (${folder.pathname}); mainnet is not checked\n`)

const SAMPLE_ACCOUNT = new Uint8Array(32).fill(7)
const ACCOUNT = addressOf(SAMPLE_ACCOUNT)
const leave = { kind: 'remove-all', netuid: netuid(1), hotkey: ACCOUNT } as const

/** Bytes of a value of the type: every list has one item, every option a value, every number is 1 (so names in compact bytes are U+0001). */
function sample({ types }: Runtime, id: number): Uint8Array {
  const shape = types.shape(id)
  const of = (inner: number) => sample({ types } as Runtime, inner)
  switch (shape.kind) {
    case 'uint':
    case 'int':
      return uintBytes(1n, shape.bytes)
    case 'compact':
      return compactBytes(1n)
    case 'bool':
      return Uint8Array.of(1)
    case 'account':
      return SAMPLE_ACCOUNT
    case 'text':
      return compactBytes(0n)
    case 'nothing':
      return new Uint8Array()
    case 'bytes':
      return shape.length === undefined ? Uint8Array.of(4, 0x41) : new Uint8Array(shape.length).fill(1)
    case 'list':
      return shape.length === undefined
        ? concat(compactBytes(1n), of(shape.item))
        : concat(...Array.from({ length: shape.length }, () => of(shape.item)))
    case 'option':
      return concat(Uint8Array.of(1), of(shape.item))
    case 'tuple':
      return concat(...shape.items.map(of))
    case 'struct':
      return concat(...shape.fields.map((field) => of(field.type)))
    case 'enum': {
      const [first] = shape.variants.values()
      return concat(Uint8Array.of(first?.index ?? 0), ...(first?.fields ?? []).map((field) => of(field.type)))
    }
  }
}

function mainnet(file: string) {
  const raw = readFileSync(new URL(file, folder))
  const bytes = new Uint8Array(raw.subarray(raw.indexOf('meta')))
  const runtime = new Runtime(bytes)
  const { latest } = runtime.metadata
  const outputs = new Map<string, number>(
    latest.apis.flatMap((api) =>
      api.methods.map((method) => [`${api.name}_${method.name}`, method.output.toNumber()] as const),
    ),
  )
  const stored = new Map<string, number>(
    latest.pallets.flatMap((pallet) =>
      (pallet.storage.unwrapOr(undefined)?.items ?? []).map((entry) => {
        const item = runtime.storage(`${pallet.name}.${entry.name}`)
        return [item.prefix(), item.valueType] as const
      }),
    ),
  )
  // A lock's key goes on with the hotkey, its hash before it.
  const lock = runtime.has({ storage: ['SubtensorModule.Lock'] }) && runtime.storage('SubtensorModule.Lock')
  const restOfKey = new Map(
    lock ? [[lock.prefixOf(ACCOUNT), toHex(new Uint8Array([...Array(16), ...SAMPLE_ACCOUNT])).slice(2)]] : [],
  )
  const request = async (method: string, params: readonly unknown[]): Promise<unknown> => {
    if (method === 'state_call') return toHex(sample(runtime, outputs.get(String(params[0])) ?? -1))
    if (method === 'state_getKeysPaged') return [`${String(params[0])}0100${restOfKey.get(String(params[0])) ?? ''}`]
    const keys = params[0] as readonly string[]
    return [
      { block: '0x', changes: keys.map((key) => [key, toHex(sample(runtime, stored.get(key.slice(0, 66)) ?? -1))]) },
    ]
  }
  const session = { rpc: { request }, facts: { genesis: `0x${'ab'.repeat(32)}` } } as unknown as Session
  return { runtime, session, view: new View(session, { block: 5, hash: `0x${'cd'.repeat(32)}`, runtime }) }
}

describe.skipIf(!present)('the readers understand what mainnet 424 would answer', () => {
  const feeAt = async () => rao(9n)
  const place = { netuid: netuid(1), hotkey: ACCOUNT, tolerancePpm: 0 }
  const { view, session, runtime } = present ? mainnet('finney-424-v16.scale') : ({} as ReturnType<typeof mainnet>)

  test.each([
    [
      'subnets',
      () => readSubnets(view),
      {
        block: 5,
        subnets: [
          {
            netuid: 1,
            name: '\u0001',
            symbol: '\u0001',
            price: 1n,
            tempo: 1,
            taoPerBlock: 1n,
            nextEpochBlock: 1,
            started: true,
            registrationPrice: 1n,
            ownerColdkey: ACCOUNT,
          },
        ],
      },
    ],
    [
      'portfolio',
      () => readPortfolio(view, ACCOUNT, new Sales()),
      {
        free: 1n,
        positions: [{ netuid: 1, hotkey: ACCOUNT, alpha: 1n, available: 1n, price: 1n, ifSold: 1n, registered: true }],
        totalIfSold: 2n,
      },
    ],
    [
      'validators',
      () => readValidators(view, netuid(1)),
      [{ hotkey: ACCOUNT, uid: 0, name: 'A', takePpm: 15, permit: true, stake: 1n, ownerColdkey: ACCOUNT }],
    ],
    [
      'market',
      () => readMarket(view),
      { block: 5, points: [{ netuid: 1, price: 1n, taoReserve: 1n, alphaReserve: 1n, alphaOutside: 1n, volume: 1n }] },
    ],
    [
      'depth',
      () => readDepth(view, netuid(1)),
      { price: 1n, exits: [{ size: 10n ** 9n, alpha: 10n ** 18n, taoOut: 1n }, {}, {}, { size: 10n ** 12n }] },
    ],
    [
      'statement of a subnet',
      () => readStatement(view, netuid(1)),
      { identity: { name: 'A', contact: 'A', url: 'A' } },
    ],
    [
      'validator table',
      () => readValidatorTable(view, netuid(1)),
      {
        tempo: 1,
        lastEpoch: 1,
        activityCutoff: 1,
        rows: [
          {
            hotkey: ACCOUNT,
            ownerColdkey: ACCOUNT,
            uid: 0,
            identity: { name: 'A', description: 'A' },
            takePpm: 15,
            stake: 1n,
            rootWeight: 1n,
            totalStake: 1n,
            ownStake: 1n,
            dividendsShare: 1,
            dividends: 1n,
            stakeLastEpoch: 1n,
            lastUpdate: 1,
            registeredAt: 1,
          },
        ],
      },
    ],
    [
      'network facts',
      () => readNetworkFacts(view),
      { issuance: 1n, blockEmission: 1n, rootStake: 1n, rootSeats: [{ hotkey: ACCOUNT, name: 'A', stake: 1n }] },
    ],
    ['callers', () => readCallers(view, netuid(1)), [{ hotkey: ACCOUNT, uid: 0, permit: true, stake: 1n }]],
    [
      'moves of stake',
      () => readMoves(view, ACCOUNT, { choose: () => ok([leave]), oneByOne: false, feeOf: async () => rao(9n) }),
      {
        moves: [leave],
        minStake: 2_000_000n,
        quotes: [{ sale: { taoOut: 1n, poolFee: 1n } }],
        prices: new Map([
          [1, 1n],
          [0, 1_000_000_000n],
        ]),
        // The weights are those of the sample; constants are the chain's own.
        pools: new Map([
          [1, { taoReserve: 1n, alphaReserve: 1n, taoWeight: 1n, stable: false, average: undefined, ageBlocks: 4 }],
        ]),
        feeBasis: { base: 108_157_000n, read: 25_000_000n, write: 100_000_000n },
        subnets: new Map([[1, { exists: true, started: true, transfersAllowed: true }]]),
        hotkeysKnown: new Map([[ACCOUNT, true]]),
        txFees: [9n],
        canBatch: true,
        alive: true,
      },
    ],
    [
      'register',
      () => readRegister(view, ACCOUNT, { request: place, feeAt }),
      {
        price: 1n,
        open: true,
        exists: true,
        uid: 1,
        hotkeyOwner: ACCOUNT,
        places: 1,
        placesTaken: 1,
        immunityBlocks: 1,
      },
    ],
    [
      'miner',
      () => readMiner(view, netuid(1), ACCOUNT),
      {
        uid: 1,
        subnetName: '\u0001',
        axon: { port: 1, version: 1, protocol: 1, block: 1 },
        servingRateLimit: 1,
        immuneUntilBlock: 2,
      },
    ],
    ['uids', () => readUids(view, [ACCOUNT]), [{ netuid: 1, hotkey: ACCOUNT, uid: 1 }]],
    [
      'locks, as they are now',
      () => readHoldingState(view, ACCOUNT),
      {
        subnets: [
          {
            netuid: 1,
            total: 1n,
            available: 1n,
            // The sample is one part of 2^64.
            lock: { hotkey: ACCOUNT, amount: 1n, perpetual: false, conviction: 0n, hotkeyConviction: 0n },
          },
        ],
      },
    ],
    ['epochs', () => readEpochs(view), [{ netuid: 1, tempo: 1, lastEpochBlock: 1, nextEpochBlock: 1 }]],
    ['fee', () => readFee(session, view, { signer: ACCOUNT, call: registerCall(place, 1n), nonce: 3 }), 1n],
  ] as const)('%s', async (_name, read, expected) => {
    const value = await read()
    if (typeof expected === 'bigint') expect(value).toBe(expected)
    else expect(value).toMatchObject(expected)
  })

  test('events of stake', () => {
    const { types } = runtime.metadata.registry.lookup
    const events =
      types.find(({ type }) => type.path.join('::') === 'pallet_subtensor::pallet::Event')?.id.toNumber() ?? -1
    const variants = [...runtime.types.variants(events).values()]
    const flows = ['StakeAdded', 'StakeRemoved', 'AlphaRecycled', 'AlphaBurned'].map((name) => {
      const variant = variants.find((candidate) => candidate.name === name)
      const fields = variant?.fields.map((field) => sample(runtime, field.type)) ?? []
      const bytes = concat(Uint8Array.of(variant?.index ?? 0), ...fields)
      const event = decodeWhole(runtime.types, events, bytes, name) as { value: unknown }
      return flowsIn([{ extrinsic: 1, name: `SubtensorModule.${name}`, value: event.value }], ACCOUNT)
    })
    const flow = { hotkey: ACCOUNT, netuid: 1 }
    expect(flows).toEqual([
      [{ ...flow, alpha: 1n, feeAlpha: 0n, feeTao: 1n }],
      // What left the pool, and the fee that it took of the alpha.
      [{ ...flow, alpha: -2n, feeAlpha: 1n, feeTao: 0n }],
      [{ ...flow, alpha: -1n, feeAlpha: 0n, feeTao: 0n }],
      [{ ...flow, alpha: -1n, feeAlpha: 0n, feeTao: 0n }],
    ])
  })
})

describe.skipIf(!present)('older mainnet runtimes', () => {
  test.each([
    ['finney-393-v16.scale', 1n],
    // 365 has no list of prices: unknown, not zero.
    ['finney-365-v16.scale', undefined],
  ])('%s: subnets, portfolio and validators', async (file, price) => {
    const { view } = mainnet(file)
    expect(await readSubnets(view)).toMatchObject({ subnets: [{ netuid: 1, price, nextEpochBlock: undefined }] })
    // Without the availability call there are no locks: all of it may be sold.
    expect(await readPortfolio(view, ACCOUNT, new Sales())).toMatchObject({ positions: [{ alpha: 1n, available: 1n }] })
    expect(await readValidators(view, netuid(1))).toMatchObject([{ hotkey: ACCOUNT, name: 'A' }])
    await expect(readEpochs(view)).rejects.toMatchObject({
      error: { code: 'chain/unsupported', missing: ['SubtensorModule.LastEpochBlock'] },
    })
  })

  test.each(['finney-393-v16.scale', 'finney-365-v16.scale', 'runtime-293-v15.scale'])(
    '%s: market, validators and network; own stake is unknown where shares are kept the old way',
    async (file) => {
      const { view } = mainnet(file)
      expect((await readMarket(view)).points).toMatchObject([{ netuid: 1, taoReserve: 1n, volume: 1n }])
      const [row] = (await readValidatorTable(view, netuid(1))).rows
      expect(row).toMatchObject({ hotkey: ACCOUNT, takePpm: 15, dividends: 1n, stakeLastEpoch: 1n })
      expect(row?.ownStake).toBeUndefined()
      expect(await readStatement(view, netuid(1))).toMatchObject({ identity: { name: 'A' } })
      expect(await readNetworkFacts(view)).toMatchObject({ issuance: 1n, rootSeats: [{ stake: 1n }] })
    },
  )

  test('293 simulates no sale: there is no depth, and it says what is missing', async () => {
    const { view } = mainnet('runtime-293-v15.scale')
    await expect(readDepth(view, netuid(1))).rejects.toMatchObject({
      error: { code: 'chain/unsupported', missing: ['SwapRuntimeApi.sim_swap_alpha_for_tao'] },
    })
  })

  test.each([
    ['runtime-293-v15.scale', undefined],
    ['finney-365-v16.scale', 1n],
  ])(
    '%s: moves are planned by the price of each subnet; what is not simulated stays unquoted',
    async (file, taoOut) => {
      const { view } = mainnet(file)
      const priced: string[] = []
      const choose = ({ prices }: Holdings) => {
        for (const [id, price] of prices) priced.push(`${id} ${price}`)
        return ok([leave])
      }
      const made = await readMoves(view, ACCOUNT, {
        choose,
        oneByOne: false,
        priced: [netuid(2)],
        feeOf: async () => rao(9n),
      })
      expect(priced).toEqual(['0 1000000000', '1 1', '2 1'])
      expect(made.quotes[0]?.sale?.taoOut).toBe(taoOut)
      expect(made.feeRates?.get(netuid(1))).toBe(1)
    },
  )

  test('293 has no list of prices: they are unknown, and so is the total', async () => {
    const { view } = mainnet('runtime-293-v15.scale')
    const { positions, totalAtSpot } = await readPortfolio(view, ACCOUNT, undefined)
    expect(positions[0]?.price).toBeUndefined()
    expect(totalAtSpot).toBeUndefined()
  })
})
