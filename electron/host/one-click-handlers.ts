import type { AppContract, Handlers } from '../../shared/contract/contract.ts'
import type { Services } from './create-host.ts'
import { followed } from './followed.ts'

type Names = Extract<keyof AppContract, `oneClick.${string}`>

export const oneClickHandlers = ({ oneClick }: Pick<Services, 'oneClick'>): Pick<Handlers<AppContract>, Names> => ({
  'oneClick.watch': (_input, emit, signal) =>
    followed(
      (listener) => oneClick.onChange(listener),
      () => emit(oneClick.view()),
      signal,
    ),
  'oneClick.propose': () => oneClick.propose(),
  'oneClick.go': (wish) => oneClick.go(wish),
  'oneClick.confirm': (bound) => oneClick.confirm(bound),
  'oneClick.cancel': () => oneClick.cancel(),
  'oneClick.resume': () => oneClick.resume(),
  'oneClick.dismiss': () => oneClick.dismiss(),
})
