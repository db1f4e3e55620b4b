import { z } from 'zod'
import type { AppError } from '../../shared/errors.ts'
import { ANSWER_NONCE, ANSWER_UUID } from '../../shared/mining/axon-answer.ts'
import type { AuditEntry } from '../../shared/signing/audit.ts'
import { INTENT_KINDS } from '../../shared/signing/intent.ts'
import type { SignedMessage, VerifiedMessage } from '../../shared/signing/message.ts'
import type { Policy } from '../../shared/signing/policy.ts'
import type { PolicyView } from '../../shared/signing/policy-view.ts'
import type { SignerReading } from '../../shared/signing/reading.ts'
import { isNetuid, isRao, type Netuid, type Rao } from '../../shared/units/amounts.ts'
import type { AuditPage } from './signer.port.ts'
import { intentSchema, orderSchema } from './wire-intent.ts'
import { address, bytes, cryptoType, name, typedPassword } from './wire-parts.ts'

// The signer's part of the vocabulary. Structured clones: bytes and bigints cross as they are.

const hash = z.string().regex(/^0x[0-9a-f]{64}$/i)
const chain = z.strictObject({
  network: z.string().min(1).max(300),
  genesis: hash,
  metadataHash: z.string().regex(/^[0-9a-f]{64}$/),
})
const signer = z.union([z.literal('coldkey'), z.strictObject({ hotkey: name })])
const role = z.enum(['cold', 'hot'])
/** An ML-KEM key of the largest kind has 1568 bytes. */
const LARGEST_KEY = 2048
const orderChain = chain.omit({ metadataHash: true })
const LARGEST_PAYLOAD = 1_048_576
const LARGEST_METADATA = 2_097_152
const payload = bytes.refine((b) => b.length <= LARGEST_PAYLOAD)
const message = z.string().max(65_536)

const tao = z.custom<Rao>(isRao)
const netuid = z.custom<Netuid>(isNetuid)
const kinds = z.array(z.enum(INTENT_KINDS)).max(INTENT_KINDS.length)
const policy: z.ZodType<Policy> = z.strictObject({
  mostPerTransaction: tao.exactOptional(),
  mostPerDay: tao.exactOptional(),
  subnets: z.array(netuid).max(1_024).exactOptional(),
  kinds: kinds.exactOptional(),
  recipients: z.array(address).max(1_024).exactOptional(),
  ofUnknownWorth: kinds.exactOptional(),
  delay: z.strictObject({ above: tao, waitMs: z.number() }).exactOptional(),
})

export const signerRequests = [
  z.strictObject({ kind: z.literal('sign'), wallet: name, signer, payload, intent: intentSchema, chain }),
  z.strictObject({
    kind: z.literal('sign-shielded'),
    wallet: name,
    payload,
    intent: intentSchema,
    chain,
    shieldKey: bytes.refine((b) => b.length <= LARGEST_KEY),
  }),
  z.strictObject({ kind: z.literal('sign-order'), wallet: name, order: orderSchema, chain: orderChain }),
  /** Metadata of a runtime, once for each; answered with its hash. */
  z.strictObject({ kind: z.literal('learn-runtime'), metadata: bytes.refine((b) => b.length <= LARGEST_METADATA) }),
  z.strictObject({ kind: z.literal('read-payload'), payload, chain }),
  z.strictObject({ kind: z.literal('policy'), wallet: name }),
  z.strictObject({
    kind: z.literal('set-policy'),
    wallet: name,
    policy,
    password: typedPassword.exactOptional(),
  }),
  z.strictObject({ kind: z.literal('cancel-loosening'), wallet: name }),
  z.strictObject({
    kind: z.literal('audit'),
    wallet: name,
    role,
    before: z.int().positive().exactOptional(),
    limit: z.int().min(1).max(500),
  }),
  z.strictObject({ kind: z.literal('export-audit'), wallet: name, role, format: z.enum(['jsonl', 'csv']) }),
  z.strictObject({
    kind: z.literal('sign-message'),
    wallet: name,
    signer,
    text: message,
    form: z.enum(['bytes', 'plain']),
  }),
  z.strictObject({ kind: z.literal('begin-answers'), wallet: name, hotkey: name, netuid, chain: orderChain }),
  z.strictObject({
    kind: z.literal('sign-answer'),
    wallet: name,
    hotkey: name,
    answer: z.strictObject({
      nonce: z.string().regex(ANSWER_NONCE),
      caller: address,
      uuid: z.string().regex(ANSWER_UUID),
    }),
  }),
  z.strictObject({ kind: z.literal('end-answers'), wallet: name, hotkey: name }),
  z.strictObject({ kind: z.literal('verify-message'), address, text: message, signature: z.string().max(200) }),
] as const

export interface SignerAnswers {
  readonly sign: Uint8Array
  readonly 'sign-shielded': { readonly carrier: Uint8Array; readonly innerHash: string }
  readonly 'sign-order': { readonly orderId: string; readonly signature: string }
  readonly 'learn-runtime': string
  readonly 'read-payload': SignerReading
  readonly policy: PolicyView
  readonly 'set-policy': PolicyView
  readonly 'cancel-loosening': PolicyView
  readonly audit: AuditPage
  readonly 'export-audit': string
  readonly 'sign-message': SignedMessage
  readonly 'begin-answers': null
  readonly 'sign-answer': string
  readonly 'end-answers': null
  readonly 'verify-message': VerifiedMessage
}

