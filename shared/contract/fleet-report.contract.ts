import { z } from 'zod'
import { type FleetReport, MINER_STATES, MOST_UNITS } from '../fleet/fleet-report.ts'
import { wire } from './wire.ts'

// What computers of one owner say to each other. It is no part of the app's contract: none of those channels can be named here.
// Whoever answers may have been taken over, so everything is bounded, and nothing that would be shown can hide or turn a line.

const line = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[^\p{Cc}\p{Cf}\p{Co}\p{Cn}\u2028\u2029]*$/u)
/** A word of ours, known or of a newer version. */
const code = z.string().regex(/^[a-z-]{1,40}$/)
const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)
/** Forty years. */
const duration = z.number().min(0).max(1.3e12)
const celsius = z.number().min(-60).max(300)
/** More than the chain can ever give out is made up. */
const units = wire.signed.refine((n) => n >= -MOST_UNITS && n <= MOST_UNITS, 'more than there can be')

const miner = z.object({
  state: z.enum(MINER_STATES),
  held: z.array(code).max(16).readonly().optional(),
  netuid: wire.netuid.optional(),
  subnetName: line(60).optional(),
  hotkey: wire.ss58.optional(),
  uid: z.number().int().min(0).max(65_535).optional(),
  modelName: line(120).optional(),
  tokensPerSecond: z.number().min(0).max(1e7).optional(),
  upMs: duration.optional(),
  answered: count,
  late: count,
  refused: count,
  failedWith: z
    .string()
    .max(60)
    .regex(/^[a-z]+(\/[a-z0-9-]+)?$/)
    .optional(),
})

const report = z.object({
  version: line(40),
  network: z
    .object({
      genesis: z.string().regex(/^0x[0-9a-f]{64}$/),
      kind: z.enum(['practice', 'finney', 'test', 'local', 'custom']),
      block: z.number().int().min(0).max(0xffff_ffff).optional(),
    })
    .optional(),
  miner,
  canStart: z.boolean(),
  uptime: z.object({ upMs: duration, ofMs: duration }).optional(),
  gpuC: celsius.optional(),
  processorC: celsius.optional(),
  power: z.object({ watts: z.number().min(0).max(1e6), partial: z.boolean() }).optional(),
  hotkeys: z.array(wire.ss58).max(256).readonly(),
  earnings: z
    .array(
      z.object({
        netuid: wire.netuid,
        hotkey: wire.ss58,
        alpha: units,
        tao: units.optional(),
        epochs: count,
        sinceBlock: wire.block,
      }),
    )
    .max(512)
    .readonly()
    .optional(),
  alerts: z.array(code).max(16).readonly(),
})

/** A machine speaks for hotkeys that it says are its own only: under the name of others it could take the place of what theirs say. */
export const fleetReport = report.refine(
  ({ hotkeys, earnings }) => (earnings ?? []).every(({ hotkey }) => hotkeys.includes(hotkey)),
  { path: ['earnings'] },
) satisfies z.ZodType<FleetReport>

/** Everything that one computer may ask another one. Nothing here names a key, an amount or a setting. */
export const PEER_CHANNELS = ['fleet.pair', 'fleet.report', 'fleet.start', 'fleet.stop'] as const

export const peerRequest = z.strictObject({
  id: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
  name: z.string().max(60),
  /** Only of `fleet.pair`: what the one that will look calls itself. */
  input: z.strictObject({ name: line(60).optional() }),
})
export type PeerRequest = z.output<typeof peerRequest>

export const peerAnswer = z.discriminatedUnion('ok', [
  z.object({ id: z.number(), ok: z.literal(true), value: z.unknown() }),
  z.object({ id: z.number(), ok: z.literal(false), code: z.string().max(60) }),
])
export const pairedAnswer = z.object({ name: line(60), mayControl: z.boolean() })
