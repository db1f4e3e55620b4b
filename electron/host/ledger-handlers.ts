import type { AppContract, Handlers } from '../../shared/contract/contract.ts'
import type { Services } from './create-host.ts'
import { followed } from './followed.ts'

type Names = Extract<keyof AppContract, `ledger.${string}`>

export function ledgerHandlers({ ledger }: Services): Pick<Handlers<AppContract>, Names> {
  return {
    'ledger.lines': async (ask) => ledger.lines(ask),
    'ledger.status': (_input, emit, signal) =>
      followed(
        (listener) => ledger.onChange(listener),
        () => emit(ledger.status()),
        signal,
      ),
    'ledger.fill': (ask) => ledger.fill(ask),
    'ledger.stopFilling': async () => ledger.stopFilling(),
    'ledger.holdings': (ask) => ledger.holdings(ask),
    'ledger.positions': (ask) => ledger.positions(ask),
    'ledger.allPositions': (ask) => ledger.allPositions(ask),
    'ledger.export': (ask, signal) => ledger.export(ask, signal),
    'ledger.offerDownload': (ask) => ledger.offerDownload(ask),
  }
}
