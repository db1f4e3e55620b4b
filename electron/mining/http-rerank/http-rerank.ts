import { z } from 'zod'
import { ok } from '../../../shared/result.ts'
import { MODEL } from '../openai/chat-answer.ts'
import { text } from '../openai/messages.ts'
import { jsonSchemaOf, readWith } from '../read-with.ts'
import type { AdapterRoute, SubnetAdapter } from '../subnet-adapter.port.ts'
import { OVER_BTAUTH } from '../usual-terms.ts'

const MAX_DOCUMENTS = 256
const rerankRequest = z.object({
  model: z.string().max(200).optional(),
  query: text.min(1),
  documents: z.array(text.min(1)).min(1).max(MAX_DOCUMENTS),
})

const rerank: AdapterRoute<'rank'> = {
  method: 'POST',
  path: '/v1/rerank',
  requestSchema: jsonSchemaOf(rerankRequest),
  toTask(body) {
    const request = readWith(rerankRequest, body)
    if (!request.ok) return request
    const { query, documents } = request.value
    return ok({ kind: 'rank', task: { query, documents }, stream: false })
  },
  answer: () => ({
    contentType: 'application/json',
    token: () => '',
    end: ({ scores, promptTokens }) =>
      JSON.stringify({
        model: MODEL,
        results: scores
          .map((relevance_score, index) => ({ index, relevance_score }))
          .toSorted((a, b) => b.relevance_score - a.relevance_score),
        ...(promptTokens === undefined ? {} : { usage: { prompt_tokens: promptTokens, total_tokens: promptTokens } }),
      }),
    fail: () => '',
  }),
}

/** Documents in the order in which they answer a query, as servers of rerank models take it. */
export const httpRerank: SubnetAdapter = {
  id: 'http-rerank',
  title: 'Reranking over btauth/1',
  ...OVER_BTAUTH,
  tasks: ['rank'],
  routes: [rerank],
  hardware: { minVramBytes: 0, minTokensPerSecond: 0, contextTokens: 512 },
}