const reading: z.ZodType<SignerReading> = z.strictObject({
  calls: z.array(
    z.strictObject({
      depth: z.int(),
      call: z.string(),
      args: z.array(z.strictObject({ path: z.string(), value: z.string() })),
    }),
  ),
  nonce: z.number(),
  eraPeriod: z.int().exactOptional(),
  tip: z.string(),
  genesis: hash,
  blockHash: hash,
  specVersion: z.int(),
  transactionVersion: z.int(),
  metadataHash: hash.exactOptional(),
  callHash: hash,
  payloadHash: hash,
})
const policyView: z.ZodType<PolicyView> = z.strictObject({
  policy,
  state: z.enum(['sealed', 'unverified', 'none', 'tampered']),
  pending: z.strictObject({ policy, effectiveAtMs: z.number() }).exactOptional(),
  spentToday: tao.exactOptional(),
  looseningWaitMs: z.number(),
})
const auditEntry: z.ZodType<AuditEntry> = z.strictObject({
  seq: z.int(),
  prev: z.string(),
  hash: z.string(),
  atMs: z.number(),
  what: z.enum(['call', 'message', 'answers', 'rules', 'healed']),
  decision: z.enum(['signed', 'refused', 'noted']),
  code: z.string().exactOptional(),
  signer: address.exactOptional(),
  hotkey: z.string().exactOptional(),
  network: z.string().exactOptional(),
  genesis: z.string().exactOptional(),
  intent: z.string().exactOptional(),
  callHash: z.string().exactOptional(),
  payloadHash: z.string().exactOptional(),
  tao: tao.exactOptional(),
  note: z.string().exactOptional(),
})

export const signerAnswers: { readonly [K in keyof SignerAnswers]: z.ZodType<SignerAnswers[K]> } = {
  sign: bytes.refine((signature) => signature.length === 65),
  'sign-shielded': z.strictObject({ carrier: bytes, innerHash: hash }),
  'sign-order': z.strictObject({ orderId: hash, signature: z.string().regex(/^0x[0-9a-f]{128}$/) }),
  'learn-runtime': z.string(),
  'read-payload': reading,
  policy: policyView,
  'set-policy': policyView,
  'cancel-loosening': policyView,
  audit: z.strictObject({ entries: z.array(auditEntry), total: z.int() }),
  'export-audit': z.string(),
  'sign-message': z.strictObject({
    address,
    signature: z.string(),
    scheme: cryptoType,
    signedText: z.string(),
    wrappedHere: z.boolean(),
  }),
  'begin-answers': z.null(),
  'sign-answer': z.string().regex(/^0x[0-9a-f]{128}$/),
  'end-answers': z.null(),
  'verify-message': z.union([
    z.strictObject({ valid: z.literal(true), scheme: cryptoType, as: z.enum(['plain', 'wrapped', 'hex']) }),
    z.strictObject({ valid: z.literal(false) }),
  ]),
}

const withWhat = <C extends string>(code: C) => z.strictObject({ code: z.literal(code), what: z.string() })

/** What the signer refuses with, besides what any keys process may say. */
export const signerFailures = [
  withWhat('keys/intent-differs'),
  withWhat('signer/unreadable'),
  withWhat('signer/bad-metadata'),
  withWhat('signer/not-an-answer'),
  z.strictObject({ code: z.literal('signer/not-serving'), hotkey: z.string() }),
  withWhat('policy/tampered'),
  withWhat('policy/bad'),
  z.strictObject({ code: z.literal('chain/unknown-extension'), names: z.array(z.string()) }),
  z.strictObject({ code: z.literal('chain/bad-address'), address: z.string() }),
  z.strictObject({ code: z.literal('signer/metadata-needed'), hash: z.string() }),
  z.strictObject({
    code: z.literal('signer/foreign-genesis'),
    network: z.string(),
    expected: z.string(),
    actual: z.string(),
  }),
  z.strictObject({
    code: z.literal('signer/not-a-message'),
    reason: z.enum(['transaction', 'hash', 'binary', 'hex']),
  }),
  z.strictObject({ code: z.literal('signer/audit-broken'), file: z.string(), line: z.int() }),
  z.strictObject({ code: z.literal('policy/kind'), kind: z.string(), allowed: z.array(z.string()) }),
  z.strictObject({ code: z.literal('policy/subnet'), netuid, allowed: z.array(netuid) }),
  z.strictObject({ code: z.literal('policy/recipient'), recipient: address }),
  z.strictObject({ code: z.literal('policy/unknown-amount'), kind: z.string() }),
  z.strictObject({ code: z.literal('policy/per-transaction'), limit: tao, asked: tao }),
  z.strictObject({ code: z.literal('policy/per-day'), limit: tao, asked: tao, spent: tao }),
  z.strictObject({ code: z.literal('policy/waiting'), readyAtMs: z.number() }),
] as const satisfies readonly z.ZodType<AppError>[]
