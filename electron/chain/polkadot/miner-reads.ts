import type { MinersPort } from '../miners.port.ts'
import type { Reading } from './account-reads.ts'
import { readMinersPaid } from './read/miners-paid.ts'

/** The part of the adapter that looks at how mining pays. */
export const minerReads = ({ read }: Pick<Reading, 'read'>): MinersPort => ({
  minersPaid: (netuid) => read((view) => readMinersPaid(view, netuid)),
})
