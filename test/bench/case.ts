/** One thing that is measured. */
export interface BenchCase {
  readonly name: string
  /** `ms`, `requests/s`, `ratio`, `MiB`, `bytes`, `count` */
  readonly unit: string
  /** Reached when the value is on the better side of it; absent = measured for the record. */
  readonly target?: number
  readonly better: 'higher' | 'lower'
  run(): Promise<number>
}
