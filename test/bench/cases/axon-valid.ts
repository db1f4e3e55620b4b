import type { BenchCase } from '../case.ts'
import { axonRequestsPerSecond } from './axon-rate.ts'

export const axonValid: BenchCase = {
  name: 'axon-valid',
  unit: 'requests/s',
  target: 5_000,
  better: 'higher',
  run: () => axonRequestsPerSecond(false),
}
