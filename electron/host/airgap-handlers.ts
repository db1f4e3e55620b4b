import type { AppContract, Handlers } from '../../shared/contract/contract.ts'
import type { Services } from './create-host.ts'

type Names = Extract<keyof AppContract, `airgap.${string}`>

export function airgapHandlers({ airgap }: Pick<Services, 'airgap'>): Pick<Handlers<AppContract>, Names> {
  return {
    'airgap.export': ({ preparedId }) => airgap.export(preparedId),
    'airgap.send': ({ preparedId, signature }) => airgap.send(preparedId, signature),
    'airgap.read': ({ given }) => airgap.read(given),
    'airgap.sign': ({ given, payloadHash }) => airgap.sign(given, payloadHash),
  }
}
