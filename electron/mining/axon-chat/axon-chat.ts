import type { SubnetAdapter } from '../subnet-adapter.port.ts'
import { OVER_AXON } from '../usual-terms.ts'
import { chatSynapse } from './chat-synapse.ts'

/** Chat for dendrites of SDK 7 to 10: `Chat` answers whole, `StreamChat` as the text is made. */
export const axonChat: SubnetAdapter = {
  id: 'axon-chat',
  title: 'Chat over axon v10',
  ...OVER_AXON,
  tasks: ['chat'],
  routes: [chatSynapse('Chat', false), chatSynapse('StreamChat', true)],
  hardware: { minVramBytes: 0, minTokensPerSecond: 5, contextTokens: 2_048 },
}
