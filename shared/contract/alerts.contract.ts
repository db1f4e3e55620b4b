import { z } from 'zod'
import { ALERT_KINDS, type Alert, type Notice } from '../alerts/alert.ts'
import { ALERT_LIMITS, type AlertSettings } from '../alerts/alert-settings.ts'
import { command, done, nothing, subscription } from './define.ts'
import { wire } from './wire.ts'
import { wireError } from './wire-error.ts'

const ofPlace = { netuid: wire.netuid, hotkey: wire.ss58, uid: z.number().int() }
/** As it lies on disk, too. */
export const wireAlert = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('place-in-danger'),
    ...ofPlace,
    registrationsLeft: z.number().int(),
    /** Absent: too little was seen to say. */
    keptMs: z.number().optional(),
  }),
  z.object({ kind: z.literal('immunity-ending'), ...ofPlace, untilBlock: wire.block, leftMs: z.number() }),
  z.object({
    kind: z.literal('deregistered'),
    ...ofPlace,
    registeredAt: wire.block,
    because: z.enum(['replaced', 'subnet-removed', 'uid-removed']),
  }),
  z.object({ kind: z.literal('subnet-to-prune'), netuid: wire.netuid, freeSubnets: z.number().int().optional() }),
  z.object({
    kind: z.literal('miner-stopped'),
    startedAtMs: z.number(),
    netuid: wire.netuid.optional(),
    error: wireError.optional(),
  }),
  z.object({ kind: z.literal('mining-paused'), sinceMs: z.number(), netuid: wire.netuid, why: z.string().max(500) }),
  z.object({
    kind: z.literal('price-reached'),
    rule: z.string().max(100),
    netuid: wire.netuid,
    price: wire.rao,
    wanted: wire.rao,
  }),
  z.object({
    kind: z.literal('epoch-unexplained'),
    netuid: wire.netuid,
    hotkey: wire.ss58,
    coldkey: wire.ss58,
    fromBlock: wire.block,
    epochBlock: wire.block,
    unexplained: wire.signed,
  }),
]) satisfies z.ZodType<Alert>

const notice = z.object({
  id: z.number().int(),
  atMs: z.number(),
  read: z.boolean(),
  alert: wireAlert,
}) satisfies z.ZodType<Notice>

const webhook = z.object({ url: z.string().max(500), withAddresses: z.boolean() })
const upTo = (most: number) => z.number().int().min(0).max(most)
const kinds = z.array(z.enum(ALERT_KINDS)).max(ALERT_KINDS.length).readonly()
/** As it lies on disk, too. */
export const alertSettings = z.object({
  off: kinds,
  registrationsLeft: upTo(ALERT_LIMITS.registrationsLeft),
  keptHours: upTo(ALERT_LIMITS.keptHours),
  immunityHours: upTo(ALERT_LIMITS.immunityHours),
  system: z.boolean(),
  webhook: webhook.optional(),
}) satisfies z.ZodType<AlertSettings>

const alertsView = z.object({
  /** Newest first, of the chain that is connected. */
  notices: z.array(notice).readonly(),
  unread: z.number().int(),
  settings: alertSettings,
  /** How the last attempt to reach the webhook ended. Absent: none since the start. */
  webhook: z.object({ atMs: z.number(), error: wireError.optional() }).optional(),
})
export type AlertsView = z.output<typeof alertsView>

export const alertsContract = {
  'alerts.watch': subscription('What happened that a person should know of, and what is told where.', {
    input: nothing,
    output: alertsView,
  }),
  'alerts.read': command('Marks notices as read.', {
    /** Those up to this one. */
    input: z.object({ upTo: z.number().int() }),
    output: done,
  }),
  'alerts.set': command('Sets the named rules of alerts, keeps the others; a webhook of null turns it off.', {
    input: z.strictObject({
      ...alertSettings.partial().shape,
      webhook: webhook.nullable().optional(),
    }),
    output: alertSettings,
  }),
  'alerts.testWebhook': command('Sends one invented alert to the webhook that is set.', {
    input: nothing,
    output: done,
  }),
}
