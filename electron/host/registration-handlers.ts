import type { AppContract, Handlers } from '../../shared/contract/contract.ts'
import type { PlaceWatch } from '../../shared/contract/registration.contract.ts'
import { err, ok } from '../../shared/result.ts'
import type { Fresh } from '../services/live-read.ts'
import type { WatchView } from '../services/registration-watch.ts'
import type { Services } from './create-host.ts'
import { followed } from './followed.ts'

type Names =
  | 'registration.outlook'
  | 'registration.course'
  | 'registration.watch'
  | 'registration.rules'
  | 'registration.setRule'
  | 'registration.endRule'
  | 'registration.planMany'
  | 'registration.lists'
  | 'registration.startMany'
  | 'registration.runMany'
  | 'registration.stopMany'
  | 'registration.dropMany'

/** A day of 12 s blocks. */
const DAY_BLOCKS = 7_200

function onWire({ data, error }: Fresh<WatchView>): PlaceWatch {
  const removal = data?.removal
  const immunity = removal?.immunityBlocks
  return {
    error,
    data: data && {
      ...data,
      removal: removal && {
        block: removal.block,
        next: removal.next,
        freeSubnets: removal.freeSubnets,
        subnets: [...removal.registeredAt].map(([netuid, registeredAt]) => ({
          netuid,
          registeredAt,
          immuneUntilBlock: immunity === undefined ? undefined : registeredAt + immunity,
        })),
      },
    },
  }
}

export function registrationHandlers({
  registration,
  registrationWatch,
  priceRules,
  placeLists,
  wallets,
}: Services): Pick<Handlers<AppContract>, Names> {
  return {
    'registration.outlook': ({ netuid, mostCost }) => registration.outlook(netuid, mostCost),
    'registration.course': ({ netuid, span }) => registration.course(netuid, span ?? DAY_BLOCKS),
    'registration.rules': async () => ok(priceRules.view()),
    'registration.setRule': (wish) => priceRules.set(wish),
    'registration.endRule': async ({ id }) => priceRules.end(id),
    'registration.planMany': (wish) => placeLists.plan(wish),
    'registration.lists': (_input, emit, signal) =>
      followed(
        (listener) => placeLists.onChange(listener),
        () => emit(placeLists.lists()),
        signal,
      ),
    'registration.startMany': async ({ plan, upTo }) => {
      wallets.touch()
      return placeLists.start(plan, upTo)
    },
    'registration.runMany': async ({ id }) => {
      wallets.touch()
      return placeLists.run(id)
    },
    'registration.stopMany': async ({ id }) => (placeLists.stop(id) ? ok(null) : err({ code: 'register/no-list' })),
    'registration.dropMany': async ({ id }) => (placeLists.drop(id) ? ok(null) : err({ code: 'register/no-list' })),
    'registration.watch': (_input, emit, signal) => registrationWatch.watch((view) => emit(onWire(view)), signal),
  }
}
