import { chatRoute } from '../openai/chat-route.ts'
import { completionRoute } from '../openai/completion.ts'
import type { SubnetAdapter } from '../subnet-adapter.port.ts'
import { OVER_BTAUTH } from '../usual-terms.ts'

/** Chat and completions in OpenAI's shapes, for callers that sign with `http_auth` of SDK 11. */
export const httpChat: SubnetAdapter = {
  id: 'http-chat',
  title: 'Chat over btauth/1',
  ...OVER_BTAUTH,
  tasks: ['chat', 'completion'],
  routes: [chatRoute, completionRoute],
  hardware: { minVramBytes: 0, minTokensPerSecond: 5, contextTokens: 2_048 },
}
