import type { AdapterTask, AnswerFacts, AnswerWriter } from '../subnet-adapter.port.ts'
import type { Written } from '../work.port.ts'

/** The name given to the model: which file runs is the miner's own business. */
export const MODEL = 'taoforge'

export const finishOf = (done: Written): 'stop' | 'length' => (done.finish === 'stop' ? 'stop' : 'length')
/** `undefined`, which leaves it out, where whoever computed did not count. */
export const usageOf = ({ promptTokens, completionTokens }: Written) =>
  promptTokens === undefined || completionTokens === undefined
    ? undefined
    : {
        prompt_tokens: promptTokens,
        completion_tokens: completionTokens,
        total_tokens: promptTokens + completionTokens,
      }
export const event = (data: unknown): string => `data: ${JSON.stringify(data)}\n\n`

function whole({ id, createdSeconds }: AnswerFacts): AnswerWriter<'chat'> {
  return {
    contentType: 'application/json',
    token: () => '',
    end: (done) =>
      JSON.stringify({
        id,
        object: 'chat.completion',
        created: createdSeconds,
        model: MODEL,
        choices: [
          {
            index: 0,
            message: { role: 'assistant', content: done.text },
            finish_reason: finishOf(done),
            logprobs: null,
          },
        ],
        usage: usageOf(done),
      }),
    fail: (code, message) => JSON.stringify({ error: { code, message } }),
  }
}

/** Server-sent events. The first piece names the role; if there was no piece, the end does. */
function streamed({ id, createdSeconds }: AnswerFacts): AnswerWriter<'chat'> {
  const head = { id, object: 'chat.completion.chunk', created: createdSeconds, model: MODEL }
  let begun = false
  const chunk = (delta: object, finish: string | null) =>
    event({ ...head, choices: [{ index: 0, delta, finish_reason: finish, logprobs: null }] })
  const role = () => {
    if (begun) return {}
    begun = true
    return { role: 'assistant' }
  }
  return {
    contentType: 'text/event-stream; charset=utf-8',
    token: (text) => chunk({ ...role(), content: text }, null),
    end(done) {
      const usage = usageOf(done)
      const counted = usage ? event({ ...head, choices: [], usage }) : ''
      return `${chunk(role(), finishOf(done))}${counted}data: [DONE]\n\n`
    },
    fail: (code, message) => event({ error: { code, message } }),
  }
}

/** Writes the answer in OpenAI's shape, in one piece or as events. */
export const writeChatAnswer = (request: AdapterTask<'chat'>, facts: AnswerFacts): AnswerWriter<'chat'> =>
  request.stream ? streamed(facts) : whole(facts)
