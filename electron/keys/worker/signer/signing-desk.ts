import type { AppError } from '../../../../shared/errors.ts'
import { err, ok, type Result } from '../../../../shared/result.ts'
import { type AuditFacts, canonicalJson } from '../../../../shared/signing/audit.ts'
import type { Intent } from '../../../../shared/signing/intent.ts'
import { policyRefusal, waitOf } from '../../../../shared/signing/policy.ts'
import type { SignerReading } from '../../../../shared/signing/reading.ts'
import { type Risk, riskOf } from '../../../../shared/signing/risk.ts'
import { rao } from '../../../../shared/units/amounts.ts'
import type { Signer } from '../../signer.port.ts'
import { addressOf, type Keypair, signPayload } from '../keypair.ts'
import { type Shielded, shielded } from './carrier.ts'
import { checkPayload, readWhole } from './check-payload.ts'
import type { KeySource } from './key-source.ts'
import { foreignGenesis } from './networks.ts'
import type { ReadPayload } from './read-payload.ts'
import { readingOf } from './reading-of.ts'
import type { RuntimeShelf } from './runtime-shelf.ts'
import { delayKeyOf, type SignerState, sealKeyOf } from './signer-state.ts'
import type { SigningRuntime } from './signing-runtime.ts'
import type { Turns } from './turns.ts'
import type { Trusted, WalletRecords } from './wallet-records.ts'

/** The chain of a request, once its metadata is here. */
export interface ChainRef {
  readonly network: string
  readonly genesis: string
  readonly metadataHash: string
}
export interface SignOrder {
  readonly wallet: string
  readonly signer: Signer
  readonly payload: Uint8Array
  readonly intent: Intent
  readonly chain: ChainRef
}

export interface DeskParts {
  readonly keys: KeySource
  readonly records: WalletRecords
  readonly shelf: RuntimeShelf
  readonly turns: Turns
}

/** What is known of a request when it is decided. */
interface Case {
  readonly order: SignOrder
  readonly folder: string
  readonly risk: Risk
}

/** What is done with the key once everything was read, compared, allowed and noted. */
type Finish<T> = (with_: {
  readonly pair: Keypair
  readonly read: ReadPayload
  readonly runtime: SigningRuntime
}) => Result<T, AppError>
interface Turn<T> {
  readonly pair: Keypair
  readonly read: Result<ReadPayload, AppError>
  readonly done: (pair: Keypair) => Result<T, AppError>
}

/**
 * Where every request for a signature ends: reads the bytes, compares, asks the limits, notes the decision on the disk, and
 * only then signs.
 */
export class SigningDesk {
  readonly #parts: DeskParts

  constructor(parts: DeskParts) {
    this.#parts = parts
  }

  /** @errors signer/bad-metadata */
  learn(metadata: Uint8Array): Promise<Result<string, AppError>> {
    return this.#parts.shelf.learn(metadata)
  }

  /** @errors signer/metadata-needed, signer/unreadable, chain/unknown-extension */
  read(payload: Uint8Array, { metadataHash }: ChainRef): Result<SignerReading, AppError> {
    const runtime = this.#parts.shelf.get(metadataHash)
    if (!runtime.ok) return runtime
    const read = readWhole(runtime.value, payload)
    return read.ok ? ok(readingOf(read.value)) : read
  }

  /** One at a time: what was spent is known before the next request is looked at. */
  sign(order: SignOrder): Promise<Result<Uint8Array, AppError>> {
    return this.#parts.turns.take(() => this.#sign(order, ({ pair }) => ok(signPayload(pair, order.payload))))
  }

