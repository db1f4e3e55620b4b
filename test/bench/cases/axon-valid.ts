import type { BenchCase } from '../case.ts'
import { axonRequestsPerSecond } from './axon-load.ts'

export const axonValid: BenchCase = {
  name: 'axon-valid',
  unit: 'requests/s',
  better: 'higher',
  run: () => axonRequestsPerSecond(false),
}
