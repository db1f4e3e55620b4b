import { distributionOf } from '../registration/places.ts'
import { type Alpha, alpha, type Rao, type RaoPerAlpha, valueAtPrice } from '../units/amounts.ts'

/** What those who mine a subnet got at its last epoch, by the chain. It promises nothing to anybody who begins. */
export interface MinerPay {
  /** Block that it was read in. */
  readonly block: number
  readonly miners: number
  /** Of these, how many got anything at all. */
  readonly earning: number
  /** Of all miners, those that got nothing too; absent where too few mine to say. 1e-9 alpha. */
  readonly median?: Alpha | undefined
  /** The same at the price of now, rao. */
  readonly medianTao?: Rao | undefined
  readonly best: Alpha
  /** Blocks between epochs. */
  readonly tempo: number
}

/** @param facts.emissions of each miner at the last epoch, 1e-9 alpha */
export function minerPay(facts: {
  readonly block: number
  readonly emissions: readonly Alpha[]
  readonly tempo: number
  readonly price?: RaoPerAlpha | undefined
}): MinerPay {
  const { block, tempo, price } = facts
  const { emissions } = facts
  const shared = distributionOf(emissions)
  const median = shared && alpha(shared.median)
  return {
    block,
    tempo,
    miners: emissions.length,
    earning: emissions.filter((paid) => paid > 0n).length,
    best: emissions.reduce((most, paid) => (paid > most ? paid : most), alpha(0n)),
    ...(median === undefined ? {} : { median }),
    ...(median === undefined || price === undefined ? {} : { medianTao: valueAtPrice(median, price) }),
  }
}

/** Epochs at the pay of the middle miner until a place is earned back; `undefined` where that is not known, or never. */
export function epochsToEarnBack({ medianTao }: MinerPay, cost: Rao): number | undefined {
  if (medianTao === undefined || medianTao === 0n) return undefined
  return Number((cost + medianTao - 1n) / medianTao)
}

/** A place that takes longer at the middle pay is likelier lost than earned back. 30 days of 12 s blocks. */
const PAYS_WITHIN_BLOCKS = 30 * 7_200

/** Whether the chain's own numbers say that a place there earns its price at the pay of the middle miner. */
export function paysByItsNumbers(pay: MinerPay, cost: Rao): boolean {
  const epochs = epochsToEarnBack(pay, cost)
  return epochs !== undefined && epochs * pay.tempo <= PAYS_WITHIN_BLOCKS
}
