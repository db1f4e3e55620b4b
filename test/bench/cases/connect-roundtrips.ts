import type { BenchCase } from '../case.ts'
import { measureConnect } from './connect.ts'

/** Frames on the socket from connecting to a full portfolio: each is waited for once. */
export const connectRoundtrips: BenchCase = {
  name: 'connect-roundtrips',
  unit: 'count',
  target: 12,
  better: 'lower',
  run: async () => (await measureConnect('cold')).frames,
}
