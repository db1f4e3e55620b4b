import { encodeAddress } from '@polkadot/util-crypto'
import type { WholeChain } from '../../../electron/chain/whole-chain.port.ts'
import { PALLETS } from '../../../electron/practice/definitions/pallets.ts'
import type { RuntimeCall } from '../../../electron/practice/definitions/runtime-types.ts'
import { Store } from '../../../electron/practice/runtime/core/store.ts'
import { createRuntime } from '../../../electron/practice/runtime/create-runtime.ts'
import { errorName } from '../../../electron/practice/runtime/testing/test-chain.ts'
import { fromHex } from '../../../electron/practice/scale/hex.ts'
import type { StorageItem } from '../../../electron/practice/scale/storage.ts'
import { accountOf } from '../../../electron/practice/seed/accounts.ts'
import { devKey } from '../../../electron/practice/signing/dev-key.ts'
import { signedExtrinsic } from '../../../electron/practice/signing/signed-extrinsic.ts'
import { type Network, startNetwork } from '../../../electron/practice/start-network.ts'
import { Overlay } from '../../../electron/practice/state/overlay.ts'
import { readOnly } from '../../../electron/practice/state/versioned-state.ts'
import { type Ss58, ss58 } from '../../../shared/units/amounts.ts'
import { must, never, newChain } from './chain-session.ts'

export const addressOf = (uri: string): Ss58 => ss58(encodeAddress(devKey(uri).publicKey, 42))

/** What became of a call: `undefined` where it was carried out, else `Pallet.Error`. */
export type BareEnd = string | undefined

/**
 * A real practice chain behind its socket, whose blocks come when a test says so, and whose storage a test may write: as root, by the
 * call that governance of a real chain has. So every state that a refusal needs can be had at once.
 */
export class SetUpChain {
  readonly network: Network
  readonly chain: WholeChain

  private constructor(network: Network, chain: WholeChain) {
    this.network = network
    this.chain = chain
  }

  static async start(): Promise<SetUpChain> {
    const network = await startNetwork({
      runtime: createRuntime(),
      port: 0,
      // None by itself.
      blockMs: 3_600_000,
      seed: 1,
      onFault: (error) => {
        throw error
      },
      onFailure: () => undefined,
      limitOrders: false,
      rootHoldBlocks: 0,
    } as Parameters<typeof startNetwork>[0])
    for (let n = 0; n < 3; n += 1) network.node.produce()
    const chain = newChain()
    must(await chain.connect({ endpoint: network.ws, genesis: network.genesis }, never))
    return new SetUpChain(network, chain)
  }

  async close(): Promise<void> {
    await this.chain.disconnect()
    await this.network.close()
  }

  get store(): Store {
    const { chain } = this.network.node
    const state = chain.stateAt(chain.best.header.number)
    if (!state) throw new Error('the newest block has no state')
    return new Store(new Overlay(readOnly(state)))
  }

  /** Makes blocks until the client has seen the last of them. */
  async blocks(count = 1): Promise<void> {
    for (let n = 0; n < count; n += 1) this.network.node.produce()
    const { number } = this.network.node.chain.best.header
    await until(() => {
      const state = this.chain.state()
      return state.state === 'ready' && state.best.number >= number
    })
  }

  /** A value of the chain becomes another one. */
  async set<K extends readonly unknown[], V, D>(item: StorageItem<K, V, D>, keys: NoInfer<K>, value: NoInfer<V>) {
    const items = [[fromHex(item.key(...keys)), item.type.codec.enc(value)]]
    const call = { type: 'System', value: { type: 'set_storage', value: { items } } }
    const end = await this.bare('//Alice', { type: 'Sudo', value: { type: 'sudo', value: { call } } })
    if (end !== undefined) throw new Error(end)
  }

  /** TAO from //Alice. */
  async fund(uri: string, amount: bigint): Promise<void> {
    const dest = { type: 'Id', value: accountOf(uri) }
    await this.bare('//Alice', {
      type: 'Balances',
      value: { type: 'transfer_keep_alive', value: { dest, value: amount } },
    })
  }

  /** Signs and sends without planning anything, in a block of its own. */
  async bare(uri: string, call: object): Promise<BareEnd> {
    const { node } = this.network
    const bytes = signedExtrinsic(node, devKey(uri), call as RuntimeCall)
    node.pool.submit(bytes, () => undefined)
    await this.blocks()
    for (const { event } of this.store.get(PALLETS.System.storage.Events)) {
      if (event.type !== 'System' || event.value.type !== 'ExtrinsicFailed') continue
      const { dispatch_error } = event.value.value as { dispatch_error: { type: string; value: unknown } }
      return errorName(dispatch_error)
    }
    return undefined
  }
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 2))
}
