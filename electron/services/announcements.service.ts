import type { Announced, MiningStatus } from '../../shared/contract/mining.contract.ts'
import type { AppError } from '../../shared/errors.ts'
import { blocksToWait, planWithdraw, type ServeSnapshot } from '../../shared/mining/plan-serve.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { Netuid, Ss58 } from '../../shared/units/amounts.ts'
import type { ChainPort, MinerSnapshot } from '../chain/chain.port.ts'
import type { LogPort } from '../system/system.port.ts'
import type { NetworkService } from './network.service.ts'
import type { TransactionsService } from './transactions.service.ts'
import type { WalletService } from './wallet.service.ts'

export interface AnnouncementsDeps {
  readonly chain: Pick<ChainPort, 'minerSnapshot' | 'prepare' | 'onHead'>
  readonly wallets: Pick<WalletService, 'active'>
  readonly network: Pick<NetworkService, 'choice' | 'genesis'>
  readonly transactions: Pick<TransactionsService, 'sendBytes'>
  readonly log: LogPort
  /** The miner, whose address stays. */
  readonly serving: () => Pick<MiningStatus, 'state' | 'netuid' | 'hotkey'>
}

export interface Place {
  readonly netuid: Netuid
  readonly hotkey: Ss58
}

/** An address that is to leave the chain once the chain takes it. */
interface Leaving extends Place {
  readonly genesis: string
  readonly dueBlock: number
  off(): void
}

const stateOf = ({ block, servingRateLimit, axon, servedAtBlock }: MinerSnapshot): ServeSnapshot => ({
  block,
  servingRateLimit,
  announced: axon,
  servedAtBlock,
})

/** What the chain says of where hotkeys serve, and how it is taken back: a miner that is off should not be called. */
export class AnnouncementsService {
  readonly #deps: AnnouncementsDeps
  #leaving: Leaving | undefined

  constructor(deps: AnnouncementsDeps) {
    this.#deps = deps
  }

  /** @errors those of reading */
  async announced(place: Place): Promise<Result<Announced, AppError>> {
    const snapshot = await this.#deps.chain.minerSnapshot(place.netuid, place.hotkey)
    return snapshot.ok ? ok(this.#view(place, snapshot.value)) : snapshot
  }

  /**
   * Says on chain that the hotkey serves no more. Without a fee, and without the coldkey.
   * @errors mining/already-running while it serves; mining/serve-too-soon; those of reading, signing and sending
   */
  async withdraw(place: Place): Promise<Result<Announced, AppError>> {
    const { chain, wallets, transactions } = this.#deps
    if (this.#serves(place)) return err({ code: 'mining/already-running' })
    const wallet = wallets.active()
    if (!wallet) return err({ code: 'keys/no-wallet' })
    const hotkey = wallet.hotkeys.find(({ address }) => address === place.hotkey)
    if (!hotkey) return err({ code: 'keys/unknown-hotkey', name: place.hotkey })
    const snapshot = await chain.minerSnapshot(place.netuid, place.hotkey)
    if (!snapshot.ok) return snapshot
    const plan = planWithdraw(place, stateOf(snapshot.value))
    if (!plan.ok) return plan
    if (plan.value.action === 'send') {
      const { ip, port, version, protocol, netuid } = plan.value.plan
      const bytes = await chain.prepare(place.hotkey, plan.value.plan)
      if (!bytes.ok) return bytes
      const sent = await transactions.sendBytes({
        wallet: wallet.name,
        signer: { hotkey: hotkey.name },
        bytes: bytes.value,
        intent: { kind: 'serve-axon', netuid, ip, port, version, protocol },
        record: { kind: 'serve-axon', signer: place.hotkey, netuid, hotkey: place.hotkey },
      })
      if (!sent.ok) return sent
    }
    this.#forget()
    return this.announced(place)
  }

  /**
   * Withdraws after a stop: now, or with the block from which the chain takes it, while this app runs. On practice nothing is
   * withdrawn: all of it is on this computer. A hotkey that cannot sign leaves the address where it is; the window says so.
   */
  async leave(place: Place): Promise<void> {
    const { chain, network, log } = this.#deps
    const genesis = network.genesis()
    if (genesis === undefined || network.choice()?.kind === 'practice') return
    const done = await this.withdraw(place)
    if (done.ok) return
    if (done.error.code !== 'mining/serve-too-soon')
      return log.log('warn', 'mining.withdraw', { code: done.error.code })
    const { blocksLeft } = done.error
    const now = await chain.minerSnapshot(place.netuid, place.hotkey)
    if (!now.ok) return
    this.#forget()
    const dueBlock = now.value.block + blocksLeft
    this.#leaving = { ...place, genesis, dueBlock, off: chain.onHead((head) => void this.#look(head.number)) }
  }

  async #look(block: number): Promise<void> {
    const leaving = this.#leaving
    if (!leaving) return
    if (this.#serves(leaving) || this.#deps.network.genesis() !== leaving.genesis) return this.#forget()
    if (block < leaving.dueBlock) return
    this.#forget()
    await this.leave(leaving)
  }

  /** Ends waiting for a block. */
  close(): void {
    this.#forget()
  }

  #forget(): void {
    this.#leaving?.off()
    this.#leaving = undefined
  }

  #serves({ netuid, hotkey }: Place): boolean {
    const { state, netuid: on, hotkey: by } = this.#deps.serving()
    return state !== 'off' && state !== 'failed' && on === netuid && by === hotkey
  }

  #view({ netuid, hotkey }: Place, snapshot: MinerSnapshot): Announced {
    const { axon } = snapshot
    const leaving = this.#leaving
    return {
      ...(axon ? { endpoint: { ip: axon.ip, port: axon.port, block: axon.block } } : {}),
      waitBlocks: blocksToWait(stateOf(snapshot)),
      leaving: leaving?.netuid === netuid && leaving.hotkey === hotkey,
    }
  }
}
