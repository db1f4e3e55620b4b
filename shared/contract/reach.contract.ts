import { z } from 'zod'
import type { FamilyFacts, ProbeFact, ReachVerdict, RouterFact } from '../reach/judge-reach.ts'
import { LOWEST_PROBED_PORT } from '../reach/probe-frames.ts'
import { readInvitation } from '../reach/probe-invitation.ts'
import { stunServer } from '../reach/stun-message.ts'
import { command, nothing, subscription } from './define.ts'

const family = z.union([z.literal(4), z.literal(6)])
const address = z.string().max(45)
const port = z.number().int().min(1).max(65_535)

export const stunServerText = z
  .string()
  .max(270)
  .refine((text) => stunServer(text) !== undefined, 'not a server: name:port or [address]:port')
export const invitationText = z
  .string()
  .max(120)
  .refine((text) => readInvitation(text) !== undefined, 'not an invitation: taoforge-probe:address:port/key')

const routerFact = z.object({
  speaks: z.enum(['nat-pmp', 'upnp']),
  gateway: z.string(),
  outside: z.string().optional(),
  port: z.discriminatedUnion('state', [
    z.object({ state: z.literal('not-asked') }),
    z.object({ state: z.literal('open'), outer: port, untilClosed: z.boolean() }),
    z.object({
      state: z.literal('refused'),
      why: z.enum(['not-allowed', 'taken', 'no-room', 'no-connection', 'not-understood', 'no-answer']),
    }),
  ]),
}) satisfies z.ZodType<RouterFact>

const probeFact = z.discriminatedUnion('state', [
  z.object({ state: z.literal('knocked'), helper: z.string(), from: address, seen: address, port }),
  z.object({ state: z.literal('closed'), helper: z.string(), seen: address, port }),
  z.object({ state: z.enum(['inside', 'later', 'silent', 'not-trusted']), helper: z.string() }),
  z.object({ state: z.literal('port-taken'), helper: z.string() }),
]) satisfies z.ZodType<ProbeFact>

const familyFacts = z.object({
  family,
  own: z.array(z.string()).readonly(),
  stun: z.array(z.object({ server: z.string(), address: address.optional() })).readonly(),
  router: routerFact.optional(),
  routerAsked: z.boolean(),
  probes: z.array(probeFact).readonly(),
}) satisfies z.ZodType<FamilyFacts>

export const REASONS = [
  'no-address',
  'own-public',
  'behind-router',
  'provider-shares',
  'router-behind-router',
  'router-differs',
  'nobody-asked',
  'servers-silent',
  'servers-differ',
  'one-witness',
  'router-silent',
  'port-opened',
  'port-refused',
  'knocked',
  'knocked-inside',
  'nobody-got-through',
  'helper-inside',
  'helper-busy',
  'helper-silent',
  'helper-not-trusted',
  'port-in-use',
  'no-helper',
] as const
const says = z.enum(['reachable', 'not-reachable', 'unknown'])
const familyVerdict = z.object({
  family,
  says,
  address: address.optional(),
  port: port.optional(),
  shared: z.enum(['yes', 'perhaps', 'no', 'unknown']),
  reasons: z.array(z.enum(REASONS)).readonly(),
})
const reachVerdict = z.object({
  says,
  best: familyVerdict.optional(),
  families: z.array(familyVerdict).readonly(),
}) satisfies z.ZodType<ReachVerdict>

const reachReport = z.object({
  /** When the check ended, ms since 1970. */
  atMs: z.number(),
  /** Where this computer listens for the miner. */
  port,
  facts: z.array(familyFacts).readonly(),
  verdict: reachVerdict,
})
export type ReachReport = z.output<typeof reachReport>

const reachState = z.object({
  state: z.enum(['not-asked', 'asking', 'done']),
  /** Who is asked when somebody asks: nobody is before. */
  asks: z.object({
    servers: z.array(z.string()).readonly(),
    /** Address and port of each helper; its key stays out. */
    helpers: z.array(z.string()).readonly(),
    own: z.array(z.object({ family, address })).readonly(),
  }),
  report: reachReport.optional(),
  /** A port that the router keeps open for this computer; `untilMs` absent: until it is closed. */
  opened: z.object({ gateway: z.string(), port, outer: port, untilMs: z.number().optional() }).optional(),
  /** This computer knocks for others. */
  helping: z.object({ invitation: z.string(), port, answered: z.number().int() }).optional(),
})
export type ReachState = z.output<typeof reachState>

export const reachContract = {
  'reach.watch': subscription('Whether the internet can reach this computer, as far as it was found out.', {
    input: nothing,
    output: reachState,
  }),
  'reach.check': command(
    'Asks the servers, the router and the helpers that are set whether this computer is reachable.',
    {
      input: z.object({
        /** Where the miner will listen. */
        port: z.number().int().min(LOWEST_PROBED_PORT).max(65_535),
        /** Has the router open this port, and keep it open until `reach.close`. */
        openPort: z.boolean().optional(),
      }),
      output: reachState,
    },
  ),
  'reach.close': command('Has the router close the port that it opened for this computer.', {
    input: nothing,
    output: reachState,
  }),
  'reach.help': command('Knocks for others who were given the invitation, each at its own address only.', {
    input: z.object({
      port: z.number().int().min(0).max(65_535),
      /** Where others find this computer; default: what the last check found. */
      address: address.optional(),
    }),
    output: reachState,
  }),
  'reach.stopHelping': command('Knocks no longer; the invitation is worth nothing then.', {
    input: nothing,
    output: reachState,
  }),
}
