import { z } from 'zod'
import type { JudgedSwap } from '../accounts/coldkey-swap.ts'
import type { AccountPlan, Via } from '../accounts/plan-account.ts'
import type { ActingFor, ColdkeyGuard, MultisigView, ProxyView } from '../accounts/views.ts'
import { command, done, nothing, query, subscription } from './define.ts'
import { wireIntent, wireProxyType, wireTimepoint } from './intent-wire.ts'
import { wire } from './wire.ts'
import { wireError } from './wire-error.ts'

const count = z.number().int().nonnegative()
const hash = z.string().regex(/^0x[0-9a-f]{64}$/i)

const via = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('direct') }),
  z.object({ kind: z.literal('proxy'), real: wire.ss58, forceType: wireProxyType.optional() }),
  z.object({ kind: z.literal('multisig'), address: wire.ss58 }),
]) satisfies z.ZodType<Via>

export const accountPlan = z.object({
  kind: z.literal('account'),
  coldkey: wire.ss58,
  signer: wire.ss58,
  via,
  inner: wireIntent,
  intent: wireIntent,
  typedTo: z.string().max(100).optional(),
  despiteDoubts: z.boolean().optional(),
  typedWords: z.string().max(300).optional(),
  claims: wire.rao.optional(),
  atBlock: wire.block,
  txFee: wire.rao,
  deposit: wire.rao,
  charge: wire.rao,
  placeCost: wire.rao.optional(),
  freeAfter: wire.rao,
}) satisfies z.ZodType<AccountPlan>

const judgedSwap = z.object({
  swap: z.object({
    coldkey: wire.ss58,
    executableAt: wire.block,
    clearableAt: wire.block,
    newColdkeyHash: hash,
    disputedAt: wire.block.optional(),
  }),
  stage: z.enum(['waiting', 'ready', 'disputed']),
  blocksLeft: count,
  blocksUntilClear: count,
  newColdkey: wire.ss58.optional(),
  foreign: z.boolean(),
}) satisfies z.ZodType<JudgedSwap>

const guard = z.object({
  atBlock: wire.block.optional(),
  delayBlocks: count.optional(),
  swaps: z.array(judgedSwap).readonly(),
  alarms: z.array(wire.ss58).readonly(),
  error: wireError.optional(),
}) satisfies z.ZodType<ColdkeyGuard>

const announcement = z.object({ delegate: wire.ss58, real: wire.ss58, callHash: hash, height: wire.block })
const proxyCall = z.object({
  call: z.string(),
  below: z.object({ argument: z.string(), limit: wire.units }).optional(),
  around: z.string().optional(),
})
const proxyView = z.object({
  facts: z.object({
    atBlock: wire.block,
    account: wire.ss58,
    grants: z.array(z.object({ delegate: wire.ss58, proxyType: z.string(), delay: count })).readonly(),
    deposit: wire.rao,
    announced: z.array(announcement).readonly(),
    announcedDeposit: wire.rao,
  }),
  against: z.array(announcement).readonly(),
  known: z.array(z.object({ callHash: hash, text: z.string(), intent: wireIntent.optional() })).readonly(),
  costs: z.object({
    base: wire.rao,
    each: wire.rao,
    announcementBase: wire.rao,
    announcementEach: wire.rao,
    mostProxies: count,
  }),
  pure: z
    .array(
      z.object({
        address: wire.ss58,
        spawner: wire.ss58,
        proxyType: z.string(),
        delay: count,
        index: count,
        height: wire.block,
        extIndex: count,
      }),
    )
    .readonly(),
  actingFor: z.array(wire.ss58).readonly(),
  rules: z
    .array(
      z.object({
        proxyType: z.string(),
        deprecated: z.boolean(),
        mode: z.enum(['everything', 'nothing', 'only', 'all-but']),
        calls: z.array(proxyCall).readonly(),
        exceptions: z.array(proxyCall).readonly(),
      }),
    )
    .readonly()
    .optional(),
}) satisfies z.ZodType<ProxyView>

