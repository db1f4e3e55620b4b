import { z } from 'zod'
import type { Held, HoldReason } from '../mining/hold.ts'
import { REQUEST_REASONS } from '../mining/request-reason.ts'
import { command, nothing, query, subscription } from './define.ts'
import { wire } from './wire.ts'
import { wireError } from './wire-error.ts'

/** Whether the mapping was tried: with validators or official clients, long ago, or never. */
const adapterStatus = z.enum(['verified', 'stale', 'unverified'])
const reason = { freesModel: z.boolean().optional() }
export const holdReason = z.discriminatedUnion('kind', [
  z.object({
    ...reason,
    kind: z.literal('too-hot'),
    part: z.string(),
    celsius: z.number(),
    limitCelsius: z.number(),
    resumesAtCelsius: z.number(),
  }),
  z.object({ ...reason, kind: z.literal('heat-unknown') }),
  z.object({ ...reason, kind: z.literal('on-battery'), chargePercent: z.number().optional() }),
  z.object({ ...reason, kind: z.literal('schedule'), untilMs: z.number().optional() }),
  z.object({ ...reason, kind: z.literal('in-use'), waitMs: z.number() }),
  z.object({ ...reason, kind: z.literal('no-profit'), why: z.string() }),
]) satisfies z.ZodType<HoldReason>
const held = z.object({
  reasons: z.array(holdReason).readonly(),
  sinceMs: z.number(),
  modelFreed: z.boolean(),
}) satisfies z.ZodType<Held>
export const minerStep = z.enum(['check', 'load', 'serve', 'announce', 'mine'])
export const miningStatus = z.object({
  state: z.enum(['off', 'starting', 'mining', 'stopping', 'failed']),
  /** Each step with what it found; `value` is a plain fact such as `127.0.0.1:8091`. */
  steps: z
    .array(
      z.object({
        step: minerStep,
        state: z.enum(['waiting', 'running', 'done', 'failed']),
        value: z.string().optional(),
        fraction: z.number().min(0).max(1).optional(),
      }),
    )
    .readonly(),
  /** By a press or a command, or by a rule that was set. */
  startedBy: z.enum(['hand', 'rule']).optional(),
  /** It runs and lets callers wait; absent: it does not. */
  held: held.optional(),
  adapter: z.object({ id: z.string(), title: z.string(), status: adapterStatus }).optional(),
  netuid: wire.netuid.optional(),
  subnetName: z.string().optional(),
  hotkey: wire.ss58.optional(),
  hotkeyName: z.string().optional(),
  uid: z.number().int().optional(),
  model: z
    .object({
      id: z.string(),
      name: z.string(),
      backend: z.string(),
      parallel: z.number().int(),
      /** Plain sentences: what was tried first and had no room in memory. */
      gaveUp: z.array(z.string()).readonly().optional(),
    })
    .optional(),
  endpoint: z.string().optional(),
  /** Of which families callers are answered, whichever address is announced. */
  listensFor: z.enum(['ipv4', 'both']).optional(),
  axonBlock: wire.block.optional(),
  startedAtMs: z.number().optional(),
  /** Tokens a second over the last ten seconds; absent before the first answer. */
  tokensPerSecond: z.number().optional(),
  answered: z.number().int(),
  late: z.number().int(),
  refused: z.partialRecord(z.enum(REQUEST_REASONS), z.number().int()),
  latencyP50Ms: z.number().optional(),
  latencyP95Ms: z.number().optional(),
  queue: z.object({ running: z.number().int(), waiting: z.number().int(), room: z.number().int() }).optional(),
  recent: z
    .array(
      z.object({
        atMs: z.number(),
        caller: wire.ss58.optional(),
        status: z.number().int(),
        reason: z.enum(REQUEST_REASONS),
        promptTokens: z.number().int().optional(),
        completionTokens: z.number().int().optional(),
        firstTokenMs: z.number().optional(),
        totalMs: z.number(),
      }),
    )
    .readonly(),
  /** From the chain, at `chainBlock`. */
  incentive: z.number().int().optional(),
  emission: wire.alpha.optional(),
  chainBlock: wire.block.optional(),
  error: wireError.optional(),
})
export type MiningStatus = z.output<typeof miningStatus>

const adapterChoice = z.object({
  id: z.string(),
  title: z.string(),
  transport: z.string(),
  status: adapterStatus,
  /** When and against what it was last checked. */
  date: z.string(),
  source: z.string(),
  /** What is known of how answers are judged. */
  notes: z.string(),
  /** Made for this very subnet. */
  own: z.boolean(),
  /** It was not tried with this subnet: a person has to say that it shall run. */
  byHand: z.boolean(),
  /** What does its work. */
  needs: z.enum(['model', 'service']),
})
export type AdapterChoice = z.output<typeof adapterChoice>

