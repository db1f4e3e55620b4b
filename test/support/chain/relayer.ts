import { ApiPromise, WsProvider } from '@polkadot/api'
import type { SubmittableExtrinsic } from '@polkadot/api/types'
import { Keyring } from '@polkadot/keyring'
import { cryptoWaitReady } from '@polkadot/util-crypto'
import { included } from './included.ts'

const silent = { extrinsic: {}, payload: {} }
const EXTENSIONS = {
  SudoTransactionExtension: silent,
  CheckShieldedTxValidity: silent,
  SubtensorTransactionExtension: silent,
  DrandPriority: silent,
}
type Tx = SubmittableExtrinsic<'promise'>

/** What a relayer reads in a file of an order; names are the chain's. */
export interface OrderFile {
  readonly orderId: string
  readonly signedOrder: object
  readonly scale: string
}

/**
 * Another program on the practice network, with the usual client library of other wallets: it has the root key, and it
 * carries out orders that it was given.
 */
export class Relayer {
  readonly #api: ApiPromise
  readonly #keys = new Keyring({ type: 'sr25519' })

  private constructor(api: ApiPromise) {
    this.#api = api
  }

  static async join(ws: string): Promise<Relayer> {
    await cryptoWaitReady()
    // The library's provider declares an optional field that its own interface does not take as absent.
    const provider = new WsProvider(ws) as never
    return new Relayer(await ApiPromise.create({ provider, signedExtensions: EXTENSIONS, noInitWarn: true }))
  }
  close = (): Promise<void> => this.#api.disconnect()

  addressOf = (uri: string): string => this.#keys.addFromUri(uri).address

  /** The pallet's switch, which root alone turns. @returns `done`, or the chain's name of what it refused */
  switchOrders(enabled: boolean): Promise<string> {
    return this.#send(this.#tx('sudo', 'sudo', this.#tx('limitOrders', 'setPalletStatus', enabled)), '//Alice')
  }

  /** The bytes of an order by the layout that the node serves. */
  bytesOf({ signedOrder }: OrderFile): string {
    const [orders] = this.#tx('limitOrders', 'executeOrders', [signedOrder], true).args
    return `0x${(orders?.toHex() ?? '').slice('0x04'.length)}`
  }

  /** @param part of the amount, 1e-9 units; absent: all of it */
  execute({ signedOrder }: OrderFile, by: string, part?: bigint): Promise<string> {
    const signed = part === undefined ? signedOrder : { ...signedOrder, partial_fill: part.toString() }
    return this.#send(this.#tx('limitOrders', 'executeOrders', [signed], true), by)
  }

  #tx(pallet: string, call: string, ...args: readonly unknown[]): Tx {
    const make = this.#api.tx[pallet]?.[call]
    if (!make) throw new Error(`the node has no ${pallet}.${call}`)
    return make(...args)
  }

  async #send(tx: Tx, by: string): Promise<string> {
    const { dispatchError } = await included(tx, this.#keys.addFromUri(by))
    if (!dispatchError) return 'done'
    if (!dispatchError.isModule) return dispatchError.type
    const { section, name } = this.#api.registry.findMetaError(dispatchError.asModule)
    return `${section}.${name}`
  }
}
