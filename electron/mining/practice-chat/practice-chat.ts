import { chatRoute } from '../openai/chat-route.ts'
import type { SubnetAdapter } from '../subnet-adapter.port.ts'

/** Chat completions in OpenAI's shape, asked for by the validator of the practice network. */
export const practiceChat: SubnetAdapter = {
  id: 'practice-chat',
  title: 'Practice chat',
  transport: 'btauth-1',
  expectedIdentity: { networks: ['practice'], subnetName: 'Practice chat' },
  tasks: ['chat'],
  routes: [chatRoute],
  policy: { requirePermit: true, minStake: 0n },
  limits: {
    bodyBytes: 1_048_576,
    concurrency: 1,
    queue: 16,
    perHotkeyPerMinute: 120,
    perAddressPerSecond: 50,
    deadlineMs: 12_000,
    deadlineMarginMs: 500,
  },
  hardware: { minVramBytes: 0, minTokensPerSecond: 5, contextTokens: 2_048 },
  // What SDK 10 would announce as 11.3.0; protocol 4 is its value for HTTP.
  serve: { version: 11_003_000, protocol: 4 },
  scoringNotes: 'Valid answer in time, latency, and text that is not empty; weights are set each epoch.',
  verified: { status: 'verified', date: '2026-11-22', source: 'the practice network of this project' },
}
