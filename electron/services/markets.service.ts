import type { MarketChanges, PastView, ValidatorTableView } from '../../shared/contract/markets.contract.ts'
import type { AppError } from '../../shared/errors.ts'
import type { NetworkFacts } from '../../shared/network-facts/network-facts.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import {
  type MarketDepth,
  type MarketSample,
  RECORD_EVERY_BLOCKS,
  type SubnetStatement,
} from '../../shared/subnets/market.ts'
import type { SubnetsSnapshot } from '../../shared/subnets/subnet.ts'
import type { Netuid } from '../../shared/units/amounts.ts'
import type { ChainPort } from '../chain/chain.port.ts'
import type { MarketsPort } from '../chain/markets.port.ts'
import type { StoragePort } from '../storage/storage.port.ts'
import type { ClockPort, LogPort } from '../system/system.port.ts'
import type { ArchiveNode, ArchiveTarget } from './archive-node.ts'
import { Listeners } from './live-read.ts'
import { MarketRecorder } from './market-recorder.ts'
import type { NetworkService } from './network.service.ts'
import { ValidatorRecorder } from './validator-recorder.ts'
import type { WalletService } from './wallet.service.ts'

export interface MarketsDeps {
  readonly chain: ChainPort & MarketsPort
  /** For blocks that the connected node has forgotten. */
  readonly archiveNode: ArchiveNode
  readonly storage: StoragePort
  readonly clock: ClockPort
  readonly log: LogPort
  readonly network: NetworkService
  readonly wallets: Pick<WalletService, 'state'>
}

const DAY_MS = 86_400_000

export interface PastAsk {
  readonly netuid: Netuid
  /** How far back, in blocks. */
  readonly span: number
  /** At how many blocks. */
  readonly points: number
  /** Address of a node that keeps all state; absent: the connected one is asked. */
  readonly archive?: string | undefined
}

/** Compares subnets, validators and the network: from the chain now, and from what was recorded. */
export class MarketsService {
  readonly #deps: MarketsDeps
  readonly #recorder: MarketRecorder
  readonly #validators: ValidatorRecorder
  readonly #marked = new Listeners<null>()
  #genesis: string | undefined
  /** Reads of the past take turns: together they would use up a public endpoint. */
  #past: Promise<unknown> = Promise.resolve()

