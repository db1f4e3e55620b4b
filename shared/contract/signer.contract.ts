import { z } from 'zod'
import type { AuditEntry } from '../signing/audit.ts'
import { INTENT_KINDS } from '../signing/intent.ts'
import type { SignedMessage, VerifiedMessage } from '../signing/message.ts'
import type { Policy } from '../signing/policy.ts'
import type { PolicyView } from '../signing/policy-view.ts'
import type { SignerReading } from '../signing/reading.ts'
import { command, query } from './define.ts'
import { secretText } from './secret.ts'
import { wire } from './wire.ts'

const wallet = z.string().max(200)
const kinds = z.array(z.enum(INTENT_KINDS)).readonly()
const policy = z.object({
  mostPerTransaction: wire.rao.exactOptional(),
  mostPerDay: wire.rao.exactOptional(),
  subnets: z.array(wire.netuid).readonly().exactOptional(),
  kinds: kinds.exactOptional(),
  recipients: z.array(wire.ss58).readonly().exactOptional(),
  ofUnknownWorth: kinds.exactOptional(),
  delay: z.object({ above: wire.rao, waitMs: z.number() }).exactOptional(),
}) satisfies z.ZodType<Policy>

const policyView = z.object({
  policy,
  state: z.enum(['sealed', 'unverified', 'none', 'tampered']),
  pending: z.object({ policy, effectiveAtMs: z.number() }).exactOptional(),
  spentToday: wire.rao.exactOptional(),
  looseningWaitMs: z.number(),
}) satisfies z.ZodType<PolicyView>

const auditEntry = z.object({
  seq: z.int(),
  prev: z.string(),
  hash: z.string(),
  atMs: z.number(),
  what: z.enum(['call', 'message', 'answers', 'rules', 'healed']),
  decision: z.enum(['signed', 'refused', 'noted']),
  code: z.string().exactOptional(),
  signer: wire.ss58.exactOptional(),
  hotkey: z.string().exactOptional(),
  network: z.string().exactOptional(),
  genesis: z.string().exactOptional(),
  intent: z.string().exactOptional(),
  callHash: z.string().exactOptional(),
  payloadHash: z.string().exactOptional(),
  tao: wire.rao.exactOptional(),
  note: z.string().exactOptional(),
}) satisfies z.ZodType<AuditEntry>

export const signerReading = z.object({
  calls: z
    .array(
      z.object({
        depth: z.int(),
        call: z.string(),
        args: z.array(z.object({ path: z.string(), value: z.string() })).readonly(),
      }),
    )
    .readonly(),
  nonce: z.number(),
  eraPeriod: z.int().exactOptional(),
  tip: z.string(),
  genesis: z.string(),
  blockHash: z.string(),
  specVersion: z.int(),
  transactionVersion: z.int(),
  metadataHash: z.string().exactOptional(),
  callHash: z.string(),
  payloadHash: z.string(),
}) satisfies z.ZodType<SignerReading>

const scheme = z.enum(['sr25519', 'ed25519'])
const signedMessage = z.object({
  address: wire.ss58,
  signature: z.string(),
  scheme,
  signedText: z.string(),
  wrappedHere: z.boolean(),
}) satisfies z.ZodType<SignedMessage>
const verifiedMessage = z.union([
  z.object({ valid: z.literal(true), scheme, as: z.enum(['plain', 'wrapped', 'hex']) }),
  z.object({ valid: z.literal(false) }),
]) satisfies z.ZodType<VerifiedMessage>

/** The log of one process: coldkeys and hotkeys sign in processes of their own. */
const role = z.enum(['cold', 'hot'])

export const signerContract = {
  'signer.reading': query('What the signer itself reads in the bytes of a prepared transaction.', {
    input: z.object({ preparedId: z.string() }),
    output: signerReading,
  }),
  'signer.policy': query('The limits that the signer enforces for a wallet, and what is spent today.', {
    input: z.object({ wallet }),
    output: policyView,
  }),
  'signer.setPolicy': command('Sets limits. Tightening counts at once; loosening needs the password and waits.', {
    // Optional, not exactly optional: only so does the terminal know that it must not wait for a password.
    input: z.object({ wallet, policy, password: secretText(1024).optional() }),
    output: policyView,
  }),
  'signer.cancelLoosening': command('Drops the looser limits that wait for their moment.', {
    input: z.object({ wallet }),
    output: policyView,
  }),
  'signer.audit': query('What was signed and refused, newest first, a page at a time.', {
    input: z.object({
      wallet,
      role,
      before: z.int().positive().exactOptional(),
      limit: z.int().min(1).max(500),
    }),
    output: z.object({ entries: z.array(auditEntry).readonly(), total: z.int() }),
  }),
  'signer.exportAudit': query('The whole log of signatures as JSON lines or as a table.', {
    input: z.object({ wallet, role, format: z.enum(['jsonl', 'csv']) }),
    output: z.object({ text: z.string() }),
  }),
  'signer.signMessage': command('Signs a text with a coldkey or a hotkey, with the <Bytes> mark unless asked not to.', {
    input: z.object({
      wallet,
      /** Absent: the coldkey. */
      hotkey: z.string().exactOptional(),
      text: z.string().max(65_536),
      form: z.enum(['bytes', 'plain']),
    }),
    output: signedMessage,
  }),
  'signer.verifyMessage': query('Whether an address signed a text, with or without the <Bytes> mark.', {
    input: z.object({ address: wire.ss58, text: z.string().max(65_536), signature: z.string().max(200) }),
    output: verifiedMessage,
  }),
}
