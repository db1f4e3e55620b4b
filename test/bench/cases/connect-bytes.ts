import type { BenchCase } from '../case.ts'
import { measureConnect } from './connect.ts'

/** Almost all of it is the runtime's metadata, once per connection. */
export const connectBytes: BenchCase = {
  name: 'connect-bytes',
  unit: 'bytes',
  better: 'lower',
  run: async () => (await measureConnect('cold')).bytes,
}
