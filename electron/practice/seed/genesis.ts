import type { Ctx } from '../runtime/core/ctx.ts'
import { balances, limitOrders, subtensorModule, sudo, swap, system } from '../runtime/core/pallets.ts'
import { Store } from '../runtime/core/store.ts'
import { freeOf, mint } from '../runtime/money/balances.ts'
import { takeSeat } from '../runtime/neurons/seats.ts'
import { addAlpha, adoptHotkey, type Position, ROOT } from '../runtime/stake/ledger.ts'
import { priceOf } from '../runtime/stake/pools.ts'
import { subnetAccount } from '../runtime/stake/subnet-account.ts'
import type { GenesisOptions } from '../runtime.port.ts'
import type { Kv } from '../state/kv.port.ts'
import {
  ALICE,
  accountOf,
  BOB,
  type Keys,
  keysOf,
  miner,
  NOMINATORS,
  nominator,
  subnetOwner,
  TREASURY,
  VALIDATORS,
  validator,
} from './accounts.ts'
import { type Dice, dice } from './dice.ts'
import { SUBNETS, type SubnetSeed } from './subnets.ts'
import { writeParameters, writeRoot, writeSubnet } from './write-subnet.ts'

const s = subtensorModule.storage
const TOKEN = 1_000_000_000n

/** So much exists that a block issues 0.5 TAO, as on mainnet since its first halving at 10.5 million. */
const ISSUANCE = 10_600_000n * TOKEN

function stake(store: Store, position: Position, alpha: bigint): void {
  addAlpha(store, position, alpha)
  store.update(s.SubnetAlphaOut, [position.netuid], (out) => out + alpha)
}

/** TAO that somebody staked on root before the chain began. */
function stakeOnRoot(ctx: Ctx, who: Keys, tao: bigint): void {
  stake(ctx.store, { ...who, netuid: ROOT }, tao)
  ctx.store.update(s.SubnetTAO, [ROOT], (sum) => sum + tao)
  ctx.store.update(s.TotalStake, [], (sum) => sum + tao)
  mint(ctx, subnetAccount(ROOT), tao)
}

function writeIdentity(store: Store, coldkey: string, name: string): void {
  store.set(s.IdentitiesV2, [coldkey], {
    name,
    url: '',
    github_repo: '',
    image: '',
    discord: '',
    description: 'Part of the practice network; play money only.',
    additional: '',
  })
}

/** Validators have TAO, a take, a name, a seat and stake on root. */
function seedValidators(ctx: Ctx, rolls: Dice): void {
  for (let n = 0; n < VALIDATORS; n += 1) {
    const keys = keysOf(validator(n))
    adoptHotkey(ctx.store, keys.coldkey, keys.hotkey)
    mint(ctx, keys.coldkey, rolls.tokens(50, 500))
    ctx.store.set(s.Delegates, [keys.hotkey], rolls.between(0, 18) * 655)
    writeIdentity(ctx.store, keys.coldkey, n === 0 ? 'Practice validator' : `Practice validator ${n}`)
    takeSeat(ctx, ROOT, keys.hotkey)
    // At 0.18 alpha per TAO even the smallest reaches the 1000 that a vote needs.
    stakeOnRoot(ctx, keys, rolls.tokens(6_000, 20_000))
  }
}

/** People who stake to validators they do not own, on root and on two subnets each. */
function seedNominators(ctx: Ctx, rolls: Dice): void {
  for (let n = 0; n < NOMINATORS; n += 1) {
    const coldkey = accountOf(nominator(n))
    mint(ctx, coldkey, rolls.tokens(10, 1_000))
    const chosen = keysOf(validator(rolls.between(0, VALIDATORS - 1)))
    stakeOnRoot(ctx, { coldkey, hotkey: chosen.hotkey }, rolls.tokens(100, 5_000))
    for (const subnet of [SUBNETS[n % 3], SUBNETS[3]]) {
      if (!subnet) continue
      const { hotkey } = keysOf(validator(subnet.validators[n % subnet.validators.length] ?? 0))
      stake(ctx.store, { coldkey, hotkey, netuid: subnet.netuid }, rolls.tokens(5, 300))
    }
  }
}

