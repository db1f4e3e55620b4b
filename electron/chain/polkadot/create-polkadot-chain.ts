import type { AppError } from '../../../shared/errors.ts'
import type { Head } from '../../../shared/network/network.ts'
import type { Result } from '../../../shared/result.ts'
import type { Rao, Ss58 } from '../../../shared/units/amounts.ts'
import type { ClockPort, LogPort } from '../../system/system.port.ts'
import { isAddress } from '../address-check.ts'
import type { ChainPort, ChainTarget, ConnectionState } from '../chain.port.ts'
import type { ShieldPort } from '../shield.port.ts'
import type { WholeChain } from '../whole-chain.port.ts'
import { accountReads } from './account-reads.ts'
import { earningsReads } from './earnings-reads.ts'
import { fail, guarded } from './failure.ts'
import { askFaucet } from './faucet.ts'
import { viewAt } from './history.ts'
import { holdingsReads } from './holdings-reads.ts'
import { ledgerReads } from './ledger-reads.ts'
import { marketReads } from './market-reads.ts'
import { minerReads } from './miner-reads.ts'
import { Endpoints } from './net/endpoints.ts'
import { ordersReads } from './orders-reads.ts'
import { placeReads } from './place-reads.ts'
import { type FeeAt, nonceOf } from './read/account.ts'
import { readEpochs, readStakes } from './read/epochs.ts'
import { readMiner, readUids } from './read/miner.ts'
import { pacedOf } from './read/paced.ts'
import { readPrice } from './read/prices.ts'
import { readRegister } from './read/register-snapshot.ts'
import { readTransfer } from './read/transfer-snapshot.ts'
import { readTransfers } from './read/transfers.ts'
import { readCallers, readValidators } from './read/validators.ts'
import { MetadataCache } from './runtime/metadata-cache.ts'
import { Session, type SessionDeps } from './session.ts'
import { stakingReads } from './staking-reads.ts'
import { type Call, callOf, registerCall, transferAllCall, transferCall } from './tx/call-of.ts'
import { readFee } from './tx/fee.ts'
import { followSent } from './tx/follow-hidden.ts'
import { prepareHidden, shieldOffer, submitHidden } from './tx/hidden.ts'
import { metadataProof } from './tx/metadata-proof.ts'
import { prepare } from './tx/prepare.ts'
import { submit } from './tx/submit.ts'
import { type View, viewOfBest } from './view.ts'

export interface PolkadotChainDeps {
  readonly clock: ClockPort
  readonly log: LogPort
  /** Where metadata of known runtimes is kept; absent: nowhere. */
  readonly metadataFolder?: string | undefined
  /** For tests: how long an answer may take, ms. */
  readonly answerMs?: number | undefined
  /** For tests: time between two looks at another endpoint, ms. */
  readonly crossCheckMs?: number | undefined
}

/** The chosen chain, and who listens to it. Everything chain-specific is a few folders deeper. */
class Connection {
  readonly #deps: SessionDeps
  readonly #states = new Set<(state: ConnectionState) => void>()
  readonly #heads = new Set<(head: Head) => void>()
  #session: Session | undefined
  #state: ConnectionState = { state: 'idle' }

  constructor(deps: PolkadotChainDeps) {
    const { metadataFolder, ...rest } = deps
    this.#deps = { ...rest, endpoints: new Endpoints(deps.clock), cache: new MetadataCache(metadataFolder) }
  }

  /** The session in use. @errors chain/not-connected */
  get session(): Session {
    return this.#session ?? fail({ code: 'chain/not-connected' })
  }

