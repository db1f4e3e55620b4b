import type { Announced, MiningStatus } from '../../shared/contract/mining.contract.ts'
import type { AppError } from '../../shared/errors.ts'
import { blocksToWait, planWithdraw, type ServeSnapshot } from '../../shared/mining/plan-serve.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { Netuid, Ss58 } from '../../shared/units/amounts.ts'
import type { ChainPort, MinerSnapshot } from '../chain/chain.port.ts'
import type { ClockPort, LogPort } from '../system/system.port.ts'
import type { NetworkService } from './network.service.ts'
import type { TransactionsService } from './transactions.service.ts'
import type { WalletService } from './wallet.service.ts'

export interface AnnouncementsDeps {
  readonly chain: Pick<ChainPort, 'minerSnapshot' | 'prepare' | 'onHead'>
  readonly wallets: Pick<WalletService, 'active'>
  readonly network: Pick<NetworkService, 'choice' | 'genesis'>
  readonly transactions: Pick<TransactionsService, 'sendBytes'>
  readonly clock: Pick<ClockPort, 'after'>
  readonly log: LogPort
  /** The miner, whose address stays. */
  readonly serving: () => Pick<MiningStatus, 'state' | 'netuid' | 'hotkey' | 'axonBlock'> &
    Partial<Pick<MiningStatus, 'steps'>>
}

export interface Place {
  readonly netuid: Netuid
  readonly hotkey: Ss58
}

/** An address that is to leave the chain once the chain takes it. */
interface Leaving extends Place {
  readonly genesis: string
  /** Absent: some blocks after the next one that is heard of. */
  readonly dueBlock?: number | undefined
  off(): void
}

/** Until it is tried again where the chain did not answer, blocks: a minute. */
const AGAIN_BLOCKS = 5
/** Nobody's doing, and otherwise a little later. */
const PASSING: readonly AppError['code'][] = [
  'chain/not-connected',
  'chain/unreachable',
  'chain/bad-answer',
  'chain/over-budget',
  'chain/rate-limited',
]

/** So long the end of the app waits for the chain at most, ms. What was sent by then gets into a block without us. */
const AT_END_MS = 3_000

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
  /** The last that could not be taken back, and why. */
  #kept: { readonly place: Place; readonly error: AppError } | undefined

  constructor(deps: AnnouncementsDeps) {
    this.#deps = deps
  }

  /** Where the miner of now has announced itself, or waits to: the chain may name its address of before meanwhile. */
  byMiner(): Place | undefined {
    const { netuid, hotkey, axonBlock, steps = [] } = this.#deps.serving()
    const waits = steps.some(({ step, state }) => step === 'announce' && state !== 'waiting')
    const mayBe = axonBlock !== undefined || waits
    return mayBe && netuid !== undefined && hotkey !== undefined ? { netuid, hotkey } : undefined
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
    this.#kept = undefined
    this.#forget()
    return this.announced(place)
  }

  /**
   * Withdraws after a stop: now, or with the block from which the chain takes it, while this app runs. On practice nothing is
   * withdrawn: all of it is on this computer. A hotkey that cannot sign leaves the address where it is; the window says so, and why.
   */
  async leave(place: Place): Promise<void> {
    const { chain, network, log } = this.#deps
    if (network.choice()?.kind === 'practice') return
    const genesis = network.genesis()
    const done = genesis === undefined ? err({ code: 'chain/not-connected' } as const) : await this.withdraw(place)
    if (done.ok) return
    let dueBlock: number | undefined
    if (done.error.code === 'mining/serve-too-soon') {
      const now = await chain.minerSnapshot(place.netuid, place.hotkey)
      if (now.ok) dueBlock = now.value.block + done.error.blocksLeft
    } else {
      this.#kept = { place, error: done.error }
      log.log('warn', 'mining.withdraw', { code: done.error.code })
      if (!PASSING.includes(done.error.code)) return
    }
    // On which chain it was is not known any more: the window shows the address, with a button.
    if (genesis === undefined) return
    this.#forget()
    this.#leaving = { ...place, genesis, dueBlock, off: chain.onHead((head) => void this.#look(head.number)) }
  }

  async #look(block: number): Promise<void> {
    const leaving = this.#leaving
    if (!leaving) return
    if (this.#serves(leaving) || this.#deps.network.genesis() !== leaving.genesis) return this.#forget()
    if (leaving.dueBlock === undefined) this.#leaving = { ...leaving, dueBlock: block + AGAIN_BLOCKS }
    if (leaving.dueBlock === undefined || block < leaving.dueBlock) return
    this.#forget()
    await this.leave(leaving)
  }

  /**
   * At the end of the app: takes the address back if the chain takes that now, and waits for it no longer than a person waits for a window to
   * close. A hotkey that is locked, or a chain that asks for a wait, leaves it; the log says so, and the next start shows it.
   */
  async close(place: Place | undefined): Promise<void> {
    const { clock, log } = this.#deps
    if (place) {
      let cancel: () => void = () => undefined
      const late = new Promise<void>((resolve) => {
        cancel = clock.after(AT_END_MS, resolve)
      })
      await Promise.race([this.leave(place), late])
      cancel()
    }
    if (this.#leaving) log.log('warn', 'mining.withdraw', { code: 'mining/serve-too-soon' })
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
    const kept = this.#kept
    return {
      ...(axon ? { endpoint: { ip: axon.ip, port: axon.port, block: axon.block } } : {}),
      waitBlocks: blocksToWait(stateOf(snapshot)),
      leaving: leaving?.netuid === netuid && leaving.hotkey === hotkey,
      ...(kept?.place.netuid === netuid && kept.place.hotkey === hotkey && axon ? { kept: kept.error } : {}),
    }
  }
}
