import {
  ANY_SUBNET,
  NOBODY_KNOWS_THE_SCORE,
  SERVED_AS_SDK_11,
  USUAL_LIMITS,
  VALIDATORS_ONLY,
} from '../common-limits.ts'
import { chatRoute } from '../openai/chat-route.ts'
import { completionRoute } from '../openai/completion.ts'
import type { SubnetAdapter } from '../subnet-adapter.port.ts'

/** Chat and completions in OpenAI's shapes, for callers that sign with `http_auth` of SDK 11. */
export const httpChat: SubnetAdapter = {
  id: 'http-chat',
  title: 'Chat over btauth/1',
  transport: 'btauth-1',
  expectedIdentity: ANY_SUBNET,
  tasks: ['chat', 'completion'],
  routes: [chatRoute, completionRoute],
  policy: VALIDATORS_ONLY,
  limits: USUAL_LIMITS,
  hardware: { minVramBytes: 0, minTokensPerSecond: 5, contextTokens: 2_048 },
  serve: SERVED_AS_SDK_11,
  scoringNotes: NOBODY_KNOWS_THE_SCORE,
  verified: { status: 'verified', date: '2026-11-22', source: 'http_auth of bittensor 11.0' },
}
