import { z } from 'zod'
import { LOT_METHODS } from '../ledger/lots.ts'
import type { Settings } from '../settings/settings.ts'
import { callerLists } from './callers.contract.ts'
import { command, done, nothing, query, subscription } from './define.ts'
import { fiatSource } from './fiat.contract.ts'
import { modelChoices } from './models.contract.ts'
import { invitationText, stunServerText } from './reach.contract.ts'
import { wire } from './wire.ts'
import { wireError } from './wire-error.ts'

export const networkChoice = z.object({
  kind: z.enum(['practice', 'finney', 'test', 'local', 'custom']),
  endpoint: z.string().max(300).optional(),
})

export const head = z.object({ number: wire.block, hash: z.string(), seenAtMs: z.number() })

const facts = z.object({
  genesis: z.string(),
  specName: z.string(),
  specVersion: z.number().int(),
  blockMs: z.number().optional(),
  existentialDeposit: wire.units,
})

const endpointState = z.object({
  endpoint: z.string(),
  current: z.boolean(),
  avoided: z.boolean(),
  budget: z.object({ perSecond: z.number(), burst: z.number(), left: z.number() }).optional(),
  answerMs: z.number().optional(),
  /** Its newest block when it was asked for last. */
  head: z.object({ number: wire.block, ageMs: z.number(), askedAtMs: z.number(), stale: z.boolean() }).optional(),
})

export const networkStatus = z.object({
  choice: networkChoice.optional(),
  /** What the next start opens, where that is another: the choice has not connected yet. */
  nextStart: networkChoice.optional(),
  /** Play money: practice marking on every amount. */
  play: z.boolean(),
  label: z.string(),
  endpoint: z.string().optional(),
  state: z.enum(['idle', 'starting', 'connecting', 'ready', 'failed']),
  facts: facts.optional(),
  best: head.optional(),
  finalized: head.optional(),
  reconnecting: z.boolean(),
  requestsPerMinute: z.number().int(),
  answerMs: z.number().optional(),
  error: wireError.optional(),
  /** Why nothing is signed now, although a node answers. */
  trouble: wireError.optional(),
  /** All endpoints of the chosen chain, with what each may still be asked. */
  endpoints: z.array(endpointState).readonly().optional(),
})
export type NetworkStatus = z.output<typeof networkStatus>

const settings = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  autoLockMinutes: z.number().int().min(0).max(1440),
  tolerancePpm: wire.ppm,
  network: networkChoice.optional(),
  activeWallet: z.string().optional(),
  minerPort: z.number().int().min(0).max(65_535),
  lotMethod: z.enum(LOT_METHODS),
  allowances: z.record(z.string(), z.number()).optional(),
  fiat: fiatSource.optional(),
  archive: z.string().max(300).optional(),
  metricsPort: z.number().int().min(1).max(65_535).optional(),
  stunServers: z.array(stunServerText).max(8).readonly().optional(),
  probeHelpers: z.array(invitationText).max(4).readonly().optional(),
  callerLists: callerLists.optional(),
  /** Bytes kept free of models; absent: what the planner thinks right. At most 1 TB. */
  modelReserve: z
    .object({ memoryBytes: z.number().min(0).max(1e12).optional(), vramBytes: z.number().min(0).max(1e12).optional() })
    .optional(),
  models: modelChoices.optional(),
}) satisfies z.ZodType<Settings>

const appInfo = z.object({
  version: z.string(),
  host: z.enum(['desktop', 'headless', 'cli']),
  dataFolder: z.string(),
  walletsFolder: z.string(),
  modelsFolder: z.string(),
})
export type AppInfo = z.output<typeof appInfo>

export const appContract = {
  'app.info': query('Version, kind of host and folders.', { input: nothing, output: appInfo }),
  'network.status': subscription('Which chain, how far, how fresh.', { input: nothing, output: networkStatus }),
  'network.select': command('Connects to a network; remembers it once it has connected.', {
    input: networkChoice,
    output: networkStatus,
  }),
  'network.leave': command('Disconnects and forgets the choice.', { input: nothing, output: done }),
  'network.allow': command('Sets how many requests per second an endpoint is asked at most, and connects again.', {
    input: z.object({
      endpoint: z.string().min(1).max(300),
      /** 0 = no limit; absent: the usual, one a second for public endpoints and no limit for those of this computer. */
      perSecond: z.number().min(0).max(100).optional(),
    }),
    output: networkStatus,
  }),
  'settings.watch': subscription('All settings.', { input: nothing, output: settings }),
  'settings.change': command('Changes the named settings, keeps the others.', {
    input: settings
      .pick({
        theme: true,
        autoLockMinutes: true,
        tolerancePpm: true,
        minerPort: true,
        lotMethod: true,
        archive: true,
        stunServers: true,
        probeHelpers: true,
        modelReserve: true,
        models: true,
      })
      .partial(),
    output: settings,
  }),
}
