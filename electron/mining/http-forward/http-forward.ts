import { ok } from '../../../shared/result.ts'
import {
  ANY_SUBNET,
  NOBODY_KNOWS_THE_SCORE,
  SERVED_AS_SDK_11,
  USUAL_LIMITS,
  VALIDATORS_ONLY,
} from '../common-limits.ts'
import type { AdapterRoute, SubnetAdapter } from '../subnet-adapter.port.ts'

const forward: AdapterRoute<'forward'> = {
  method: 'POST',
  path: '/forward',
  requestSchema: {},
  toTask: (body) => ok({ kind: 'forward', task: { body: JSON.stringify(body) }, stream: false }),
  answer: () => ({
    contentType: 'application/json',
    token: () => '',
    end: ({ body }) => body,
    fail: () => '',
  }),
}

/**
 * Passes each proven request on to a program of the user's own on this computer: images, series of numbers, models of any
 * other kind. Who may ask, how often and how long is decided before; the program sees the body and nothing else.
 */
export const httpForward: SubnetAdapter = {
  id: 'http-forward',
  title: 'A service of your own, over btauth/1',
  transport: 'btauth-1',
  expectedIdentity: ANY_SUBNET,
  tasks: ['forward'],
  routes: [forward],
  policy: VALIDATORS_ONLY,
  limits: { ...USUAL_LIMITS, concurrency: 4, deadlineMs: 60_000 },
  hardware: { minVramBytes: 0, minTokensPerSecond: 0, contextTokens: 0 },
  serve: SERVED_AS_SDK_11,
  scoringNotes: NOBODY_KNOWS_THE_SCORE,
  verified: { status: 'verified', date: '2026-11-22', source: 'http_auth of bittensor 11.0' },
}
