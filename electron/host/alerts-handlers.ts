import type { AppContract, Handlers } from '../../shared/contract/contract.ts'
import type { Services } from './create-host.ts'
import { followed } from './followed.ts'

type Names = Extract<keyof AppContract, `alerts.${string}`>

export function alertsHandlers({ alerts }: Services): Pick<Handlers<AppContract>, Names> {
  return {
    'alerts.watch': (_input, emit, signal) =>
      followed(
        (listener) => alerts.onChange(listener),
        () => emit(alerts.view()),
        signal,
      ),
    'alerts.read': async ({ upTo }) => alerts.markRead(upTo),
    'alerts.set': async (change) => alerts.set(change),
    'alerts.testWebhook': () => alerts.testWebhook(),
  }
}
