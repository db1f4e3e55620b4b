import type { AppError } from '../../shared/errors.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { Portfolio } from '../../shared/staking/position.ts'
import type { SubnetsSnapshot, Validator } from '../../shared/subnets/subnet.ts'
import type { Netuid, Ss58 } from '../../shared/units/amounts.ts'
import type { ChainPort } from '../chain/chain.port.ts'
import { LiveRead } from './live-read.ts'
import type { NetworkService } from './network.service.ts'
import type { WalletService } from './wallet.service.ts'

export interface ViewsDeps {
  readonly chain: ChainPort
  readonly wallets: WalletService
  readonly network: NetworkService
  /** Told of each read of all subnets, so that nobody reads them once more. */
  readonly sawSubnets: (snapshot: SubnetsSnapshot) => void
}

/** What windows look at while it changes. Owns no state: the chain is the state. */
export class ViewsService {
  readonly portfolio: LiveRead<Portfolio>
  readonly subnets: LiveRead<SubnetsSnapshot>

  readonly #chain: ChainPort

  constructor({ chain, wallets, network, sawSubnets }: ViewsDeps) {
    this.#chain = chain
    let address = ''
    let genesis = ''
    this.portfolio = new LiveRead<Portfolio>({
      read: async (): Promise<Result<Portfolio, AppError>> => {
        const wallet = wallets.active()
        return wallet ? chain.portfolio(wallet.address, true) : err({ code: 'keys/no-wallet' })
      },
      trigger: (changed) => chain.onHead(changed),
    })
    this.subnets = new LiveRead<SubnetsSnapshot>({
      read: async () => {
        const answer = await chain.subnets()
        if (answer.ok) sawSubnets(answer.value)
        return answer
      },
      trigger: (changed) => chain.onHead(changed),
    })
    // Another account or another chain: the old numbers must not stand for one moment longer.
    wallets.onChange((state) => {
      if ((state.active?.address ?? '') === address) return
      address = state.active?.address ?? ''
      this.portfolio.reset()
    })
    network.onChange((status) => {
      if ((status.facts?.genesis ?? '') === genesis) return
      genesis = status.facts?.genesis ?? ''
      this.portfolio.reset()
      this.subnets.reset()
    })
  }

  portfolioOf(coldkey: Ss58): Promise<Result<Portfolio, AppError>> {
    return this.#chain.portfolio(coldkey, true)
  }

  /** Hotkeys that one can stake to, largest first. */
  async validators(netuid: Netuid): Promise<Result<readonly Validator[], AppError>> {
    const found = await this.#chain.validators(netuid)
    if (!found.ok) return found
    return ok([...found.value].sort((a, b) => (a.stake === b.stake ? a.uid - b.uid : a.stake > b.stake ? -1 : 1)))
  }
}
