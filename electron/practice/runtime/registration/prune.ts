/** A place on a subnet, as far as losing it is concerned. */
export interface Seat {
  readonly uid: number
  /** Alpha of the last epoch. */
  readonly emission: bigint
  readonly registeredAt: number
  /** The subnet owner keeps this place. */
  readonly immortal: boolean
}

export interface PruneRules {
  readonly block: number
  readonly immunityPeriod: number
  /** With this many or fewer outside immunity, an immune one goes instead, or nobody. */
  readonly minNonImmune: number
}

export const isImmune = (seat: Seat, rules: PruneRules): boolean =>
  rules.block - seat.registeredAt < rules.immunityPeriod

const before = (a: Seat, b: Seat): boolean =>
  a.emission !== b.emission
    ? a.emission < b.emission
    : a.registeredAt !== b.registeredAt
      ? a.registeredAt < b.registeredAt
      : a.uid < b.uid

const lowest = (seats: readonly Seat[]): Seat | undefined =>
  seats.reduce<Seat | undefined>((worst, seat) => (!worst || before(seat, worst) ? seat : worst), undefined)

/**
 * Who makes room on a full subnet: lowest emission first, then the oldest registration, then the lowest uid.
 * @returns the uid, or `undefined` when nobody may be replaced
 * @source subtensor `subnets/registration.rs` get_neuron_to_prune
 */
export function seatToPrune(seats: readonly Seat[], rules: PruneRules): number | undefined {
  const open = seats.filter((seat) => !seat.immortal)
  const mortal = open.filter((seat) => !isImmune(seat, rules))
  const chosen = mortal.length > rules.minNonImmune ? lowest(mortal) : lowest(open.filter((s) => isImmune(s, rules)))
  return chosen?.uid
}
