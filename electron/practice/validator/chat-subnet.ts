import { encodeAddress } from '@polkadot/util-crypto/address'
import { subtensorModule } from '../definitions/pallets/subtensor-module.ts'
import type { PracticeNode } from '../node/practice-node.ts'
import { toHex } from '../state/bytes.ts'
import type { StateView } from '../state/versioned-state.ts'
import type { Miner } from './ask-miner.ts'

const { Axons, Uids } = subtensorModule.storage

const addressOf = (account: string): string => encodeAddress(Buffer.from(account.slice(2), 'hex'), 42)

/** IPv4 as the chain stores it, a number; only this computer's addresses are ever asked. */
function loopbackHost(ip: bigint, ipType: number): string | undefined {
  if (ipType !== 4 || ip >> 24n !== 127n) return undefined
  return [24n, 16n, 8n, 0n].map((shift) => (ip >> shift) & 255n).join('.')
}

/** What the validator reads of one subnet, at the best block. */
export class ChatSubnet {
  readonly #node: PracticeNode
  readonly netuid: number

  constructor(node: PracticeNode, netuid: number) {
    this.#node = node
    this.netuid = netuid
  }

  get #view(): StateView | undefined {
    return this.#node.chain.stateAt(this.#node.chain.best.header.number)
  }

  uidOf(publicKey: Uint8Array): number | undefined {
    const bytes = this.#view?.get(Uids.key(this.netuid, toHex(publicKey)))
    return bytes && Uids.type.codec.dec(bytes)
  }

  /** Registered miners that announce an endpoint on this computer. */
  servedMiners(): readonly Miner[] {
    const view = this.#view
    if (!view) return []
    const miners: Miner[] = []
    for (const key of view.keys(Axons.prefix(this.netuid))) {
      const bytes = view.get(key)
      const [, account] = Axons.decodeKeys(key)
      const uidBytes = view.get(Uids.key(this.netuid, account))
      if (!bytes || !uidBytes) continue
      const axon = Axons.type.codec.dec(bytes)
      const host = loopbackHost(axon.ip, axon.ip_type)
      if (!host || axon.port === 0) continue
      miners.push({ uid: Uids.type.codec.dec(uidBytes), hotkey: addressOf(account), host, port: axon.port })
    }
    return miners
  }

  /** Block at which the next epoch runs, as the chain's own API says. */
  nextEpochBlock(): number | undefined {
    const netuid = Uint8Array.of(this.netuid & 255, this.netuid >> 8)
    const answer = this.#node.chain.callApi('SubnetInfoRuntimeApi_get_next_epoch_start_block', netuid)
    return answer?.[0] === 1 ? Number(Buffer.from(answer).readBigUInt64LE(1)) : undefined
  }
}
