import type { MinersPort } from '../miners.port.ts'
import type { Reading } from './account-reads.ts'
import { readMinersPaid } from './read/miners-paid.ts'
import { readDaySales, readRegistration, readSubnetToPrune } from './read/registration.ts'

/** The part of the adapter that looks at how mining pays. */
export const minerReads = ({ read }: Pick<Reading, 'read'>): MinersPort => ({
  minersPaid: (netuid) => read((view) => readMinersPaid(view, netuid)),
  registrationFacts: (netuid) => read((view) => readRegistration(view, netuid)),
  daySales: (netuid, amounts) => read((view) => readDaySales(view, netuid, amounts)),
  subnetToPrune: () => read((view) => readSubnetToPrune(view)),
})
