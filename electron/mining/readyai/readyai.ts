import { z } from 'zod'
import { ok } from '../../../shared/result.ts'
import { text } from '../openai/messages.ts'
import { jsonSchemaOf, readWith } from '../read-with.ts'
import type { AdapterRoute, SubnetAdapter } from '../subnet-adapter.port.ts'
import { SERVED_AS_SDK_10, USUAL_LIMITS, VALIDATORS_ONLY } from '../usual-terms.ts'

/** Tags asked of the model. How many the validators want is not written in their repository in one place. */
const MOST_TAGS = 20
const MAX_LINES = 2_000

/** The one kind of task whose input and output could be read from the source: lines of a conversation in, tags out. */
const synapse = z.object({
  cgp_input: z
    .array(
      z.object({
        task: z.object({
          type: z.literal('conversation_tagging'),
          input: z.object({
            guid: z.string().max(200),
            input_type: z.literal('conversation'),
            data: z.object({
              window: z
                .array(z.tuple([z.number().int(), text]))
                .min(1)
                .max(MAX_LINES),
            }),
          }),
          prompt_chain: z
            .array(z.object({ prompt_template: text }))
            .max(16)
            .nullish(),
        }),
      }),
    )
    .min(1)
    .max(1),
})

const tagsSchema = {
  type: 'object',
  properties: { tags: { type: 'array', items: { type: 'string' }, maxItems: MOST_TAGS } },
  required: ['tags'],
} as const
const written = z.object({ tags: z.array(z.string()) })

/** No tags rather than none of ours: what is cut short is not JSON. */
function tagsIn(answer: string): readonly string[] {
  try {
    const parsed = written.safeParse(JSON.parse(answer))
    return parsed.success ? parsed.data.tags.map((tag) => tag.trim()).filter((tag) => tag !== '') : []
  } catch {
    return []
  }
}

const tagging: AdapterRoute<'chat'> = {
  method: 'POST',
  path: '/CgSynapse',
  requestSchema: jsonSchemaOf(synapse),
  toTask(body) {
    const request = readWith(synapse, body)
    if (!request.ok) return request
    const task = request.value.cgp_input[0]?.task
    const lines = task?.input.data.window.map(([speaker, line]) => `${speaker}: ${line}`) ?? []
    const order =
      task?.prompt_chain?.[0]?.prompt_template ??
      'Name the topics of this conversation as short tags of one to three words.'
    const messages = [
      { role: 'system' as const, content: order },
      { role: 'user' as const, content: lines.join('\n') },
    ]
    return ok({
      kind: 'chat',
      task: { messages, maxTokens: 400, temperature: 0, jsonSchema: tagsSchema },
      stream: false,
    })
  },
  answer: () => ({
    contentType: 'application/json',
    token: () => '',
    end: (done) => JSON.stringify({ cgp_output: [{ tags: tagsIn(done.text), vectors: {} }] }),
    fail: () => '',
  }),
}

/** Tags for conversations, as the miner of ReadyAI gives them. Read from its source, tried against none of its validators. */
export const readyAi: SubnetAdapter = {
  id: 'readyai',
  title: 'ReadyAI conversation tagging',
  transport: 'axon-v10',
  expectedIdentity: {
    networks: ['finney'],
    subnetName: 'ReadyAI',
    githubRepo: 'https://github.com/afterpartyai/bittensor-conversation-genome-project',
  },
  tasks: ['chat'],
  routes: [tagging],
  policy: VALIDATORS_ONLY,
  limits: { ...USUAL_LIMITS, deadlineMs: 60_000 },
  hardware: { minVramBytes: 0, minTokensPerSecond: 10, contextTokens: 8_192 },
  serve: SERVED_AS_SDK_10,
  scoringNotes:
    'Tags are compared with those of a large commercial model by the distance of their embeddings. Only conversation tagging is mapped; named entities, surveys and web pages are refused. Its own miner leaves vectors to the validator; what it accepts there was not tried.',
  verified: {
    status: 'unverified',
    date: '2026-11-22',
    source: 'the source of its miner, without a run against one of its validators',
    sourceCommit: '0682fd13ce66c845c2ba51454bca96f18dde4fd1',
  },
}
