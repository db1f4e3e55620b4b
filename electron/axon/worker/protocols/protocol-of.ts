import { assertNever } from '../../../../shared/result.ts'
import type { Transport } from '../../../mining/manifest.port.ts'
import { axonV10 } from './axon-v10.ts'
import { btauth1 } from './btauth-1.ts'
import { epistula2 } from './epistula-2.ts'
import { fiberMlts } from './fiber-mlts.ts'
import type { Protocol, Served } from './protocol.ts'

/** The protocol that an adapter names. */
export function protocolOf(transport: Transport, served: Served): Protocol {
  switch (transport) {
    case 'btauth-1':
      return btauth1(served)
    case 'axon-v10':
      return axonV10(served)
    case 'epistula-2':
      return epistula2(served)
    case 'fiber-mlts':
      return fiberMlts(served, Date.now())
    default:
      return assertNever(transport)
  }
}
