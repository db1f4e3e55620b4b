import type { StakingPort } from '../staking.port.ts'
import type { Reading } from './account-reads.ts'
import { pricesElsewhere } from './read/second-word.ts'
import { readMoves } from './read/stake-moves.ts'
import { askFee } from './tx/fee.ts'
import { encodeIntent } from './tx/intent-call.ts'

/** The part of the adapter that looks at stake to be moved. */
export function stakingReads({ read }: Pick<Reading, 'read'>): StakingPort {
  return {
    movesSnapshot: (coldkey, choose, { oneByOne = false, priced = [] }) =>
      read((view, session) =>
        readMoves(view, coldkey, {
          choose,
          oneByOne,
          priced,
          elsewhere: (netuids) => pricesElsewhere(session, netuids),
          feeOf: async (intent, nonce) => {
            const call = encodeIntent(view.runtime, intent)
            return (await askFee(session, view, { signer: coldkey, call, nonce })).rao('partial_fee')
          },
        }),
      ),
  }
}
