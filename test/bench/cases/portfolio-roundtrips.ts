import type { BenchCase } from '../case.ts'
import { measureConnect } from './connect.ts'

/** From the first byte to a full portfolio and all subnets, by a client that never met the chain. */
export const portfolioRoundtripsCold: BenchCase = {
  name: 'portfolio-roundtrips-cold',
  unit: 'count',
  target: 8,
  better: 'lower',
  run: async () => (await measureConnect('cold')).frames,
}

/** The same, by a client whose data folder knows the chain's runtime. */
export const portfolioRoundtripsWarm: BenchCase = {
  name: 'portfolio-roundtrips-warm',
  unit: 'count',
  target: 3,
  better: 'lower',
  run: async () => (await measureConnect('warm')).frames,
}

/** What a gateway counts that takes each call of a batch for a request. */
export const portfolioCallsCold: BenchCase = {
  name: 'portfolio-calls-cold',
  unit: 'count',
  better: 'lower',
  run: async () => (await measureConnect('cold')).requests,
}
