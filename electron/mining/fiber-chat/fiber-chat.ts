import { z } from 'zod'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { ChatMessage } from '../../llm/llm.port.ts'
import { finishOf, usageOf } from '../openai/chat-answer.ts'
import { messagesField, messagesOf, text } from '../openai/messages.ts'
import { writingFields, writingOf } from '../openai/writing-fields.ts'
import { jsonSchemaOf, readWith } from '../read-with.ts'
import type { AdapterRoute, SubnetAdapter } from '../subnet-adapter.port.ts'
import { SERVED_AS_SDK_10, USUAL_LIMITS, VALIDATORS_ONLY } from '../usual-terms.ts'

/** What is inside the seal. `metadata` is the sender's own and is not looked at. */
const challenge = z.object({
  prompt: text.nullish(),
  messages: messagesField.nullish(),
  model: z.string().max(200).nullish(),
  ...writingFields,
  tools: z.array(z.unknown()).max(0, 'tools are not called here').nullish(),
})

function conversationOf({ prompt, messages }: z.infer<typeof challenge>): Result<readonly ChatMessage[], string> {
  const asked = messages ?? (prompt ? [{ role: 'user' as const, content: prompt }] : undefined)
  return asked ? messagesOf(asked) : err('messages: there is neither a conversation nor a prompt')
}

const chat: AdapterRoute<'chat'> = {
  method: 'POST',
  path: '/fiber/challenge',
  requestSchema: jsonSchemaOf(challenge),
  toTask(body) {
    const request = readWith(challenge, body)
    if (!request.ok) return request
    const messages = conversationOf(request.value)
    return messages.ok
      ? ok({ kind: 'chat', task: { messages: messages.value, ...writingOf(request.value) }, stream: false })
      : messages
  },
  answer: () => ({
    // Sealed by the protocol.
    contentType: 'application/octet-stream',
    token: () => '',
    end: (done) =>
      JSON.stringify({
        response_text: done.text,
        response_time_ms: Math.round(done.totalMs),
        tool_calls: null,
        finish_reason: finishOf(done),
        usage: usageOf(done),
      }),
    fail: () => '',
  }),
}

/** Chat for validators that agree on a key first. Read from the miner of Loosh, tried against none of its validators. */
export const fiberChat: SubnetAdapter = {
  id: 'fiber-chat',
  title: 'Chat after a Fiber handshake',
  transport: 'fiber-mlts',
  // What repository the subnet had named on chain is not known.
  expectedIdentity: { networks: ['finney'], subnetName: 'Loosh' },
  tasks: ['chat'],
  routes: [chat],
  policy: VALIDATORS_ONLY,
  limits: { ...USUAL_LIMITS, deadlineMs: 60_000 },
  hardware: { minVramBytes: 0, minTokensPerSecond: 10, contextTokens: 4_096 },
  serve: SERVED_AS_SDK_10,
  scoringNotes:
    'By its source Loosh compares answers with those of other miners and looks at their speed. Netuid 78, where it ran, is reported under another name and another protocol since; then this adapter does not start. The signature of its handshake covers neither the key nor the miner, so another miner that hears one could speak to this one in the name of that validator for a minute. The framework of the same name (rayonlabs/fiber) has other paths and fields, which are not served.',
  verified: {
    status: 'unverified',
    date: '2026-11-22',
    source: 'the sources of the miner and the validator of Loosh, without a run against one of its validators',
    sourceCommit: '87d8f622fdd993f2d8e25e848beb5ebca7142048',
  },
}
