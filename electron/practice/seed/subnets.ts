const TOKEN = 1_000_000_000n
const EVEN = 500_000_000_000_000_000n

/** One seeded subnet. The name is ours and belongs to no subnet of a real network; the symbol is the letter of its netuid there. */
export interface SubnetSeed {
  readonly netuid: number
  readonly name: string
  readonly symbol: string
  readonly description: string
  /** rao in the pool */
  readonly tao: bigint
  /** alpha in the pool */
  readonly alpha: bigint
  /** Weight of the TAO side, parts of 10^18. */
  readonly taoWeight: bigint
  /** Numbers of `validator(n)`; the first has the largest stake. */
  readonly validators: readonly number[]
  readonly miners: number
  readonly maxUids: number
  /** Price of a neuron, rao, and the price below which it does not fall. */
  readonly burn: bigint
  readonly minBurn: bigint
  /** Of the price of a neuron, bound as collateral, in 65,535ths. */
  readonly collateralShare?: number
  readonly started: boolean
  /** Slow price as emission sees it: false for a subnet that gets no TAO yet. */
  readonly priced: boolean
  /** Whole alpha behind the first validator and behind each of the others. */
  readonly stakes: readonly [number, number]
}

const range = (from: number, count: number): number[] => Array.from({ length: count }, (_, i) => from + i)
const usual = { taoWeight: EVEN, maxUids: 256, burn: TOKEN / 10n, minBurn: TOKEN / 20n, started: true, priced: true }

/** Different in depth, price and state, so that every screen and every refusal has something to show. */
export const SUBNETS: readonly SubnetSeed[] = [
  {
    ...usual,
    netuid: 1,
    name: 'Practice text',
    symbol: 'α',
    description: 'Ten validators and forty miners in an ordinary pool.',
    tao: 20_000n * TOKEN,
    alpha: 80_000n * TOKEN,
    validators: range(1, 10),
    miners: 40,
    burn: TOKEN / 2n,
    stakes: [20_000, 9_000],
  },
  {
    ...usual,
    netuid: 2,
    name: 'Practice chat',
    symbol: 'β',
    description: 'Serve a model here: the practice validator asks every served miner and sets weights by the answers.',
    tao: 10_000n * TOKEN,
    alpha: 200_000n * TOKEN,
    // The practice validator holds far more than half, so its judgement is the consensus.
    validators: [0, 11, 12, 13, 14],
    miners: 30,
    stakes: [120_000, 8_000],
  },
  {
    ...usual,
    netuid: 3,
    name: 'Shallow pool',
    symbol: 'γ',
    description: 'A small pool: a few TAO move its price visibly.',
    tao: 50n * TOKEN,
    alpha: 5_000n * TOKEN,
    validators: range(15, 5),
    miners: 20,
    stakes: [900, 400],
  },
  {
    ...usual,
    netuid: 4,
    name: 'Deep pool',
    symbol: 'δ',
    description: 'A large pool with uneven weights; every place is taken, so a registration replaces somebody.',
    tao: 200_000n * TOKEN,
    alpha: 1_000_000n * TOKEN,
    taoWeight: 400_000_000_000_000_000n,
    validators: range(20, 12),
    miners: 60,
    maxUids: 72,
    burn: 2n * TOKEN,
    minBurn: TOKEN,
    stakes: [150_000, 60_000],
  },
  {
    ...usual,
    netuid: 5,
    name: 'Whale',
    symbol: 'ε',
    description: 'One validator alone decides here. Half of the price of a place is bound as collateral.',
    tao: 5_000n * TOKEN,
    alpha: 50_000n * TOKEN,
    validators: [32],
    miners: 20,
    collateralShare: 32_768,
    stakes: [100_000, 0],
  },
  {
    ...usual,
    netuid: 6,
    name: 'Not started',
    symbol: 'ζ',
    description: 'Its owner has not started it: the token cannot be traded yet.',
    tao: 1_000n * TOKEN,
    alpha: 1_000n * TOKEN,
    validators: range(33, 3),
    miners: 10,
    started: false,
    priced: false,
    stakes: [50, 20],
  },
  {
    ...usual,
    netuid: 7,
    name: 'Almost empty',
    symbol: 'η',
    description: 'Hardly anything is in its pool: every trade is expensive.',
    tao: TOKEN / 2n,
    alpha: 50n * TOKEN,
    validators: range(36, 4),
    miners: 20,
    priced: false,
    stakes: [600, 300],
  },
]
