import { z } from 'zod'
import { GO_STEPS, type GoState } from '../mining/one-click.ts'
import type { Candidate } from '../mining/propose.ts'
import { command, nothing, query, subscription } from './define.ts'
import { wire } from './wire.ts'
import { wireError } from './wire-error.ts'

const step = z.enum(GO_STEPS)
const network = z.enum(['practice', 'finney', 'test', 'local', 'custom'])
const choice = z.object({
  network,
  genesis: z.string(),
  coldkey: wire.ss58,
  netuid: wire.netuid,
  subnetName: z.string(),
  hotkey: wire.ss58,
  hotkeyName: z.string(),
  adapter: z.string(),
  adapterTitle: z.string(),
  modelId: z.string().optional(),
  modelName: z.string().optional(),
  understood: z.boolean(),
  tolerancePpm: wire.ppm,
})
const fact = z.object({
  about: z.enum(['hardware', 'disk', 'port', 'reach', 'identity', 'price', 'pay', 'speed']),
  kind: z.enum(['good', 'warn', 'plain']),
  text: z.string(),
})
const bond = z.object({
  share: z.number().int().min(0).max(65_535),
  freesPpm: z.number().int().min(0).optional(),
})
const terms = z.object({
  identity: z.string(),
  hardware: z.string(),
  place: z
    .object({
      price: wire.rao,
      limitPrice: wire.rao,
      txFee: wire.rao,
      mostCost: wire.rao,
      /** Absent: the chain does not say. */
      collateral: bond.optional(),
      mostBound: wire.rao.optional(),
    })
    .optional(),
})
const mark = z.object({ state: z.enum(['done', 'skipped']), value: z.string() })

/** The whole state: what is kept on disk between two starts of the app, too. */
export const goState = z.object({
  phase: z.enum(['idle', 'running', 'asking', 'stopped', 'failed', 'mining']),
  step,
  choice: choice.optional(),
  marks: z.partialRecord(step, mark),
  note: z.string().optional(),
  fraction: z.number().min(0).max(1).optional(),
  facts: z.array(fact).readonly(),
  endpoint: z
    .object({
      port: z.number().int().min(0).max(65_535),
      publicIp: z.string().optional(),
      publicPort: z.number().int().min(1).max(65_535).optional(),
    })
    .optional(),
  terms: terms.optional(),
  agreed: z
    .object({ identity: z.string(), hardware: z.string(), mostCost: wire.rao, collateral: bond.optional() })
    .optional(),
  sent: z.string().optional(),
  uid: z.number().int().optional(),
  error: wireError.optional(),
  stoppedBy: z.enum(['cancel', 'restart']).optional(),
}) satisfies z.ZodType<GoState>

const goView = goState.extend({
  /** The eight steps, each with what it found. */
  steps: z
    .array(
      z.object({
        step,
        state: z.enum(['waiting', 'running', 'asking', 'stopped', 'done', 'skipped', 'failed']),
        value: z.string().optional(),
        fraction: z.number().min(0).max(1).optional(),
      }),
    )
    .readonly(),
})
export type GoView = z.output<typeof goView>

const candidate = z.object({
  netuid: wire.netuid,
  subnetName: z.string(),
  adapter: z.string(),
  adapterTitle: z.string(),
  byHand: z.boolean(),
  modelId: z.string().optional(),
  modelName: z.string().optional(),
  licence: z.string().optional(),
  downloadBytes: z.number(),
  hotkey: wire.ss58.optional(),
  hotkeyName: z.string(),
  uid: z.number().int().optional(),
  price: wire.rao.optional(),
  proposable: z.boolean(),
  good: z.array(z.string()).readonly(),
  bad: z.array(z.string()).readonly(),
}) satisfies z.ZodType<Candidate>

const proposal = z.object({
  /** Best first. The first is what one press begins, where it is proposable. */
  candidates: z.array(candidate).readonly(),
  /** Why nothing is proposed. */
  nothing: z.string().optional(),
  /** Who is asked, outside of this computer and the chain, when it is checked: servers that say which address they see, and helpers. */
  asks: z.array(z.string()).readonly(),
})
export type Proposal = z.output<typeof proposal>

export const oneClickContract = {
  'oneClick.watch': subscription('How far the way from one press to mining is.', { input: nothing, output: goView }),
  'oneClick.propose': query('What this machine and this wallet could mine, with what speaks for and against it.', {
    input: nothing,
    output: proposal,
  }),
  'oneClick.go': command('Begins: chooses, checks, downloads, measures. It stops before anything is spent.', {
    input: z.object({
      /** What is named has to be offered; what is not named is proposed. */
      netuid: wire.netuid.optional(),
      adapter: z.string().max(100).optional(),
      modelId: z.string().max(200).optional(),
      hotkey: wire.ss58.optional(),
      /** The warning about an adapter that nobody tried there was read. */
      understood: z.boolean().optional(),
      /** How much dearer the place may get until the chain executes, parts per million. Default: 300,000. */
      tolerancePpm: wire.ppm.optional(),
      /** The licence of the model that was read and is agreed to. */
      acceptLicence: z.string().max(200).optional(),
    }),
    output: goView,
  }),
  'oneClick.confirm': command('Agrees to what is spent, at most this much, and registers. Needs an open wallet.', {
    input: z.object({ mostCost: wire.rao }),
    output: goView,
  }),
  'oneClick.cancel': command('Stops where it is; what was downloaded stays, what was sent is followed.', {
    input: nothing,
    output: goView,
  }),
  'oneClick.resume': command('Goes on with what was stopped or has failed.', {
    input: z.object({
      /** The licence of the model, where it was not accepted before. */
      acceptLicence: z.string().max(200).optional(),
    }),
    output: goView,
  }),
  'oneClick.dismiss': command('Forgets what was stopped or has failed.', { input: nothing, output: goView }),
}
