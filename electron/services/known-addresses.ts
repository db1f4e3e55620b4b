import { dustSenders } from '../../shared/addresses/dust.ts'
import type { RecipientFacts } from '../../shared/addresses/judge-recipient.ts'
import type { KnownAddress } from '../../shared/addresses/look-alike.ts'
import type { NetworkKind } from '../../shared/network/network.ts'
import type { Validator } from '../../shared/subnets/subnet.ts'
import type { Ss58 } from '../../shared/units/amounts.ts'
import type { SeenTransfer } from '../storage/address-storage.port.ts'
import type { StoragePort } from '../storage/storage.port.ts'
import type { NetworkService } from './network.service.ts'
import type { WalletService } from './wallet.service.ts'

export interface KnownAddressesDeps {
  readonly storage: StoragePort
  readonly wallets: WalletService
  readonly network: NetworkService
}

/** How far back own records and seen transfers are looked at. A person remembers less. */
const LOOKED_AT = 10_000

/** Everybody whom this app knows: named, owned, paid, seen as a sender or as a validator. */
export class KnownAddresses {
  readonly #deps: KnownAddressesDeps
  /** Of the chain of now; shown in lists, so a person may mistake a stranger for one. */
  readonly #validators = new Map<Ss58, string>()
  #genesis: string | undefined

  constructor(deps: KnownAddressesDeps) {
    this.#deps = deps
  }

  sawValidators(validators: readonly Validator[]): void {
    this.#forgetOthers()
    for (const { hotkey, name } of validators) this.#validators.set(hotkey, name ?? '')
  }

  facts(network: NetworkKind): RecipientFacts {
    this.#forgetOthers()
    const seen = this.#seen()
    const from = this.#deps.wallets.active()?.address
    const paid = this.#paid(seen)
    const chosen = [...this.#named(network), ...paid.map(({ to }) => known(to, '', 'sent-to'))]
    const own = this.#own()
    const received = seen.filter((transfer) => own.has(transfer.to) && !own.has(transfer.from))
    return {
      from,
      known: [
        ...chosen,
        ...received.map((transfer) => known(transfer.from, '', 'received-from')),
        ...[...this.#validators].map(([address, name]) => known(address, name, 'validator')),
      ],
      paid: paid.filter((payment) => payment.from === from).map(({ to }) => to),
      dustSenders: dustSenders(received, chosen),
    }
  }

  /** Transfers to own accounts, newest first, with those marked that were sent to be copied by mistake. */
  received(network: NetworkKind): readonly (SeenTransfer & { readonly bait: boolean })[] {
    const own = this.#own()
    const { dustSenders: baits } = this.facts(network)
    return this.#seen()
      .filter((transfer) => own.has(transfer.to))
      .map((transfer) => ({ ...transfer, bait: baits.includes(transfer.from) }))
  }

  #named(network: NetworkKind): readonly KnownAddress[] {
    const book = this.#deps.storage.addressBook(network).map(({ address, name }) => known(address, name, 'book'))
    const own = this.#deps.wallets
      .state()
      .wallets.flatMap((wallet) => [
        known(wallet.address, wallet.name, 'own-coldkey'),
        ...wallet.hotkeys.map((hotkey) => known(hotkey.address, `${wallet.name} / ${hotkey.name}`, 'own-hotkey')),
      ])
    return [...book, ...own]
  }

  #own(): ReadonlySet<Ss58> {
    return new Set(this.#deps.wallets.state().wallets.map(({ address }) => address))
  }

  #paid(seen: readonly SeenTransfer[]): readonly { readonly from: Ss58; readonly to: Ss58 }[] {
    const own = this.#own()
    const genesis = this.#deps.network.genesis()
    const records = genesis === undefined ? [] : this.#deps.storage.transactions(genesis, LOOKED_AT)
    const recorded = records.flatMap(({ signer, to, stage }) =>
      to && (stage === 'in-block' || stage === 'finalized') ? [{ from: signer, to }] : [],
    )
    return [...recorded, ...seen.filter(({ from }) => own.has(from))]
  }

  #seen(): readonly SeenTransfer[] {
    const genesis = this.#deps.network.genesis()
    return genesis === undefined ? [] : this.#deps.storage.seenTransfers(genesis, LOOKED_AT)
  }

  #forgetOthers(): void {
    const genesis = this.#deps.network.genesis()
    if (genesis === this.#genesis) return
    this.#genesis = genesis
    this.#validators.clear()
  }
}

const known = (address: Ss58, name: string, how: KnownAddress['how']): KnownAddress => ({ address, name, how })
