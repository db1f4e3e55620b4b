import type { MiningOption } from '../../shared/contract/mining.contract.ts'
import type { AppError } from '../../shared/errors.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { Subnet } from '../../shared/subnets/subnet.ts'
import type { ChainPort } from '../chain/chain.port.ts'
import type { AdapterRegistry } from '../mining/subnet-adapter.port.ts'
import type { NetworkService } from './network.service.ts'
import type { WalletService } from './wallet.service.ts'

export interface MiningOptionsDeps {
  readonly chain: ChainPort
  readonly adapters: AdapterRegistry
  readonly wallets: WalletService
  readonly network: NetworkService
}

/** Which subnets this app speaks the protocol of, by the identity that the chain shows now, and why not the others. */
export class MiningOptionsService {
  readonly #deps: MiningOptionsDeps
  constructor(deps: MiningOptionsDeps) {
    this.#deps = deps
  }

  async list(): Promise<Result<MiningOption[], AppError>> {
    const { chain, wallets, network } = this.#deps
    const choice = network.choice()
    if (!choice) return err({ code: 'chain/not-connected' })
    const snapshot = await chain.subnets()
    if (!snapshot.ok) return snapshot
    const hotkeys = wallets.active()?.hotkeys.map((hotkey) => hotkey.address) ?? []
    const uids = hotkeys.length === 0 ? ok([]) : await chain.uidsOf(hotkeys)
    if (!uids.ok) return uids
    const options = snapshot.value.subnets.filter((subnet) => subnet.netuid !== 0)
    return ok(
      options.map((subnet) => ({
        ...this.#judge(subnet, choice.kind),
        netuid: subnet.netuid,
        name: subnet.name,
        ...(subnet.registrationPrice === undefined ? {} : { registrationPrice: subnet.registrationPrice }),
        places: subnet.places,
        placesTaken: subnet.placesTaken,
        mine: uids.value.filter((u) => u.netuid === subnet.netuid).map(({ hotkey, uid }) => ({ hotkey, uid })),
      })),
    )
  }

  #judge(
    subnet: Subnet,
    network: Parameters<AdapterRegistry['forSubnet']>[1]['network'],
  ): Pick<MiningOption, 'usable' | 'reason' | 'adapterId'> {
    const adapter = this.#deps.adapters.forSubnet(subnet.netuid, { network, subnetName: subnet.name })
    if (!adapter.ok)
      return { usable: false, adapterId: '', reason: 'Taoforge does not speak the protocol of this subnet' }
    const adapterId = adapter.value.id
    if (!subnet.started) return { usable: false, adapterId, reason: 'The subnet has not started yet' }
    return { usable: true, adapterId, reason: adapter.value.title }
  }
}
