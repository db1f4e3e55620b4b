import { z } from 'zod'
import { ok } from '../../../shared/result.ts'
import { text } from '../openai/messages.ts'
import { jsonSchemaOf, readWith } from '../read-with.ts'
import type { AdapterRoute, SubnetAdapter } from '../subnet-adapter.port.ts'
import { OVER_AXON } from '../usual-terms.ts'

/** Texts of one request; each is computed on its own. */
const MAX_TEXTS = 256
const synapse = z.object({ texts: z.array(text.min(1)).min(1).max(MAX_TEXTS) })

const embed: AdapterRoute<'embed'> = {
  method: 'POST',
  path: '/Embed',
  requestSchema: jsonSchemaOf(synapse),
  toTask(body) {
    const request = readWith(synapse, body)
    return request.ok ? ok({ kind: 'embed', task: { texts: request.value.texts }, stream: false }) : request
  },
  answer: () => ({
    contentType: 'application/json',
    token: () => '',
    end: ({ vectors }) => JSON.stringify({ embeddings: vectors }),
    fail: () => '',
  }),
}

/** Embeddings for dendrites of SDK 7 to 10: `texts` goes in, `embeddings` comes back, each of length 1. */
export const axonEmbeddings: SubnetAdapter = {
  id: 'axon-embeddings',
  title: 'Embeddings over axon v10',
  ...OVER_AXON,
  tasks: ['embed'],
  routes: [embed],
  hardware: { minVramBytes: 0, minTokensPerSecond: 0, contextTokens: 512 },
}
