import type { AppContract, Handlers } from '../../shared/contract/contract.ts'
import type { Services } from './host-parts.ts'

type Names = Extract<keyof AppContract, `earnings.${string}`>

export function earningsHandlers({ earnings, earningsBook }: Services): Pick<Handlers<AppContract>, Names> {
  return {
    'earnings.watch': (_input, emit, signal) => earnings.view.watch(emit, signal),
    'earnings.summary': async (ask) => earningsBook.summary(ask),
    'earnings.epochs': async (ask) => earningsBook.epochs(ask),
    'earnings.export': (ask, signal) => earningsBook.export(ask, signal),
    'earnings.offerDownload': (ask) => earningsBook.offerDownload(ask),
  }
}
