import type { AppContract, Handlers } from '../../shared/contract/contract.ts'
import { reportText } from '../../shared/log/report-text.ts'
import { ok } from '../../shared/result.ts'
import type { HostPorts, Services } from './create-host.ts'
import { followed } from './followed.ts'

type Names = Extract<keyof AppContract, `monitor.${string}` | `logs.${string}`>

/** Lines that are read where nobody said how many, and for a report. */
const USUAL_LINES = 200

export function monitorHandlers(
  { logs, facts, clock }: Pick<HostPorts, 'logs' | 'facts' | 'clock'>,
  { monitor, network }: Pick<Services, 'monitor' | 'network'>,
): Pick<Handlers<AppContract>, Names> {
  return {
    'monitor.watch': (_input, emit, signal) =>
      followed(
        (listener) => monitor.onChange(listener),
        () => emit(monitor.view()),
        signal,
      ),
    'monitor.live': (_input, emit, signal) =>
      followed(
        (listener) => monitor.onLive(listener),
        () => emit(monitor.live()),
        signal,
      ),
    'monitor.series': async ({ span }) => ok(monitor.series(span)),
    'monitor.openMetrics': ({ port }) => monitor.openMetrics(port),
    'monitor.closeMetrics': () => monitor.closeMetrics(),
    'logs.read': async ({ limit = USUAL_LINES, level, event }) => ok(await logs.read({ level, event }, limit)),
    'logs.report': async () => {
      const { lines } = await logs.read({}, USUAL_LINES)
      const { version, kind } = facts
      return ok({
        text: reportText(
          { version, host: `${kind} host`, network: network.status().label, atMs: clock.nowMs() },
          lines,
        ),
      })
    },
  }
}
