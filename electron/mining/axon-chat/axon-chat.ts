import {
  ANY_SUBNET,
  NOBODY_KNOWS_THE_SCORE,
  SERVED_AS_SDK_10,
  USUAL_LIMITS,
  VALIDATORS_ONLY,
} from '../common-limits.ts'
import type { SubnetAdapter } from '../subnet-adapter.port.ts'
import { chatSynapse } from './chat-synapse.ts'

/** Chat for dendrites of SDK 7 to 10: `Chat` answers whole, `StreamChat` as the text is made. */
export const axonChat: SubnetAdapter = {
  id: 'axon-chat',
  title: 'Chat over axon v10',
  transport: 'axon-v10',
  expectedIdentity: ANY_SUBNET,
  tasks: ['chat'],
  routes: [chatSynapse('Chat', false), chatSynapse('StreamChat', true)],
  policy: VALIDATORS_ONLY,
  limits: USUAL_LIMITS,
  hardware: { minVramBytes: 0, minTokensPerSecond: 5, contextTokens: 2_048 },
  serve: SERVED_AS_SDK_10,
  scoringNotes: NOBODY_KNOWS_THE_SCORE,
  verified: { status: 'verified', date: '2026-11-22', source: 'the dendrite of bittensor 10.5.0' },
}