const miningOption = z.object({
  netuid: wire.netuid,
  name: z.string(),
  /** What is proposed; empty where nothing is. */
  adapterId: z.string(),
  /** Everything that may be started there, best first. */
  adapters: z.array(adapterChoice).readonly(),
  /** Why this subnet is offered or not: `ready`, or the reason in plain words. */
  usable: z.boolean(),
  reason: z.string(),
  registrationPrice: wire.rao.optional(),
  places: z.number().int(),
  placesTaken: z.number().int(),
  /** Own hotkeys that hold a uid there. */
  mine: z.array(z.object({ hotkey: wire.ss58, uid: z.number().int() })).readonly(),
})
export type MiningOption = z.output<typeof miningOption>

/** An absent field could not be read: unknown. */
const hardware = z.object({
  cpuName: z.string().optional(),
  cpuCores: z.number().int(),
  memoryTotalBytes: z.number(),
  memoryFreeBytes: z.number().optional(),
  backend: z.enum(['cuda', 'vulkan', 'metal', 'cpu']),
  /** Why no GPU is used. */
  gpuRefusal: z.string().optional(),
  /** Backends that come before the one in use, each with why it is not used. */
  refusals: z
    .array(z.object({ backend: z.enum(['cuda', 'vulkan', 'metal', 'cpu']), reason: z.string() }))
    .readonly()
    .optional(),
  gpus: z.array(z.object({ name: z.string() })).readonly(),
  vramTotalBytes: z.number().optional(),
  vramFreeBytes: z.number().optional(),
  /** The GPU computes in the machine's own memory. */
  sharedMemory: z.boolean().optional(),
})

const place = z.object({ netuid: wire.netuid, hotkey: wire.ss58 })
const announced = z.object({
  /** Absent: the chain names no address. */
  endpoint: z.object({ ip: z.string(), port: z.number().int(), block: wire.block }).optional(),
  /** Blocks until the chain takes the next announcement; 0 = now. */
  waitBlocks: z.number().int().min(0),
  /** It is going to be withdrawn as soon as the chain takes it, while this app runs. */
  leaving: z.boolean(),
  /** Why it could not be taken back when the miner ended. */
  kept: wireError.optional(),
})
export type Announced = z.output<typeof announced>

export const miningContract = {
  'mining.options': query('Subnets that this app can mine, with what speaks for and against each.', {
    input: nothing,
    output: z.array(miningOption).readonly(),
  }),
  'mining.hardware': query('What this computer offers a model.', { input: nothing, output: hardware }),
  'mining.start': command('Loads the model, opens the server, announces it on chain and answers.', {
    input: z.object({
      netuid: wire.netuid,
      hotkey: wire.ss58,
      /** Not needed where a service of the user's own does the work. */
      modelId: z.string().max(200).optional(),
      /** Default: the one that was made for the subnet. */
      adapter: z.string().max(100).optional(),
      /** The warning about an adapter that was not tried with this subnet was read. */
      understood: z.boolean().optional(),
      /** A program on this computer that answers forwarded requests. */
      service: z
        .object({ port: z.number().int().min(1).max(65_535), path: z.string().regex(/^\/[!-~]{0,500}$/) })
        .optional(),
      /** Servers of the user's own do the work that a model here would do. */
      backends: z.boolean().optional(),
      port: z.number().int().min(0).max(65_535).optional(),
      /** Address to announce; default: loopback on the practice network, else required. */
      publicIp: z.string().max(45).optional(),
      /** Port to announce; default: the one that is listened on. Differs where a router passes on another. */
      publicPort: z.number().int().min(1).max(65_535).optional(),
    }),
    output: miningStatus,
  }),
  'mining.move': command('Announces another address of this computer while requests are answered.', {
    input: z.object({
      publicIp: z.string().max(45),
      /** Default: the port that is listened on. */
      publicPort: z.number().int().min(1).max(65_535).optional(),
    }),
    output: miningStatus,
  }),
  'mining.stop': command(
    'Stops serving; what runs is answered first. Then takes the address off the chain, but on practice.',
    {
      input: z.strictObject({
        /** Leaves the address on the chain, so that the next start has nothing to announce. */
        keepAddress: z.boolean().optional(),
      }),
      output: miningStatus,
    },
  ),
  'mining.announced': query('What the chain says of where a hotkey serves.', { input: place, output: announced }),
  'mining.withdraw': command('Tells the chain that a hotkey serves no more; signed by the hotkey, without a fee.', {
    input: place,
    output: announced,
  }),
  'mining.status': subscription('What the miner does.', { input: nothing, output: miningStatus }),
}