  constructor(deps: MarketsDeps) {
    this.#deps = deps
    this.#recorder = new MarketRecorder({ ...deps, genesis: () => deps.network.genesis() })
    this.#validators = new ValidatorRecorder({
      ...deps,
      genesis: () => deps.network.genesis(),
      accounts: () => deps.wallets.state().wallets.map(({ address }) => address),
    })
    deps.network.onChange(() => {
      const genesis = deps.network.genesis()
      if (genesis === this.#genesis) return
      this.#genesis = genesis
      this.#marked.tell(null)
    })
  }

  /** Somebody read all subnets: the recorder need not. */
  saw(snapshot: SubnetsSnapshot): void {
    this.#recorder.saw(snapshot)
  }

  /** What was seen about a day ago. */
  changes(): Result<MarketChanges, AppError> {
    const { storage, clock, network } = this.#deps
    const genesis = network.genesis()
    if (genesis === undefined) return err({ code: 'chain/not-connected' })
    const since = storage.marketMomentNear(genesis, clock.nowMs() - DAY_MS)
    if (!since || since.block === storage.lastMarketMoment(genesis)?.block) return ok({ points: [] })
    const points = storage
      .marketAt(genesis, since.block)
      .map(({ netuid, price, volume }) => ({ netuid, price, volume }))
    return ok({ since, points })
  }

  /** Oldest first. */
  history(netuid: Netuid, fromBlock = 0): Result<{ samples: readonly MarketSample[] }, AppError> {
    const genesis = this.#deps.network.genesis()
    if (genesis === undefined) return err({ code: 'chain/not-connected' })
    return ok({ samples: this.#deps.storage.marketSamples(genesis, netuid, fromBlock) })
  }

  depth = (netuid: Netuid): Promise<Result<MarketDepth, AppError>> => this.#deps.chain.marketDepth(netuid)
  statement = (netuid: Netuid): Promise<Result<SubnetStatement, AppError>> => this.#deps.chain.subnetStatement(netuid)
  /** With what a year brings by the epochs that were recorded here, this one included. */
  async validators(netuid: Netuid): Promise<Result<ValidatorTableView, AppError>> {
    const genesis = this.#deps.network.genesis()
    const table = await this.#deps.chain.validatorTable(netuid)
    if (!table.ok || genesis === undefined || genesis !== this.#deps.network.genesis()) return table
    this.#validators.saw(genesis, table.value)
    const measured = this.#validators.yields(genesis, table.value)
    const rows = table.value.rows.map((row) => ({ ...row, measured: measured.get(row.hotkey) }))
    return ok({ ...table.value, rows })
  }
  networkFacts = (): Promise<Result<NetworkFacts, AppError>> => this.#deps.chain.networkFacts()

  /** Reads what is not recorded yet. What was read stays, also when the node then says that it has forgotten the rest. */
  fetchPast(ask: PastAsk): Promise<Result<PastView, AppError>> {
    const turn = this.#past.then(() => this.#fetchPast(ask))
    this.#past = turn.catch(() => undefined)
    return turn
  }

  async #fetchPast({ netuid, span, points, archive }: PastAsk): Promise<Result<PastView, AppError>> {
    const { chain, storage, network } = this.#deps
    const genesis = network.genesis()
    const state = chain.state()
    if (genesis === undefined || state.state !== 'ready') return err({ code: 'chain/not-connected' })
    const known = storage.marketSamples(genesis, netuid, 0).map(({ block }) => block)
    const blocks = missingBlocks({ best: state.best.number, span, points }, known)
    if (blocks.length === 0) return ok({ read: 0, asked: 0 })
    let read = 0
    const readFrom = (source: MarketsPort) =>
      source.marketPast(netuid, blocks, ({ block, atMs, ...sample }) => {
        storage.recordMarket(genesis, { block, atMs, whole: false }, [{ netuid, ...sample }])
        read += 1
      })
    const ended =
      archive === undefined ? await readFrom(chain) : await this.#fromArchive({ endpoint: archive, genesis }, readFrom)
    if (ended.ok) return ok({ read, asked: blocks.length })
    return read === 0 ? ended : ok({ read, asked: blocks.length, error: ended.error })
  }

  async #fromArchive(
    target: ArchiveTarget,
    run: (source: MarketsPort) => Promise<Result<null, AppError>>,
  ): Promise<Result<null, AppError>> {
    const opened = await this.#deps.archiveNode.open(target, new AbortController().signal)
    if (!opened.ok) return opened
    try {
      return await run(opened.value.source)
    } finally {
      await opened.value.close()
    }
  }

  favourites(): readonly Netuid[] {
    const genesis = this.#deps.network.genesis()
    return genesis === undefined ? [] : this.#deps.storage.favouriteSubnets(genesis)
  }

  onFavourites(listener: () => void): () => void {
    return this.#marked.add(listener)
  }

  setFavourite(netuid: Netuid, favourite: boolean): Result<null, AppError> {
    const genesis = this.#deps.network.genesis()
    if (genesis === undefined) return err({ code: 'chain/not-connected' })
    this.#deps.storage.setFavouriteSubnet(genesis, netuid, favourite)
    this.#marked.tell(null)
    return ok(null)
  }
}

/** Evenly spread blocks of the past that nothing recorded is near to. */
export function missingBlocks(
  { best, span, points }: { readonly best: number; readonly span: number; readonly points: number },
  known: readonly number[],
): readonly number[] {
  const step = Math.max(1, Math.floor(Math.min(span, best) / points))
  const near = Math.min(step / 2, RECORD_EVERY_BLOCKS)
  const wanted = Array.from({ length: points }, (_, index) => best - step * (index + 1)).filter((block) => block > 0)
  return wanted.filter((block) => !known.some((other) => Math.abs(other - block) < near))
}
