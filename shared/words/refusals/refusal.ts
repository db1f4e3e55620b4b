/** What the chain refuses for one reason of many, and the one thing to do about all of them. */
export interface Refusals {
  /** A pallet, or a kind of error of the chain itself; empty where the error has a name only. */
  readonly pallet: string
  /** What happened, by the chain's name of the error. */
  readonly why: Readonly<Record<string, string>>
  /** What to do now. */
  readonly next: string
}
