import { z } from 'zod'
import type { FleetTotals } from '../fleet/fleet-totals.ts'
import { command, done, nothing, subscription } from './define.ts'
import { fleetReport } from './fleet-report.contract.ts'
import { wire } from './wire.ts'
import { wireError } from './wire-error.ts'

const id = z.string().regex(/^[0-9a-f]{32}$/)
/** Two patterns: in one they would take the square of a long text's length. */
const name = z
  .string()
  .max(60)
  .regex(/^[^\p{Cc}\p{Cf}\p{Co}\p{Cn}\u2028\u2029]*$/u)
  .regex(/\S/)
const address = z.string().regex(/^[0-9a-zA-Z.:-]{1,253}$/)
const port = z.number().int().min(1).max(65_535)

const door = z.object({
  state: z.enum(['off', 'open', 'failed']),
  port: z.number().int().optional(),
  /** It listens for programs of this computer alone. */
  onlyHere: z.boolean(),
  error: wireError.optional(),
  /** Times that somebody without a key knocked, since the app started. */
  refused: z.number().int(),
  refusedAtMs: z.number().optional(),
})
/** Without the code itself: that is shown once, to who asked for it. */
const invitation = z.object({
  address: z.string(),
  port: z.number().int(),
  mayControl: z.boolean(),
  expiresAtMs: z.number(),
  /** How often a wrong key may still be tried. */
  triesLeft: z.number().int(),
})
const viewer = z.object({
  id,
  name: z.string(),
  mayControl: z.boolean(),
  addedAtMs: z.number(),
  present: z.boolean(),
  lastSeenMs: z.number().optional(),
})
const machine = z.object({
  id,
  name: z.string(),
  address: z.string(),
  port: z.number().int(),
  /** Its owner allowed this computer to start and stop the miner. */
  mayControl: z.boolean(),
  addedAtMs: z.number(),
  state: z.enum(['connecting', 'connected', 'waiting', 'refused']),
  error: wireError.optional(),
  /** When it is tried again. */
  retryAtMs: z.number().optional(),
  /** By the clock of this computer; absent: never so far. */
  lastSeenMs: z.number().optional(),
  /** What it said last, since the app started; `state` says whether it still holds. */
  report: fleetReport.optional(),
})
export type FleetMachineView = z.output<typeof machine>

const subnetTotal = z.object({
  netuid: wire.netuid,
  alpha: wire.signed.optional(),
  tao: wire.signed.optional(),
  hotkeys: z.number().int(),
})
const totals = z.object({
  machines: z.number().int(),
  heard: z.number().int(),
  networks: z
    .array(
      z.object({
        genesis: z.string(),
        kind: z.enum(['finney', 'test', 'practice', 'other']),
        machine: z.string().optional(),
        machines: z.number().int(),
        mining: z.number().int(),
        tokensPerSecond: z.number().optional(),
        speedOf: z.number().int(),
        earningsOf: z.number().int(),
        subnets: z.array(subnetTotal).readonly(),
        tao: wire.signed.optional(),
      }),
    )
    .readonly(),
  watts: z.number().optional(),
  wattsOf: z.number().int(),
  wattsPartial: z.boolean(),
  shared: z
    .array(
      z.object({
        genesis: z.string(),
        hotkey: wire.ss58,
        machines: z.array(z.string()).readonly(),
        mining: z.number().int(),
      }),
    )
    .readonly(),
}) satisfies z.ZodType<FleetTotals>

const fleetView = z.object({
  atMs: z.number(),
  /** What other machines are told of this one. */
  own: fleetReport,
  ownName: z.string(),
  machines: z.array(machine).readonly(),
  totals,
  door,
  invitation: invitation.optional(),
  viewers: z.array(viewer).readonly(),
  /** Under which others could find this computer, the likeliest first. */
  ownAddresses: z.array(z.string()).readonly(),
})
export type FleetView = z.output<typeof fleetView>

const shownInvitation = invitation.extend({
  /** Works once. Whoever has it first is in. */
  pairing: z.string(),
})
export type FleetInvitation = z.output<typeof shownInvitation>

export const fleetContract = {
  'fleet.watch': subscription('Machines that this computer looks at, all together, and who looks at this one.', {
    input: nothing,
    output: fleetView,
  }),
  'fleet.invite': command(
    'Lets one other computer look at this one: opens the door, and shows a code that works once.',
    {
      input: z.strictObject({
        /** Where the other one finds this computer; default: the likeliest of its own addresses. */
        address: address.optional(),
        /** Default 8094. */
        port: port.optional(),
        /** Listens for programs of this computer only, for a tunnel. */
        onlyHere: z.boolean().optional(),
        /** It may start and stop the miner, too. */
        mayControl: z.boolean().optional(),
      }),
      output: shownInvitation,
    },
  ),
  'fleet.withdraw': command('Takes back a code that nobody used.', { input: nothing, output: done }),
  'fleet.closeDoor': command('Listens no more; those who may look are kept, and cannot until it is opened again.', {
    input: nothing,
    output: done,
  }),
  'fleet.forgetViewer': command('Ends that a computer may look at this one.', {
    input: z.strictObject({ id }),
    output: done,
  }),
  'fleet.add': command('Looks at another machine from now on, with a code that it shows.', {
    input: z.strictObject({
      pairing: z.string().max(500),
      /** Default: as it calls itself. */
      name: name.optional(),
      /** Where it is found from here, if that is another place than the code says. */
      address: address.optional(),
      port: port.optional(),
    }),
    output: machine,
  }),
  'fleet.rename': command('Calls a machine something else, here.', {
    input: z.strictObject({ id, name }),
    output: done,
  }),
  'fleet.remove': command('Looks at a machine no more, and forgets its key.', {
    input: z.strictObject({ id }),
    output: done,
  }),
  'fleet.order': command('Starts or stops the miner of another machine, if its owner allowed that.', {
    input: z.strictObject({ id, order: z.enum(['start', 'stop']) }),
    output: done,
  }),
}