  async connect(target: ChainTarget, signal: AbortSignal) {
    this.#session?.leave()
    const session: Session = new Session(target, this.#deps, {
      // What a chain that was left still says is nobody's business any more.
      onState: (state) => this.#session === session && this.#set(state),
      onHead: (head) => this.#session === session && this.#tell(head),
    })
    this.#session = session
    try {
      return await session.start(signal)
    } catch (cause) {
      if (this.#session === session) {
        this.#session = undefined
        if (signal.aborted) this.#set({ state: 'idle' })
      }
      throw cause
    }
  }

  disconnect(): void {
    this.#session?.leave()
    this.#session = undefined
    this.#set({ state: 'idle' })
  }

  state(): ConnectionState {
    // Counters move between heads; a look now gives the numbers of now.
    return this.#state.state === 'ready' && this.#session ? this.#session.state() : this.#state
  }
  onState = (listener: (state: ConnectionState) => void): (() => void) => listen(this.#states, listener)
  onHead = (listener: (head: Head) => void): (() => void) => listen(this.#heads, listener)

  #set(state: ConnectionState): void {
    this.#state = state
    for (const listener of [...this.#states]) listener(state)
  }
  #tell(head: Head): void {
    for (const listener of [...this.#heads]) listener(head)
  }
}

function listen<T>(listeners: Set<(value: T) => void>, listener: (value: T) => void): () => void {
  // A wrapper of its own: the same function may listen twice, and stop once.
  const own = (value: T) => listener(value)
  listeners.add(own)
  return () => void listeners.delete(own)
}

/** The fee depends on the size of a call; a limit price always takes eight bytes. */
const ANY_LIMIT = 1_000_000_000n

type Act = <T>(run: (session: Session) => Promise<T>) => Promise<Result<T, AppError>>

const sendingBy = (
  act: Act,
  log: LogPort,
): Pick<ChainPort, 'prepare' | 'submit' | 'follow' | 'playMoney'> & ShieldPort => ({
  playMoney: (to, amount) => act((session) => askFaucet(session, to, amount)),
  shieldOffer: (signer, callBytes) => act((session) => shieldOffer(session, signer, callBytes)),
  prepareHidden: (signer, intent, insteadOf) => act((session) => prepareHidden(session, signer, { intent, insteadOf })),
  submitHidden: (made, onEvent) => act((session) => submitHidden(made, { session, log, onEvent })),
  prepare: (signer, plan) => act((session) => prepare(session, signer, plan)),
  submit: (handle, signature, onEvent) => act((session) => submit(handle, signature, { session, log, onEvent })),
  follow: (trace, signer, onEvent) =>
    act(async (session) => {
      followSent({ ...trace, signer }, { session, log, onEvent })
      return null
    }),
})

/** Any Substrate chain with Subtensor's pallets, over its public WebSocket, by the metadata that it serves. */
export function createPolkadotChain(deps: PolkadotChainDeps): WholeChain {
  const connection = new Connection(deps)
  const read = <T>(run: (view: View, session: Session) => Promise<T>): Promise<Result<T, AppError>> =>
    guarded(async () => run(viewOfBest(connection.session), connection.session))
  const act: Act = (run) => guarded(async () => run(connection.session))
  const feeAt =
    (session: Session, view: View, signer: Ss58, call: Call): FeeAt =>
    (nonce: number): Promise<Rao> =>
      readFee(session, view, { signer, call, nonce })

  return {
    ...accountReads({ session: () => connection.session, read }),
    ...stakingReads({ read }),
    ...marketReads({ read }),
    ...ledgerReads({ act }),
    ...earningsReads({ act }),
    ...holdingsReads({ read }),
    ...minerReads({ read, act }),
    ...ordersReads({ session: () => connection.session, read }),
    ...placeReads({ read }),
    connect: (target, signal) => guarded(() => connection.connect(target, signal)),
    disconnect: async () => connection.disconnect(),
    state: () => connection.state(),
    onState: (listener) => connection.onState(listener),
    onHead: (listener) => connection.onHead(listener),

    subnets: () => read((view, session) => pacedOf(session).subnets(view)),
    validators: (netuid) => read((view) => readValidators(view, netuid)),
    portfolio: (coldkey, withSale) => read((view, session) => pacedOf(session).portfolio(view, coldkey, withSale)),
    portfolios: (coldkeys, withSale) => read((view, session) => pacedOf(session).portfolios(view, coldkeys, withSale)),
    registerSnapshot: (coldkey, request) =>
      read((view, session) =>
        readRegister(view, coldkey, {
          request,
          feeAt: feeAt(session, view, coldkey, registerCall(request, ANY_LIMIT)),
        }),
      ),
    transferSnapshot: (coldkey, to, amount) =>
      read((view, session) => {
        const call = amount === undefined ? transferAllCall(to) : transferCall(to, amount)
        return readTransfer(view, coldkey, { to, feeAt: feeAt(session, view, coldkey, call) })
      }),
    isAddress,

    minerSnapshot: (netuid, hotkey) => read((view) => readMiner(view, netuid, hotkey)),
    callers: (netuid) => read((view) => readCallers(view, netuid)),
    uidsOf: (hotkeys) => read((view) => readUids(view, hotkeys)),

    epochFacts: () => read((view) => readEpochs(view)),
    stakesAt: (coldkey, block) => act(async (session) => readStakes(await viewAt(session, block), coldkey)),
    priceAt: (netuid, block) => act(async (session) => readPrice(await viewAt(session, block), netuid)),
    transfers: (accounts, range) => act((session) => readTransfers(session, new Set(accounts), range)),

    ...sendingBy(act, deps.log),
    metadataProof: (metadata, payload) => guarded(async () => metadataProof(metadata, payload)),
    fee: (signer, plan) =>
      read(async (view, session) => {
        const [account] = await view.storage([['System.Account', signer]])
        return readFee(session, view, { signer, call: callOf(plan), nonce: nonceOf(account) })
      }),
  }
}
