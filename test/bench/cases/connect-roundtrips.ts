import type { BenchCase } from '../case.ts'
import { measureConnect } from './connect.ts'

/** Public endpoints allow about one request a second, so each one counts. */
export const connectRoundtrips: BenchCase = {
  name: 'connect-roundtrips',
  unit: 'count',
  target: 12,
  better: 'lower',
  run: async () => (await measureConnect()).requests,
}
