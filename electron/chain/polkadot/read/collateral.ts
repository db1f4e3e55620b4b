import type { Collateral, StandingBond } from '../../../../shared/registration/collateral.ts'
import { isAlpha, isRao, type Netuid, type Ss58 } from '../../../../shared/units/amounts.ts'
import type { Ask, View } from '../view.ts'

/** Newer than any metadata that is known here: asked for by name, only where the runtime has them. */
export const COLLATERAL_ITEMS = {
  share: 'SubtensorModule.CollateralLockShare',
  frees: 'SubtensorModule.CollateralDrainRatio',
} as const
/** What one position has bound, and by what it is valued. */
export const BOND_ITEMS = {
  bond: 'SubtensorModule.MinerCollateral',
  slowPrice: 'SubtensorModule.SubnetMovingPrice',
  mechanism: 'SubtensorModule.SubnetMechanism',
} as const

/** What is to be read of a subnet; empty where the runtime does not know collateral. */
export function collateralAsks(runtime: Pick<View['runtime'], 'has'>, netuid: Netuid): readonly Ask[] {
  const has = (item: string) => runtime.has({ storage: [item] })
  return has(COLLATERAL_ITEMS.share)
    ? Object.values(COLLATERAL_ITEMS).flatMap((item) => (has(item) ? [[item, netuid]] : []))
    : []
}

/** What is to be read of a position, beside {@link collateralAsks}. Versions that know no coldkey there ask for the hotkey alone. */
export function bondAsks(
  runtime: Pick<View['runtime'], 'has'>,
  { netuid, hotkey, coldkey }: { readonly netuid: Netuid; readonly hotkey: Ss58; readonly coldkey: Ss58 },
): readonly Ask[] {
  const { bond, slowPrice, mechanism } = BOND_ITEMS
  if (!runtime.has({ storage: [COLLATERAL_ITEMS.share, bond, slowPrice, mechanism] })) return []
  return [
    [bond, netuid, hotkey, coldkey],
    [slowPrice, netuid],
    [mechanism, netuid],
  ]
}

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && name in value ? Object(value)[name] : undefined

/**
 * @param values in the order of `asks`
 * @returns `undefined`: the chain does not say, or says it in a way that is not known here
 * @source subtensor `subnets/collateral.rs` get_collateral_topup_tao: at the slow price, cut
 */
export function bondOf(asks: readonly Ask[], values: readonly unknown[]): StandingBond | undefined {
  if (asks.length === 0) return undefined
  const [state, slow, mechanism] = values
  // Nothing is stored for whom nothing is bound.
  const locked = state === undefined || state === null ? 0n : bigOf(fieldOf(state, 'locked'))
  const bits = bigOf(fieldOf(slow, 'bits'))
  if (locked === undefined || bits === undefined || bits < 0n || typeof mechanism !== 'number') return undefined
  // I96F32 of rao per rao; a stable subnet changes one to one.
  const worth = mechanism === 0 ? locked : (locked * bits) >> 32n
  return isAlpha(locked) && isRao(worth) ? { alpha: locked, worth } : undefined
}

const bigOf = (value: unknown): bigint | undefined =>
  typeof value === 'bigint' ? value : Number.isSafeInteger(value) ? BigInt(value as number) : undefined

/** U64F64 in parts per million, to the nearest; `undefined`: it is something else, or more than a number holds exactly. */
function ppmOf(value: unknown): number | undefined {
  const bits = typeof value === 'object' && value !== null && 'bits' in value ? value.bits : undefined
  if (typeof bits !== 'bigint' && typeof bits !== 'number' && typeof bits !== 'string') return undefined
  const ppm = Number((BigInt(bits) * 1_000_000n + (1n << 63n)) >> 64n)
  return Number.isSafeInteger(ppm) ? ppm : undefined
}

/**
 * @param values in the order of `asks`
 * @returns `undefined`: the chain does not say, or says it in a way that is not known here. Then it is unknown, and never none
 */
export function collateralOf(asks: readonly Ask[], values: readonly unknown[]): Collateral | undefined {
  const answerOf = (item: string): unknown => values[asks.findIndex(([asked]) => asked === item)]
  const share = answerOf(COLLATERAL_ITEMS.share)
  if (typeof share !== 'number' || !Number.isInteger(share) || share < 0 || share > 65_535) return undefined
  return { share, freesPpm: ppmOf(answerOf(COLLATERAL_ITEMS.frees)) }
}
