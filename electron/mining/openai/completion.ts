import { z } from 'zod'
import { ok } from '../../../shared/result.ts'
import { jsonSchemaOf, readWith } from '../read-with.ts'
import type { AdapterRoute, AnswerFacts } from '../subnet-adapter.port.ts'
import { event, finishOf, MODEL, usageOf } from './chat-answer.ts'
import { text } from './messages.ts'
import { writingFields, writingOf } from './writing-fields.ts'

const completionRequest = z.object({
  model: z.string().max(200).optional(),
  prompt: text.min(1),
  ...writingFields,
  stream: z.boolean().nullish(),
  n: z.literal(1).nullish(),
})

const headOf = ({ id, createdSeconds }: AnswerFacts) => ({
  id,
  object: 'text_completion',
  created: createdSeconds,
  model: MODEL,
})

/** OpenAI's older way: a text is continued as it is. */
export const completionRoute: AdapterRoute<'completion'> = {
  method: 'POST',
  path: '/v1/completions',
  requestSchema: jsonSchemaOf(completionRequest),
  toTask(body) {
    const request = readWith(completionRequest, body)
    if (!request.ok) return request
    const { prompt, stream } = request.value
    return ok({ kind: 'completion', task: { prompt, ...writingOf(request.value) }, stream: stream === true })
  },
  answer({ stream }, facts) {
    const choice = (part: string, finish: string | null) => [
      { index: 0, text: part, finish_reason: finish, logprobs: null },
    ]
    const head = headOf(facts)
    return {
      contentType: stream ? 'text/event-stream; charset=utf-8' : 'application/json',
      token: (part) => (stream ? event({ ...head, choices: choice(part, null) }) : ''),
      end: (done) =>
        stream
          ? `${event({ ...head, choices: choice('', finishOf(done)), usage: usageOf(done) })}data: [DONE]\n\n`
          : JSON.stringify({ ...head, choices: choice(done.text, finishOf(done)), usage: usageOf(done) }),
      fail: (code, message) => (stream ? event({ error: { code, message } }) : ''),
    }
  },
}
