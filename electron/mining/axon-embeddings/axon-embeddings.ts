import { z } from 'zod'
import { ok } from '../../../shared/result.ts'
import {
  ANY_SUBNET,
  NOBODY_KNOWS_THE_SCORE,
  SERVED_AS_SDK_10,
  USUAL_LIMITS,
  VALIDATORS_ONLY,
} from '../common-limits.ts'
import { text } from '../openai/messages.ts'
import { jsonSchemaOf, readWith } from '../read-with.ts'
import type { AdapterRoute, SubnetAdapter } from '../subnet-adapter.port.ts'

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
  transport: 'axon-v10',
  expectedIdentity: ANY_SUBNET,
  tasks: ['embed'],
  routes: [embed],
  policy: VALIDATORS_ONLY,
  limits: USUAL_LIMITS,
  hardware: { minVramBytes: 0, minTokensPerSecond: 0, contextTokens: 512 },
  serve: SERVED_AS_SDK_10,
  scoringNotes: NOBODY_KNOWS_THE_SCORE,
  verified: { status: 'verified', date: '2026-11-22', source: 'the dendrite of bittensor 10.5.0' },
}
