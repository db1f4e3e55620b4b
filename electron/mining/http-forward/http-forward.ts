import { ok } from '../../../shared/result.ts'
import type { AdapterRoute, SubnetAdapter } from '../subnet-adapter.port.ts'
import { OVER_BTAUTH, USUAL_LIMITS } from '../usual-terms.ts'

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
  ...OVER_BTAUTH,
  tasks: ['forward'],
  routes: [forward],
  limits: { ...USUAL_LIMITS, concurrency: 4, deadlineMs: 60_000 },
  hardware: { minVramBytes: 0, minTokensPerSecond: 0, contextTokens: 0 },
}
