/** 1.0 of all proportions here. */
export const UNIT = 1n << 64n
const U16 = 65_535n

/** One neuron as the epoch sees it. */
export interface Voter {
  /** Alpha stake plus root stake × TAO weight, smallest units. */
  readonly stake: bigint
  readonly permit: boolean
  readonly active: boolean
  readonly lastUpdate: number
  readonly registeredAt: number
  /** uid → weight (any scale) */
  readonly weights: readonly (readonly [number, number])[]
  /** uid → bond of the epoch before, parts of 65,535 */
  readonly bonds: readonly (readonly [number, number])[]
}

export interface Verdict {
  /** All per uid, in parts of {@link UNIT}. */
  readonly consensus: readonly bigint[]
  readonly incentive: readonly bigint[]
  readonly dividends: readonly bigint[]
  readonly validatorTrust: readonly bigint[]
  /** Per uid: uid → bond, parts of 65,535. */
  readonly bonds: readonly (readonly (readonly [number, number])[])[]
}

type Matrix = bigint[][]

/** Makes a vector sum to {@link UNIT}; all zero stays zero. */
export function normalized(values: readonly bigint[]): bigint[] {
  const sum = values.reduce((total, value) => total + value, 0n)
  return sum === 0n ? values.map(() => 0n) : values.map((value) => (value * UNIT) / sum)
}

export const toU16 = (proportion: bigint): number => Number((proportion * U16) / UNIT)

/** Weight rows that count: of permitted voters, never for oneself, never older than the target's registration. */
function weightRows(voters: readonly Voter[]): Matrix {
  return voters.map((voter, from) => {
    const row = voters.map(() => 0n)
    if (!voter.permit) return row
    for (const [to, weight] of voter.weights) {
      const target = voters[to]
      if (target && to !== from && voter.lastUpdate > target.registeredAt) row[to] = BigInt(weight)
    }
    return normalized(row)
  })
}

/** The largest weight that voters with at least `kappa` of the stake reach or pass. */
function weightedMedian(votes: readonly (readonly [bigint, bigint])[], kappa: bigint): bigint {
  const falling = [...votes].sort((a, b) => (a[0] < b[0] ? 1 : a[0] > b[0] ? -1 : 0))
  let behind = 0n
  for (const [weight, stake] of falling) {
    behind += stake
    if (behind >= kappa) return weight
  }
  return 0n
}

const column = (rows: Matrix, to: number): bigint[] => rows.map((row) => row[to] ?? 0n)
const dot = (a: readonly bigint[], b: readonly bigint[]): bigint =>
  a.reduce((sum, value, i) => sum + (value * (b[i] ?? 0n)) / UNIT, 0n)

function transposed(columns: Matrix): Matrix {
  return columns.map((_, from) => column(columns, from))
}

/**
 * Who agreed on whom: stake-weighted median of the weights, everything above it clipped; ranks become incentive;
 * bonds follow the clipped weights slowly and become dividends. The chain's Yuma in its plain form: no liquid alpha,
 * no commit-reveal, one mechanism.
 *
 * @param kappa  share of stake that must agree, parts of {@link UNIT} (0.5)
 * @param bondsAlpha  how fast bonds follow, parts of {@link UNIT} (0.1)
 * @source subtensor `epoch/run_epoch.rs`
 */
export function yumaConsensus(voters: readonly Voter[], kappa: bigint, bondsAlpha: bigint): Verdict {
  const stake = normalized(voters.map((voter) => (voter.permit && voter.active ? voter.stake : 0n)))
  const rows = weightRows(voters)
  const uids = voters.map((_, uid) => uid)
  const consensus = uids.map((to) =>
    weightedMedian(
      rows.map((row, from) => [row[to] ?? 0n, stake[from] ?? 0n]),
      kappa,
    ),
  )
  const clipped = rows.map((row) => row.map((w, to) => ((consensus[to] ?? 0n) < w ? (consensus[to] ?? 0n) : w)))
  const incentive = normalized(uids.map((to) => dot(stake, column(clipped, to))))
  const bondColumns = uids.map((to) => {
    const fresh = normalized(column(clipped, to).map((w, from) => (w * (stake[from] ?? 0n)) / UNIT))
    const old = normalized(voters.map((voter) => bondOf(voter, to)))
    const known = old.some((bond) => bond > 0n)
    return normalized(fresh.map((bond, i) => (known ? mixed(old[i] ?? 0n, bond, bondsAlpha) : bond)))
  })
  const bondRows = transposed(bondColumns)
  return {
    consensus,
    incentive,
    dividends: normalized(bondRows.map((row) => dot(row, incentive))),
    validatorTrust: clipped.map((row) => row.reduce((sum, w) => sum + w, 0n)),
    bonds: bondRows.map((row) => row.flatMap((bond, to) => (toU16(bond) > 0 ? [[to, toU16(bond)] as const] : []))),
  }
}

const mixed = (old: bigint, fresh: bigint, alpha: bigint): bigint => (old * (UNIT - alpha) + fresh * alpha) / UNIT

/** A bond to somebody who took over the uid since does not count. */
function bondOf(voter: Voter, to: number): bigint {
  const found = voter.permit ? voter.bonds.find(([uid]) => uid === to) : undefined
  return BigInt(found?.[1] ?? 0)
}
