import type { AppError } from '../../../shared/errors.ts'
import type { Result } from '../../../shared/result.ts'
import type { EarningsPort } from '../earnings.port.ts'
import { viewAt } from './history.ts'
import { readEpochSnapshot, readNetuidsOf } from './read/epoch-snapshot.ts'
import { readEpochs } from './read/epochs.ts'
import { readStakeEvents } from './read/stake-events.ts'
import type { Session } from './session.ts'
import { viewOfBest } from './view.ts'

/** The part of the adapter from which epochs are booked. */
export const earningsReads = ({
  act,
}: {
  readonly act: <T>(run: (session: Session) => Promise<T>) => Promise<Result<T, AppError>>
}): EarningsPort => ({
  epochsAt: (block) => act(async (session) => readEpochs(await viewAt(session, block))),
  stakeEvents: (coldkey, range) => act((session) => readStakeEvents(session, coldkey, range)),
  netuidsOf: (coldkey, among) => act((session) => readNetuidsOf(viewOfBest(session), coldkey, among)),
  epochSnapshot: (coldkey, at) => act((session) => readEpochSnapshot(session, coldkey, at)),
})
