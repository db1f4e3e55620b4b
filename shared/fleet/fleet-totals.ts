import type { Netuid, Ss58 } from '../units/amounts.ts'
import { type FleetEarning, type FleetReport, MOST_UNITS } from './fleet-report.ts'

/** `other`: neither of the public chains, and not said to be a practice network. Its tokens are worth what its owner says. */
export type FleetNetworkKind = 'finney' | 'test' | 'practice' | 'other'

export interface HeardMachine {
  readonly name: string
  /** What it says now; absent: it does not answer. */
  readonly report?: FleetReport | undefined
}

export interface FleetSubnetTotal {
  readonly netuid: Netuid
  /** 1e-9 alpha; absent: more than there can be, so somebody lies. */
  readonly alpha?: bigint | undefined
  /** rao; absent: unknown for at least one hotkey. */
  readonly tao?: bigint | undefined
  readonly hotkeys: number
}

/** One chain: play money and money, and tokens of two chains, are never added. */
export interface FleetNetworkTotal {
  readonly genesis: string
  readonly kind: FleetNetworkKind
  /** Whose practice network it is: each machine has one of its own, and all of them begin alike. */
  readonly machine?: string | undefined
  readonly machines: number
  readonly mining: number
  /** Of those that mine and say it; absent: none does. */
  readonly tokensPerSecond?: number | undefined
  readonly speedOf: number
  /** Machines that say what they earned. */
  readonly earningsOf: number
  readonly subnets: readonly FleetSubnetTotal[]
  /** rao, of all subnets; absent: unknown for at least one. */
  readonly tao?: bigint | undefined
}

/** A hotkey that several machines have: counted once. */
export interface SharedHotkey {
  readonly genesis: string
  readonly hotkey: Ss58
  readonly machines: readonly string[]
  /** How many of them answer validators with it now. More than one: they push each other off the chain. */
  readonly mining: number
}

export interface FleetTotals {
  readonly machines: number
  /** Those that answer now; all sums are of these alone. */
  readonly heard: number
  readonly networks: readonly FleetNetworkTotal[]
  /** Of those that say it; absent: none does. */
  readonly watts?: number | undefined
  readonly wattsOf: number
  /** At least one of them leaves out a part that it cannot measure. */
  readonly wattsPartial: boolean
  readonly shared: readonly SharedHotkey[]
}

/** Genesis hashes of the public chains. What a machine calls its network counts only where none of these is named. */
export type KnownChains = ReadonlyMap<string, 'finney' | 'test'>

type Heard = HeardMachine & { readonly report: FleetReport }

const within = (units: bigint): bigint | undefined => (units > MOST_UNITS || units < -MOST_UNITS ? undefined : units)

function sumOf(values: readonly (bigint | undefined)[]): bigint | undefined {
  if (values.includes(undefined)) return undefined
  return within(values.reduce<bigint>((sum, value) => sum + (value ?? 0n), 0n))
}

/** Each hotkey of each subnet once: of two that differ the one that began to count earlier, for it saw more. */
function eachOnce(machines: readonly Heard[]): readonly FleetEarning[] {
  const found = new Map<string, FleetEarning>()
  for (const earning of machines.flatMap(({ report }) => report.earnings ?? [])) {
    const key = `${earning.netuid}/${earning.hotkey}`
    const before = found.get(key)
    if (!before || earning.sinceBlock < before.sinceBlock) found.set(key, earning)
  }
  return [...found.values()]
}

function subnetsOf(earnings: readonly FleetEarning[]): readonly FleetSubnetTotal[] {
  return [...Map.groupBy(earnings, ({ netuid }) => netuid)]
    .map(([netuid, all]) => ({
      netuid,
      alpha: sumOf(all.map((one) => one.alpha)),
      tao: sumOf(all.map((one) => one.tao)),
      hotkeys: all.length,
    }))
    .sort((a, b) => a.netuid - b.netuid)
}

interface Chain {
  readonly genesis: string
  readonly kind: FleetNetworkKind
  readonly all: readonly Heard[]
}

/** By the hash of the first block, whatever a machine calls its network; practice networks by their machine. */
function chainsOf(heard: readonly Heard[], known: KnownChains): readonly Chain[] {
  const chains = new Map<string, Chain>()
  for (const [at, machine] of heard.entries()) {
    const { network } = machine.report
    if (!network) continue
    const { genesis } = network
    const kind = known.get(genesis) ?? (network.kind === 'practice' ? 'practice' : 'other')
    const key = kind === 'practice' ? `practice ${at}` : genesis
    chains.set(key, { genesis, kind, all: [...(chains.get(key)?.all ?? []), machine] })
  }
  return [...chains.values()]
}

function networkTotal({ genesis, kind, all: machines }: Chain): FleetNetworkTotal {
  const mining = machines.filter(({ report }) => report.miner.state === 'mining')
  const speeds = mining.flatMap(({ report }) => report.miner.tokensPerSecond ?? [])
  const subnets = subnetsOf(eachOnce(machines))
  const told = machines.filter(({ report }) => report.earnings !== undefined)
  return {
    genesis,
    kind,
    machine: kind === 'practice' ? machines[0]?.name : undefined,
    machines: machines.length,
    mining: mining.length,
    tokensPerSecond: speeds.length === 0 ? undefined : speeds.reduce((a, b) => a + b, 0),
    speedOf: speeds.length,
    earningsOf: told.length,
    subnets,
    tao: told.length === 0 ? undefined : sumOf(subnets.map(({ tao }) => tao)),
  }
}

function sharedOf({ genesis, all: machines }: Chain): readonly SharedHotkey[] {
  const holders = new Map<Ss58, Heard[]>()
  for (const machine of machines)
    for (const hotkey of new Set(machine.report.hotkeys)) holders.set(hotkey, [...(holders.get(hotkey) ?? []), machine])
  return [...holders]
    .filter(([, all]) => all.length > 1)
    .map(([hotkey, all]) => ({
      genesis,
      hotkey,
      machines: all.map(({ name }) => name),
      mining: all.filter(({ report: { miner } }) => miner.hotkey === hotkey && miner.state === 'mining').length,
    }))
}

const ORDER: readonly FleetNetworkKind[] = ['finney', 'test', 'other', 'practice']

/** All machines together, as far as they answer. */
export function fleetTotals(machines: readonly HeardMachine[], known: KnownChains): FleetTotals {
  const heard = machines.filter((one): one is Heard => one.report !== undefined)
  const chains = chainsOf(heard, known)
  const powers = heard.flatMap(({ report }) => report.power ?? [])
  return {
    machines: machines.length,
    heard: heard.length,
    networks: chains.map(networkTotal).sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind)),
    watts: powers.length === 0 ? undefined : powers.reduce((sum, { watts }) => sum + watts, 0),
    wattsOf: powers.length,
    wattsPartial: powers.some(({ partial }) => partial),
    shared: chains.flatMap(sharedOf),
  }
}
