import type { Collateral } from '../../../../shared/registration/collateral.ts'
import type { Netuid } from '../../../../shared/units/amounts.ts'
import type { View } from '../view.ts'

/** Newer than any metadata that is known here: asked for by name, only where the runtime has them. */
export const COLLATERAL_ITEMS = {
  share: 'SubtensorModule.CollateralLockShare',
  frees: 'SubtensorModule.CollateralDrainRatio',
} as const
type Ask = readonly [item: string, netuid: Netuid]

/** What is to be read of a subnet; empty where the runtime does not know collateral. */
export function collateralAsks(runtime: Pick<View['runtime'], 'has'>, netuid: Netuid): readonly Ask[] {
  const has = (item: string) => runtime.has({ storage: [item] })
  return has(COLLATERAL_ITEMS.share)
    ? Object.values(COLLATERAL_ITEMS).flatMap((item) => (has(item) ? [[item, netuid]] : []))
    : []
}

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
