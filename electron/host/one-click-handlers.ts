import type { AppContract, Handlers } from '../../shared/contract/contract.ts'
import type { Services } from './create-host.ts'
import { followed } from './followed.ts'

type Names = Extract<keyof AppContract, `oneClick.${string}`>

export const oneClickHandlers = ({
  oneClick,
  mining,
  announcements,
}: Pick<Services, 'oneClick' | 'mining' | 'announcements'>): Pick<Handlers<AppContract>, Names> => ({
  'oneClick.watch': (_input, emit, signal) =>
    followed(
      (listener) => oneClick.onChange(listener),
      () => emit(oneClick.view()),
      signal,
    ),
  'oneClick.propose': () => oneClick.propose(),
  'oneClick.go': (wish) => oneClick.go(wish),
  'oneClick.confirm': (bound) => oneClick.confirm(bound),
  'oneClick.cancel': async () => {
    const place = announcements.byMiner()
    const cancelled = await oneClick.cancel()
    // A miner that was ended with it should not be called any more, just as after its own stop.
    if (place && mining.status().state === 'off') await announcements.leave(place)
    return cancelled
  },
  'oneClick.resume': (given) => oneClick.resume(given),
  'oneClick.dismiss': () => oneClick.dismiss(),
})