const members = { threshold: z.number().int(), members: z.array(wire.ss58).max(100).readonly() }
const sharedAccount = z.object({ address: wire.ss58, name: z.string(), ...members })
const multisigView = z.object({
  account: sharedAccount,
  atBlock: wire.block,
  free: wire.rao,
  operations: z
    .array(
      z.object({
        callHash: hash,
        timepoint: wireTimepoint,
        depositor: wire.ss58,
        deposit: wire.rao,
        approvals: z.array(wire.ss58).readonly(),
        callHex: z.string().optional(),
        intent: wireIntent.optional(),
        text: z.string().optional(),
        step: z.enum(['wait', 'approve', 'execute', 'needs-call']).optional(),
        mayCancel: z.boolean().optional(),
      }),
    )
    .readonly(),
}) satisfies z.ZodType<MultisigView>

const actingFor = z.object({
  wallet: wire.ss58.optional(),
  genesis: z.string().optional(),
  shared: z.array(sharedAccount).readonly(),
  proxyOf: z.array(wire.ss58).readonly(),
}) satisfies z.ZodType<ActingFor>

const operation = z.object({ address: wire.ss58, callHash: hash })

export const accountsContract = {
  'account.guard': subscription('Announced changes of every coldkey that the app shows; foreign ones are alarms.', {
    input: nothing,
    output: guard,
  }),
  'account.acknowledgeSwap': command('Names the coldkey behind an announced hash; refused if the hash differs.', {
    input: z.object({ coldkey: wire.ss58, newColdkey: wire.ss58 }),
    output: done,
  }),
  'account.plan': query('Plans a call about an account, or on behalf of another one: proxy or shared account.', {
    input: z.object({
      via: via.default({ kind: 'direct' }),
      intent: wireIntent,
      typedTo: z.string().max(100).optional(),
      /** Goes on although two sources disagree on the price. */
      despiteDoubts: z.boolean().optional(),
      typedWords: z.string().max(300).optional(),
    }),
    output: accountPlan,
  }),
  'proxy.view': query('Who may act for an account, what each may do, and what is announced.', {
    input: z.object({ account: wire.ss58.optional() }),
    output: proxyView,
  }),
  'proxy.actFor': command('Remembers an account that the active wallet is a proxy of.', {
    input: z.object({ account: wire.ss58 }),
    output: done,
  }),
  'proxy.stopActingFor': command('Forgets an account that the active wallet is a proxy of.', {
    input: z.object({ account: wire.ss58 }),
    output: done,
  }),
  'multisig.list': query('Shared accounts that this app knows.', {
    input: nothing,
    output: z.array(sharedAccount).readonly(),
  }),
  'account.others': subscription('Accounts that the active wallet can act for: shared ones, and as a proxy.', {
    input: nothing,
    output: actingFor,
  }),
  'multisig.preview': query('The address that members and a number of approvals make; nothing is remembered.', {
    input: z.object(members),
    output: z.object({ address: wire.ss58, ...members }),
  }),
  'multisig.add': command('Makes the address of a shared account from its members and remembers it.', {
    input: z.object({ name: z.string(), ...members }),
    output: sharedAccount,
  }),
  'multisig.remove': command('Forgets a shared account; on the chain nothing changes.', {
    input: z.object({ address: wire.ss58 }),
    output: done,
  }),
  'multisig.view': query('Open operations of a shared account, with their calls where these are known.', {
    input: z.object({ address: wire.ss58 }),
    output: multisigView,
  }),
  'multisig.passCall': command('Takes a call as hex from whoever proposed it, and says what it does.', {
    input: z.object({ callHex: z.string().max(1_000_000) }),
    output: z.object({
      callHash: hash,
      callHex: z.string(),
      text: z.string(),
      intent: wireIntent.optional(),
    }),
  }),
  'multisig.planNext': query('Plans the next approval of an operation, or carrying it out.', {
    input: operation,
    output: accountPlan,
  }),
  'multisig.planCancel': query('Plans taking an own operation back.', { input: operation, output: accountPlan }),
}
