import type { AppError } from '../../shared/errors.ts'
import type { AnswerParts } from '../../shared/mining/axon-answer.ts'
import type { Result } from '../../shared/result.ts'
import type { SecretText } from '../../shared/sealing/sealed.ts'
import type { AuditEntry, AuditRole } from '../../shared/signing/audit.ts'
import type { Intent } from '../../shared/signing/intent.ts'
import type { LimitOrder } from '../../shared/signing/limit-order.ts'
import type { MessageForm, SignedMessage, VerifiedMessage } from '../../shared/signing/message.ts'
import type { Policy } from '../../shared/signing/policy.ts'
import type { PolicyView } from '../../shared/signing/policy-view.ts'
import type { SignerReading } from '../../shared/signing/reading.ts'
import type { Netuid, Ss58 } from '../../shared/units/amounts.ts'

/** Which key of the wallet signs. */
export type Signer = 'coldkey' | { readonly hotkey: string }

/** The chain that a payload is for. */
export interface SigningChain {
  /** Name under which the app knows it: `finney`, `test`, `local`, `practice`, or `custom` and the endpoint. */
  readonly network: string
  /** Hash of block 0, `0x` and 64 hex digits. */
  readonly genesis: string
  /** The runtime's metadata as the node served it; begins with `meta`. Reaches the signer once for each runtime. */
  readonly metadata: Uint8Array
}

export interface SignRequest {
  readonly wallet: string
  readonly signer: Signer
  /** The SCALE bytes of call, extra and additional; hashed here when longer than 256 bytes, as the chain does. */
  readonly payload: Uint8Array
  readonly intent: Intent
  readonly chain: SigningChain
}

export interface ReadRequest {
  readonly payload: Uint8Array
  readonly chain: SigningChain
}

export interface SetPolicy {
  readonly wallet: string
  readonly policy: Policy
  /** Needed to loosen a limit, and to set limits anew after they were tampered with. */
  readonly password?: SecretText
}

export interface AuditRequest {
  readonly wallet: string
  readonly role: AuditRole
  /** Lines before this number; absent: the newest. */
  readonly before?: number
  /** 1 to 500. */
  readonly limit: number
}

export interface AuditPage {
  /** Newest first. */
  readonly entries: readonly AuditEntry[]
  /** Lines in the whole log. */
  readonly total: number
}

export interface SignMessage {
  readonly wallet: string
  readonly signer: Signer
  readonly text: string
  readonly form: MessageForm
}

/** A transaction that shall be hidden until it is in a block. Always of the coldkey. */
export interface ShieldRequest extends Omit<SignRequest, 'signer'> {
  /** The chain's key to encrypt with: ML-KEM-768. */
  readonly shieldKey: Uint8Array
}

export interface ShieldedBytes {
  /** The cover, signed and complete. */
  readonly carrier: Uint8Array
  /** blake2-256 of the hidden extrinsic. */
  readonly innerHash: string
}

export interface OrderRequest {
  readonly wallet: string
  readonly order: LimitOrder
  readonly chain: Omit<SigningChain, 'metadata'>
}

export interface OrderSignature {
  /** blake2-256 of the order in SCALE: the chain's name for it. */
  readonly orderId: string
  /** `0x` and 128 hex digits, sr25519. */
  readonly signature: string
}

/** A hotkey that begins to answer for a subnet. */
export interface AnswersRequest {
  readonly wallet: string
  readonly hotkey: string
  readonly netuid: Netuid
  readonly chain: Omit<SigningChain, 'metadata'>
}

/** What signs, seen from services. */
export interface SignerPort {
  /**
   * Reads the payload, compares it with the intent, asks the wallet's limits, notes it, signs.
   * @returns 65 bytes, a SCALE `MultiSignature`: 0x00 ed25519 or 0x01 sr25519, then the signature.
   * @errors keys/locked, keys/intent-differs, chain/unknown-extension, signer/…, policy/…
   */
  sign(request: SignRequest): Promise<Result<Uint8Array, AppError>>
  /**
   * As `sign`, of a payload whose nonce is one above the account's next; the signer encrypts what it signed and signs the
   * cover with the nonce below. @errors those of `sign`, shield/not-possible
   */
  signShielded(request: ShieldRequest): Promise<Result<ShieldedBytes, AppError>>
  /** Signs an order away from the chain. @errors order/key-type, order/other-signer, order/stop-loss-slippage, policy/… */
  signOrder(request: OrderRequest): Promise<Result<OrderSignature, AppError>>
  /** What the signer itself reads in a payload, for the screen where it is confirmed. Needs no key. */
  read(request: ReadRequest): Promise<Result<SignerReading, AppError>>
  policy(wallet: string): Promise<Result<PolicyView, AppError>>
  /** Tightening counts at once; loosening needs the password and waits. @errors policy/bad, keys/locked, keys/wrong-password */
  setPolicy(request: SetPolicy): Promise<Result<PolicyView, AppError>>
  cancelLoosening(wallet: string): Promise<Result<PolicyView, AppError>>
  /** @errors signer/audit-broken with the line */
  audit(request: AuditRequest): Promise<Result<AuditPage, AppError>>
  /** The whole log as text: JSON lines as they are kept, or a table. */
  exportAudit(request: {
    readonly wallet: string
    readonly role: AuditRole
    readonly format: 'jsonl' | 'csv'
  }): Promise<Result<string, AppError>>
  /** @errors signer/not-a-message, keys/locked */
  signMessage(request: SignMessage): Promise<Result<SignedMessage, AppError>>
  /**
   * Lets the hotkey sign answers of axon v10 until `endAnswers`; asks the limits of the wallet and notes it.
   * @errors keys/hotkey-locked, policy/kind, policy/subnet, signer/foreign-genesis
   */
  beginAnswers(request: AnswersRequest): Promise<Result<null, AppError>>
  /** @returns `0x` and 128 hex digits. @errors signer/not-serving (nothing was begun), signer/not-an-answer */
  signAnswer(request: {
    readonly wallet: string
    readonly hotkey: string
    readonly answer: AnswerParts
  }): Promise<Result<string, AppError>>
  endAnswers(request: { readonly wallet: string; readonly hotkey: string }): Promise<Result<null, AppError>>
  verifyMessage(request: {
    readonly address: Ss58
    readonly text: string
    readonly signature: string
  }): Promise<Result<VerifiedMessage, AppError>>
}
