import type { BenchCase } from '../case.ts'
import { axonRequestsPerSecond } from './axon-rate.ts'

export const axonInvalid: BenchCase = {
  name: 'axon-invalid',
  unit: 'requests/s',
  better: 'higher',
  run: () => axonRequestsPerSecond(true),
}
