import type { AppError } from '../../../shared/errors.ts'
import type { Result } from '../../../shared/result.ts'
import type { MinersPort } from '../miners.port.ts'
import type { Reading } from './account-reads.ts'
import { viewAt } from './history.ts'
import { readEarlierPay } from './read/earlier-pay.ts'
import { readMinersPaid } from './read/miners-paid.ts'
import { readPlaceEvents, readPlacePrices, readRemoval } from './read/place-watch.ts'
import { readDaySales, readRegistration } from './read/registration.ts'
import type { Session } from './session.ts'

export interface MinerReading extends Pick<Reading, 'read'> {
  readonly act: <T>(run: (session: Session) => Promise<T>) => Promise<Result<T, AppError>>
}

/** The part of the adapter that looks at how mining pays, and at places. */
export const minerReads = ({ read, act }: MinerReading): MinersPort => ({
  minersPaid: (netuid) => read((view) => readMinersPaid(view, netuid)),
  registrationFacts: (netuid) => read((view) => readRegistration(view, netuid)),
  earlierPay: (last, most) => act((session) => readEarlierPay((block) => viewAt(session, block), last, most)),
  daySales: (netuid, amounts) => read((view) => readDaySales(view, netuid, amounts)),
  placePrices: () => read((view) => readPlacePrices(view)),
  placeEvents: (range) => act((session) => readPlaceEvents(session, range)),
  removalFacts: (netuids) => read((view) => readRemoval(view, netuids)),
})
