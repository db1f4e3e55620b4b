import type { AppContract, Handlers } from '../../shared/contract/contract.ts'
import type { LlmPort } from '../llm/llm.port.ts'
import type { Services } from './create-host.ts'
import { followed } from './followed.ts'

type Names = Extract<keyof AppContract, `mining.${string}`>

export function miningHandlers(
  { llm }: { readonly llm: LlmPort },
  { mining, miningOptions, models, announcements }: Services,
): Pick<Handlers<AppContract>, Names> {
  return {
    'mining.options': () => miningOptions.list(),
    'mining.hardware': async () => {
      const hardware = await llm.hardware()
      if (hardware.ok) models.machineChanged()
      return hardware
    },
    'mining.start': (request) => mining.start(request),
    'mining.move': ({ publicIp, publicPort }) => mining.moveTo(publicIp, publicPort),
    'mining.stop': async ({ keepAddress }) => {
      const place = announcements.byMiner()
      const stopped = await mining.stop()
      if (place && !keepAddress) await announcements.leave(place)
      return stopped
    },
    'mining.announced': (place) => announcements.announced(place),
    'mining.withdraw': (place) => announcements.withdraw(place),
    'mining.status': (_input, emit, signal) =>
      followed(
        (listener) => mining.onStatus(listener),
        () => emit(mining.status()),
        signal,
      ),
  }
}
