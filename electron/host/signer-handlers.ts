import type { AppContract, Handlers } from '../../shared/contract/contract.ts'
import type { Services } from './create-host.ts'

type Names = Extract<keyof AppContract, `signer.${string}`>

export function signerHandlers({ signer }: Pick<Services, 'signer'>): Pick<Handlers<AppContract>, Names> {
  return {
    'signer.reading': ({ preparedId }) => signer.reading(preparedId),
    'signer.policy': ({ wallet }) => signer.policy(wallet),
    'signer.setPolicy': (request) => signer.setPolicy(request),
    'signer.cancelLoosening': ({ wallet }) => signer.cancelLoosening(wallet),
    'signer.audit': (request) => signer.audit(request),
    'signer.exportAudit': (request) => signer.exportAudit(request),
    'signer.signMessage': (request) => signer.signMessage(request),
    'signer.verifyMessage': (request) => signer.verifyMessage(request),
  }
}
