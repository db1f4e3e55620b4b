import { evmChainId, subtensorModule, swap } from '../runtime/core/pallets.ts'
import type { Store } from '../runtime/core/store.ts'
import { ROOT } from '../runtime/stake/ledger.ts'
import { keysOf, subnetOwner } from './accounts.ts'
import { SUBNETS, type SubnetSeed } from './subnets.ts'

const s = subtensorModule.storage
const TOKEN = 1_000_000_000n

/** Blocks per epoch: 40 s at 2 s a block. Mainnet has at least 360. */
const TEMPO = 20
/** The seeded validators vote once, at genesis, and must not fall silent: 4,000,000 epochs. */
const NEVER_INACTIVE = 4_000_000_000
/** Three epochs without fear of being replaced. Mainnet has 4096 blocks or more. */
const IMMUNITY_BLOCKS = 60
/**
 * Blocks until an announced coldkey swap may be carried out, and from then until it may be announced anew or cleared:
 * 100 s and 20 s at 2 s a block, as Subtensor's own fast nodes have it. Mainnet has 36,000 and 7,200: five days, one day.
 */
const SWAP_DELAY = 50
const SWAP_AGAIN_DELAY = 10
/**
 * Blocks in which a lock falls to 37 %, and in which conviction grows: 200 and 67 minutes at 2 s a block. Mainnet has 934,866
 * and 311,622: 130 and 43 days.
 */
const UNLOCK_RATE = 6_000n
const MATURITY_RATE = 2_000n
/** Of a development chain. Mainnet has 964, the test network 945. */
const CHAIN_ID = 42n
/** 0.18 in parts of 2^64 − 1, as mainnet has it live. */
const TAO_WEIGHT = 3_320_413_933_267_719_290n

/** Values of the whole chain that differ from their defaults. */
export function writeParameters(store: Store): void {
  store.set(s.TaoWeight, [], TAO_WEIGHT)
  store.set(s.TotalNetworks, [], SUBNETS.length + 1)
  // Mainnet's own: with less stake than this a hotkey may not vote.
  store.set(s.StakeThreshold, [], 1_000n * TOKEN)
  store.set(s.ColdkeySwapAnnouncementDelay, [], SWAP_DELAY)
  store.set(s.ColdkeySwapReannouncementDelay, [], SWAP_AGAIN_DELAY)
  store.set(s.UnlockRate, [], UNLOCK_RATE)
  store.set(s.MaturityRate, [], MATURITY_RATE)
  store.set(evmChainId.storage.ChainId, [], CHAIN_ID)
  // A remainder worth less than 0.002 TAO behind a foreign hotkey is sold at once.
  store.set(s.NominatorMinRequiredStake, [], 1_000_000n)
}

export function writeRoot(store: Store): void {
  store.set(s.NetworksAdded, [ROOT], true)
  store.set(s.TokenSymbol, [ROOT], 'τ')
  store.set(s.MaxAllowedUids, [ROOT], 64)
  store.set(s.Tempo, [ROOT], TEMPO)
  store.set(s.ImmunityPeriod, [ROOT], IMMUNITY_BLOCKS)
  store.set(s.MinNonImmuneUids, [ROOT], 2)
  store.set(s.NetworkPowRegistrationAllowed, [ROOT], false)
  store.set(s.CommitRevealWeightsEnabled, [ROOT], false)
  writeName(store, ROOT, { name: 'Root', description: 'TAO staked here counts on every subnet.' })
}

function writeName(store: Store, netuid: number, { name, description }: { name: string; description: string }): void {
  store.set(s.SubnetIdentitiesV3, [netuid], {
    subnet_name: name,
    github_repo: '',
    subnet_contact: '',
    subnet_url: '',
    discord: '',
    description,
    logo_url: '',
    additional: '',
  })
}

function writeRules(store: Store, subnet: SubnetSeed): void {
  const { netuid } = subnet
  store.set(s.Tempo, [netuid], TEMPO)
  // Epochs of different subnets fall on different blocks.
  store.set(s.LastEpochBlock, [netuid], BigInt(netuid % 5))
  store.set(s.ImmunityPeriod, [netuid], IMMUNITY_BLOCKS)
  store.set(s.MinNonImmuneUids, [netuid], 2)
  store.set(s.ActivityCutoffFactorMilli, [netuid], NEVER_INACTIVE)
  store.set(s.ServingRateLimit, [netuid], 5n)
  store.set(s.WeightsSetRateLimit, [netuid], 10n)
  store.set(s.MinAllowedWeights, [netuid], 1)
  store.set(s.MaxAllowedValidators, [netuid], 64)
  store.set(s.MaxAllowedUids, [netuid], subnet.maxUids)
  store.set(s.CommitRevealWeightsEnabled, [netuid], false)
  store.set(s.NetworkRegistrationAllowed, [netuid], true)
  store.set(s.NetworkPowRegistrationAllowed, [netuid], false)
  store.set(s.Burn, [netuid], subnet.burn)
  store.set(s.MinBurn, [netuid], subnet.minBurn)
  if (subnet.collateralShare) store.set(s.CollateralLockShare, [netuid], subnet.collateralShare)
}

/** A subnet without its people. */
export function writeSubnet(store: Store, subnet: SubnetSeed): void {
  const { netuid } = subnet
  const owner = keysOf(subnetOwner(netuid))
  store.set(s.NetworksAdded, [netuid], true)
  store.set(s.NetworkRegisteredAt, [netuid], 0n)
  store.set(s.SubnetMechanism, [netuid], 1)
  store.set(s.SubnetOwner, [netuid], owner.coldkey)
  store.set(s.SubnetOwnerHotkey, [netuid], owner.hotkey)
  store.set(s.RecycleOrBurn, [netuid], { type: 'Recycle', value: undefined })
  store.set(s.TokenSymbol, [netuid], subnet.symbol)
  writeName(store, netuid, subnet)
  writeRules(store, subnet)
  store.set(s.SubtokenEnabled, [netuid], subnet.started)
  if (subnet.started) store.set(s.FirstEmissionBlockNumber, [netuid], 1n)
  store.set(s.SubnetTAO, [netuid], subnet.tao)
  store.set(s.SubnetAlphaIn, [netuid], subnet.alpha)
  store.set(swap.storage.SwapBalancer, [netuid], { quote: subnet.taoWeight })
}