  /** As {@link sign}; what is signed leaves hidden in a cover that is signed, too. */
  signShielded(order: SignOrder, shieldKey: Uint8Array): Promise<Result<Shielded, AppError>> {
    const { payload, chain } = order
    return this.#parts.turns.take(() =>
      this.#sign(order, ({ pair, read, runtime }) =>
        shielded(runtime, pair, { payload, inner: read, key: shieldKey, genesis: chain.genesis }),
      ),
    )
  }

  async #sign<T>(order: SignOrder, finish: Finish<T>): Promise<Result<T, AppError>> {
    const { shelf, records, keys } = this.#parts
    const runtime = shelf.get(order.chain.metadataHash)
    if (!runtime.ok) return runtime
    const folder = await records.folderOf(order.wallet)
    if (!folder.ok) return folder
    const key = await keys.keyFor(order.wallet, order.signer)
    if (!key.ok) return key
    try {
      const { payload, intent, signer, chain } = order
      const read = checkPayload(runtime.value, { payload, intent, signer, genesis: chain.genesis })
      const found: Case = { order, folder: folder.value, risk: riskOf(intent) }
      const done = (pair: Keypair): Result<T, AppError> =>
        read.ok ? finish({ pair, read: read.value, runtime: runtime.value }) : read
      return await (signer === 'coldkey'
        ? this.#coldkey(found, { pair: key.value.pair, read, done })
        : this.#hotkey(found, { pair: key.value.pair, read, done }))
    } finally {
      key.value.release()
    }
  }

  async #coldkey<T>(found: Case, { pair, read, done }: Turn<T>): Promise<Result<T, AppError>> {
    const { records } = this.#parts
    const { folder, order } = found
    const address = addressOf(pair.publicKey)
    const sealKey = sealKeyOf(pair)
    try {
      const trusted = await records.trusted(folder, address, sealKey)
      if (!trusted.ok) return trusted
      if (trusted.value.trust === 'tampered') return err({ code: 'policy/tampered', what: trusted.value.what })
      const decided = read.ok ? await this.#decide(found, trusted.value) : { refusal: read.error }
      const { refusal } = decided
      const state = 'state' in decided && decided.state ? decided.state : trusted.value.state
      const facts = factsOf(found, pair, read, refusal)
      const noted = await records.note(folder, facts, { address, state: after(state, order, refusal), sealKey })
      if (!noted.ok) return noted
      return refusal ? err(refusal) : done(pair)
    } finally {
      sealKey.fill(0)
    }
  }

  /** Limits and waits of the wallet. A refusal may still begin a wait, so it comes with the state to keep. */
  async #decide(
    { order, folder, risk }: Case,
    { state }: Trusted,
  ): Promise<{ readonly refusal: AppError | undefined; readonly state?: SignerState }> {
    const foreign = foreignGenesis(state.networks, order.chain.network, order.chain.genesis)
    if (foreign) return { refusal: foreign }
    const nowMs = Date.now()
    const spent = await this.#parts.records.auditOf(folder, 'cold').spentBefore(nowMs)
    if (!spent.ok) return { refusal: spent.error }
    const refusal = policyRefusal(state.policy, risk, spent.value)
    if (refusal) return { refusal }
    const waitMs = waitOf(state.policy, risk)
    if (waitMs === 0) return { refusal: undefined }
    const key = delayKeyOf({ intent: order.intent, genesis: order.chain.genesis })
    const waiting = state.delayed.find((one) => one.key === key)
    if (waiting && waiting.readyAtMs <= nowMs)
      return { refusal: undefined, state: { ...state, delayed: state.delayed.filter((one) => one !== waiting) } }
    const readyAtMs = waiting?.readyAtMs ?? nowMs + waitMs
    const delayed = waiting ? state.delayed : [...state.delayed, { key, readyAtMs }].slice(-MOST_WAITING)
    return { refusal: { code: 'policy/waiting', readyAtMs }, state: { ...state, delayed } }
  }

  /**
   * A hotkey moves no TAO and signs while the wallet is locked, so nobody can check the seal of its limits here; kinds,
   * subnets and chains are still asked. The log of the hotkeys is one of its own, and a broken one never stops a miner.
   */
  async #hotkey<T>(found: Case, { pair, read, done }: Turn<T>): Promise<Result<T, AppError>> {
    const { records } = this.#parts
    const { folder, order, risk } = found
    const trusted = await records.trusted(folder, order.wallet, undefined)
    const state = trusted.ok && trusted.value.trust !== 'tampered' ? trusted.value.state : undefined
    const refusal = read.ok
      ? state &&
        (foreignGenesis(state.networks, order.chain.network, order.chain.genesis) ??
          policyRefusal(state.policy, risk, rao(0n)))
      : read.error
    const noted = await records.noteHot(folder, factsOf(found, pair, read, refusal))
    if (!noted.ok) return noted
    return refusal ? err(refusal) : done(pair)
  }
}

const MOST_WAITING = 64

/** What is remembered after a decision: the chain, once something was signed for it. */
const after = (state: SignerState, { chain }: SignOrder, refusal: AppError | undefined): SignerState =>
  refusal ? state : { ...state, networks: { ...state.networks, [chain.network]: chain.genesis } }

function factsOf(
  { order, risk }: Case,
  pair: Keypair,
  read: Result<ReadPayload, AppError>,
  refusal: AppError | undefined,
): AuditFacts {
  const { signer, chain, intent } = order
  return {
    atMs: Date.now(),
    what: 'call',
    decision: refusal ? 'refused' : 'signed',
    ...(refusal ? { code: refusal.code } : {}),
    signer: addressOf(pair.publicKey),
    ...(signer === 'coldkey' ? {} : { hotkey: signer.hotkey }),
    network: chain.network,
    genesis: chain.genesis,
    intent: canonicalJson(intent),
    ...(read.ok ? { callHash: read.value.callHash, payloadHash: read.value.payloadHash } : {}),
    ...(refusal ? {} : { tao: risk.tao }),
  }
}
