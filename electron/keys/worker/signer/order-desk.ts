import { sr25519Sign } from '@polkadot/util-crypto/sr25519'
import type { AppError } from '../../../../shared/errors.ts'
import { err, ok, type Result } from '../../../../shared/result.ts'
import { type AuditFacts, canonicalJson } from '../../../../shared/signing/audit.ts'
import type { Intent } from '../../../../shared/signing/intent.ts'
import type { LimitOrder } from '../../../../shared/signing/limit-order.ts'
import { policyRefusal, waitOf } from '../../../../shared/signing/policy.ts'
import { riskOf } from '../../../../shared/signing/risk.ts'
import type { RequestOf } from '../../wire.ts'
import { addressOf, type Keypair } from '../keypair.ts'
import { accountHex } from './account-hex.ts'
import { NoSuchCall, orderValue } from './expected-holding.ts'
import type { KeySource } from './key-source.ts'
import { foreignChainId, foreignGenesis } from './networks.ts'
import { versionedOrder } from './pinned-layout.ts'
import { blake256 } from './read-payload.ts'
import { sealKeyOf } from './signer-state.ts'
import type { Turns } from './turns.ts'
import type { WalletRecords } from './wallet-records.ts'

export interface OrderParts {
  readonly keys: KeySource
  readonly records: WalletRecords
  readonly turns: Turns
}
type Request = RequestOf<'sign-order'>
export interface SignedHere {
  readonly orderId: string
  readonly signature: string
}

/** Why this order is never signed, whatever the limits say. */
function unfit({ type, maxSlippagePpb, signer, netuid }: LimitOrder, pair: Keypair): AppError | undefined {
  if (pair.cryptoType !== 'sr25519') return { code: 'order/key-type' }
  if (signer !== addressOf(pair.publicKey)) return { code: 'order/other-signer', signer }
  if (netuid === 0) return { code: 'order/on-root' }
  // The chain widens the floor by it, and refuses the sale when the price falls faster: the opposite of what is wanted.
  return type === 'StopLoss' && maxSlippagePpb !== undefined ? { code: 'order/stop-loss-slippage' } : undefined
}

/**
 * Signs orders that a relayer carries out. The bytes are written here, from the order that was confirmed; limits, log and the
 * chain that the wallet knows are asked as for a transaction.
 */
export class OrderDesk {
  readonly #parts: OrderParts

  constructor(parts: OrderParts) {
    this.#parts = parts
  }

  /** One at a time, with everything else that is signed. */
  sign(request: Request): Promise<Result<SignedHere, AppError>> {
    return this.#parts.turns.take(() => this.#sign(request))
  }

  async #sign(request: Request): Promise<Result<SignedHere, AppError>> {
    const { records, keys } = this.#parts
    const folder = await records.folderOf(request.wallet)
    if (!folder.ok) return folder
    const key = await keys.keyFor(request.wallet, 'coldkey')
    if (!key.ok) return key
    const { pair, release } = key.value
    const sealKey = sealKeyOf(pair)
    try {
      const address = addressOf(pair.publicKey)
      const trusted = await records.trusted(folder.value, address, sealKey)
      if (!trusted.ok) return trusted
      if (trusted.value.trust === 'tampered') return err({ code: 'policy/tampered', what: trusted.value.what })
      const { state } = trusted.value
      const bytes = bytesOf(request.order)
      const refusal =
        unfit(request.order, pair) ??
        (bytes ? undefined : { code: 'keys/intent-differs' as const, what: 'address' }) ??
        foreignGenesis(state.networks, request.chain.network, request.chain.genesis) ??
        foreignChainId(request.chain.genesis, request.order.chainId) ??
        (await this.#limits(folder.value, request, state.policy))
      const { network, genesis } = request.chain
      const after = refusal ? state : { ...state, networks: { ...state.networks, [network]: genesis } }
      const noted = await records.note(folder.value, factsOf(request, pair, refusal), {
        address,
        state: after,
        sealKey,
      })
      if (!noted.ok) return noted
      if (refusal || !bytes) return err(refusal ?? { code: 'keys/intent-differs', what: 'order' })
      return ok({ orderId: blake256(bytes), signature: `0x${Buffer.from(sr25519Sign(bytes, pair)).toString('hex')}` })
    } finally {
      sealKey.fill(0)
      release()
    }
  }

  /** An order waits for nobody: what the limits make wait is refused. */
  async #limits(
    folder: string,
    { order }: Request,
    policy: Parameters<typeof policyRefusal>[0],
  ): Promise<AppError | undefined> {
    const spent = await this.#parts.records.auditOf(folder, 'cold').spentBefore(Date.now())
    if (!spent.ok) return spent.error
    const risk = riskOf(intentOf(order))
    const waitMs = waitOf(policy, risk)
    return (
      policyRefusal(policy, risk, spent.value) ??
      (waitMs > 0 ? { code: 'policy/waiting', readyAtMs: Date.now() + waitMs } : undefined)
    )
  }
}

const intentOf = (order: LimitOrder): Intent => ({ kind: 'limit-order', order })

/** `undefined` where an address is none. */
function bytesOf(order: LimitOrder): Uint8Array | undefined {
  try {
    return versionedOrder(orderValue(order, accountHex))
  } catch (cause) {
    if (cause instanceof NoSuchCall) return undefined
    throw cause
  }
}

function factsOf({ order, chain }: Request, pair: Keypair, refusal: AppError | undefined): AuditFacts {
  const intent = intentOf(order)
  return {
    atMs: Date.now(),
    what: 'call',
    decision: refusal ? 'refused' : 'signed',
    ...(refusal ? { code: refusal.code } : {}),
    signer: addressOf(pair.publicKey),
    network: chain.network,
    genesis: chain.genesis,
    intent: canonicalJson(intent),
    ...(refusal ? {} : { tao: riskOf(intent).tao }),
  }
}
