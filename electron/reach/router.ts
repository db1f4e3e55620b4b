import { defaultGateway } from './default-gateway.ts'
import { natPmpRouter } from './nat-pmp.ts'
import type { FoundRouter } from './reach.port.ts'
import { findUpnpRouter } from './upnp.ts'

/**
 * The router of this home, by whichever of the two languages it speaks; both are asked at once. Only the device that this
 * computer already sends its traffic through is believed: any other one could claim to be the router.
 */
export async function findRouter(signal: AbortSignal): Promise<FoundRouter | undefined> {
  const gateway = await defaultGateway()
  if (gateway === undefined) return undefined
  const [natPmp, upnp] = await Promise.all([natPmpRouter(gateway, signal), findUpnpRouter(gateway, signal)])
  // One that knows its address outside says more.
  return [natPmp, upnp].find((one) => one?.outside !== undefined) ?? natPmp ?? upnp
}
