import { z } from 'zod'
import type { AddressEntry, SkippedRow } from '../addresses/address-book.ts'
import type { Finding, RecipientReport } from '../addresses/judge-recipient.ts'
import { command, done, nothing, query, subscription } from './define.ts'
import {
  closeAccountPlan,
  closeAccountRequest,
  transferLimits,
  transferPlan,
  transferRequest,
} from './transfer-plans.ts'
import { wire } from './wire.ts'

/** What a person typed or pasted; read and refused by rules, so anything may stand here. */
const anyText = z.string().max(1_000)
const network = z.enum(['practice', 'finney', 'test', 'local', 'custom'])
const how = z.enum(['book', 'own-coldkey', 'own-hotkey', 'sent-to', 'received-from', 'validator'])

export const addressEntry = z.object({
  address: wire.ss58,
  name: z.string(),
  note: z.string(),
  addedAtMs: z.number(),
}) satisfies z.ZodType<AddressEntry>

const named = z.object({ name: z.string() })
const finding = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('itself'), weight: z.literal('block') }),
  z.object({
    kind: z.literal('look-alike'),
    weight: z.literal('block'),
    of: wire.ss58,
    name: z.string(),
    how,
    first: z.number().int(),
    last: z.number().int(),
  }),
  z.object({ kind: z.literal('dust-sender'), weight: z.literal('block') }),
  z.object({ kind: z.literal('own-hotkey'), weight: z.literal('warn') }).extend(named.shape),
  z.object({ kind: z.literal('validator'), weight: z.literal('warn') }).extend(named.shape),
  z.object({ kind: z.literal('own-coldkey'), weight: z.literal('tell') }).extend(named.shape),
  z.object({ kind: z.literal('first-time'), weight: z.literal('tell') }),
]) satisfies z.ZodType<Finding>

const report = z.object({
  address: wire.ss58,
  knownAs: z.string().optional(),
  findings: z.array(finding).readonly(),
  mustBeTyped: z.boolean(),
}) satisfies z.ZodType<RecipientReport>

const skipped = z.object({
  row: z.number().int(),
  problem: z.enum([
    'empty',
    'words',
    'hex-key',
    'ethereum',
    'invisible',
    'characters',
    'too-short',
    'too-long',
    'other-chain',
    'checksum',
    'name',
    'note',
    'name-taken',
    'already-there',
  ]),
}) satisfies z.ZodType<SkippedRow>

const book = z.object({ network, entries: z.array(addressEntry).readonly() })
const received = z.object({
  block: wire.block,
  from: wire.ss58,
  to: wire.ss58,
  amount: wire.units,
  /** A tiny amount from an address that imitates a known one. It is never offered for copying. */
  bait: z.boolean(),
})
export type ReceivedView = z.output<typeof received>

export const addressesContract = {
  'addresses.watch': subscription('The address book of this kind of network.', { input: nothing, output: book }),
  'addresses.add': command('Gives an address a name.', {
    input: z.object({ address: anyText, name: anyText, note: anyText.optional() }),
    output: addressEntry,
  }),
  'addresses.change': command('Renames an entry, or changes its note.', {
    input: z.object({ address: wire.ss58, name: anyText, note: anyText.optional() }),
    output: addressEntry,
  }),
  'addresses.remove': command('Removes an entry.', { input: z.object({ address: wire.ss58 }), output: done }),
  'addresses.export': query('The address book as the text of a file.', {
    input: nothing,
    output: z.object({ fileName: z.string(), text: z.string() }),
  }),
  'addresses.import': command('Adds the entries of such a file; what is there already stays as it is.', {
    input: z.object({ text: z.string().max(4_000_000) }),
    output: z.object({ added: z.number().int(), skipped: z.array(skipped).readonly() }),
  }),
  'addresses.check': query('What there is to know about an address before paying to it.', {
    input: z.object({ text: anyText }),
    output: report,
  }),
  'transfer.received': subscription('Transfers to own accounts that this app saw in blocks, newest first.', {
    input: nothing,
    output: z.array(received).readonly(),
  }),
  'transfer.limits': query('What can be sent to an address at most and at least, and the network fee.', {
    input: z.object({ to: wire.ss58, account: wire.ss58.optional() }),
    output: transferLimits,
  }),
  'transfer.plan': query('Plans a transfer that keeps the account open.', {
    input: transferRequest,
    output: transferPlan,
  }),
  'transfer.planClose': query('Plans to send everything and close the account.', {
    input: closeAccountRequest,
    output: closeAccountPlan,
  }),
}
