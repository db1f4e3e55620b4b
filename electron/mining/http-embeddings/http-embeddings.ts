import { z } from 'zod'
import { ok } from '../../../shared/result.ts'
import { MODEL } from '../openai/chat-answer.ts'
import { text } from '../openai/messages.ts'
import { jsonSchemaOf, readWith } from '../read-with.ts'
import type { AdapterRoute, SubnetAdapter } from '../subnet-adapter.port.ts'
import { OVER_BTAUTH } from '../usual-terms.ts'

/** Texts of one request; each is computed on its own. */
const MAX_TEXTS = 256
const embeddingRequest = z.object({
  model: z.string().max(200).optional(),
  input: z.union([text.min(1), z.array(text.min(1)).min(1).max(MAX_TEXTS)]),
  encoding_format: z.literal('float').nullish(),
})

const embeddings: AdapterRoute<'embed'> = {
  method: 'POST',
  path: '/v1/embeddings',
  requestSchema: jsonSchemaOf(embeddingRequest),
  toTask(body) {
    const request = readWith(embeddingRequest, body)
    if (!request.ok) return request
    const { input } = request.value
    return ok({ kind: 'embed', task: { texts: typeof input === 'string' ? [input] : input }, stream: false })
  },
  answer: () => ({
    contentType: 'application/json',
    token: () => '',
    end: ({ vectors, promptTokens }) =>
      JSON.stringify({
        object: 'list',
        data: vectors.map((embedding, index) => ({ object: 'embedding', index, embedding })),
        model: MODEL,
        ...(promptTokens === undefined ? {} : { usage: { prompt_tokens: promptTokens, total_tokens: promptTokens } }),
      }),
    fail: () => '',
  }),
}

/** Embeddings in OpenAI's shape, for callers that sign with `http_auth` of SDK 11. */
export const httpEmbeddings: SubnetAdapter = {
  id: 'http-embeddings',
  title: 'Embeddings over btauth/1',
  ...OVER_BTAUTH,
  tasks: ['embed'],
  routes: [embeddings],
  hardware: { minVramBytes: 0, minTokensPerSecond: 0, contextTokens: 512 },
}