/** Weights of the first day: every validator ranks all miners a little differently. */
function seedWeights(store: Store, subnet: SubnetSeed, rolls: Dice): void {
  const voters = subnet.validators.length
  const merits = Array.from({ length: subnet.miners }, () => rolls.between(1_000, 60_000))
  for (let uid = 0; uid < voters; uid += 1) {
    const votes = merits.map((merit, i): [number, number] => [voters + i, merit + rolls.between(0, 5_000)])
    store.set(s.Weights, [subnet.netuid, uid], votes)
  }
  // Votes count when they are younger than the registration of whom they are for, which is block 0.
  store.update(s.LastUpdate, [subnet.netuid], (list) => list.map((at, uid) => (uid < voters ? 1n : at)))
  store.update(s.ValidatorPermit, [subnet.netuid], (list) => list.map((_, uid) => uid < voters))
}

/** @param firstMiner  number of the first miner here; @returns of the first miner of the next subnet */
function seedSubnet(ctx: Ctx, subnet: SubnetSeed, rolls: Dice, firstMiner: number): number {
  const { store } = ctx
  const { netuid } = subnet
  writeSubnet(store, subnet)
  const owner = keysOf(subnetOwner(netuid))
  adoptHotkey(store, owner.coldkey, owner.hotkey)
  mint(ctx, owner.coldkey, 10n * TOKEN)
  mint(ctx, subnetAccount(netuid), subnet.tao)
  store.update(s.TotalStake, [], (sum) => sum + subnet.tao)
  subnet.validators.forEach((n, at) => {
    const keys = keysOf(validator(n))
    takeSeat(ctx, netuid, keys.hotkey)
    const [most, others] = subnet.stakes
    const whole = at === 0 ? most : others
    stake(store, { ...keys, netuid }, rolls.tokens(whole, Math.ceil(whole * 1.2)))
  })
  for (let n = firstMiner; n < firstMiner + subnet.miners; n += 1) {
    const keys = keysOf(miner(n))
    if (freeOf(store, keys.coldkey) === 0n) mint(ctx, keys.coldkey, rolls.tokens(1, 20))
    adoptHotkey(store, keys.coldkey, keys.hotkey)
    takeSeat(ctx, netuid, keys.hotkey)
  }
  seedWeights(store, subnet, rolls)
  const price = (priceOf(store, netuid) << 32n) / TOKEN
  if (subnet.priced) store.set(s.SubnetMovingPrice, [netuid], { bits: price })
  return firstMiner + subnet.miners
}

/** Block 0: the whole practice network from one number. The same number gives the same bytes. */
export function writeGenesis(kv: Kv, options: GenesisOptions): void {
  const store = new Store(kv)
  const ctx: Ctx = { store, block: 0, emit: () => undefined }
  const rolls = dice(options.seed)
  store.set(balances.storage.TotalIssuance, [], 0n)
  store.set(system.storage.LastRuntimeUpgrade, [], {
    spec_version: system.constants.Version.value.spec_version,
    spec_name: system.constants.Version.value.spec_name,
  })
  writeParameters(store)
  writeRoot(store)
  seedValidators(ctx, rolls)
  let firstMiner = 0
  for (const subnet of SUBNETS) firstMiner = seedSubnet(ctx, subnet, rolls, firstMiner)
  seedNominators(ctx, rolls)
  mint(ctx, accountOf(ALICE), 1_000_000n * TOKEN)
  store.set(sudo.storage.Key, [], accountOf(ALICE))
  mint(ctx, accountOf(BOB), 10_000n * TOKEN)
  mint(ctx, accountOf(TREASURY), ISSUANCE - store.get(s.TotalIssuance))
  for (const { netuid } of SUBNETS) store.set(swap.storage.PalSwapInitialized, [netuid], true)
  if (options.limitOrders) store.set(limitOrders.storage.LimitOrdersEnabled, [], true)
  if (options.rootHoldBlocks) store.set(s.RootStakeUnlockInterval, [], BigInt(options.rootHoldBlocks))
}
