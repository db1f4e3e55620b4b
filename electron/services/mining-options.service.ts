import type { AdapterChoice, MiningOption } from '../../shared/contract/mining.contract.ts'
import type { AppError } from '../../shared/errors.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { Subnet } from '../../shared/subnets/subnet.ts'
import type { ChainPort } from '../chain/chain.port.ts'
import type { AdapterRegistry, SubnetAdapter } from '../mining/subnet-adapter.port.ts'
import { isByHand } from './mining-adapter.ts'
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
  ): Pick<MiningOption, 'usable' | 'reason' | 'adapterId' | 'adapters'> {
    // Where an adapter names a repository it is compared when mining starts: this list is not worth a request for each subnet.
    const live = { network, subnetName: subnet.name, ownerColdkey: subnet.ownerColdkey }
    const adapters = this.#deps.adapters.choicesFor(live).map(choiceOf)
    const adapter = this.#deps.adapters.forSubnet(subnet.netuid, live)
    if (!adapter.ok)
      return {
        usable: false,
        adapterId: '',
        adapters: subnet.started ? adapters : [],
        reason: 'No adapter of this app was made for this subnet and tried with it',
      }
    const adapterId = adapter.value.id
    if (!subnet.started) return { usable: false, adapterId, adapters: [], reason: 'The subnet has not started yet' }
    return { usable: true, adapterId, adapters, reason: adapter.value.title }
  }
}

const choiceOf = (adapter: SubnetAdapter): AdapterChoice => ({
  id: adapter.id,
  title: adapter.title,
  transport: adapter.transport,
  status: adapter.verified.status,
  date: adapter.verified.date,
  source: adapter.verified.source,
  notes: adapter.scoringNotes,
  own: adapter.expectedIdentity.subnetName !== undefined,
  byHand: isByHand(adapter),
  needs: adapter.tasks.includes('forward') ? 'service' : 'model',
})
