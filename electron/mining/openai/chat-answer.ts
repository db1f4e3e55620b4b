import type { ChatDone } from '../../llm/llm.port.ts'
import type { AdapterTask, AnswerFacts, AnswerWriter } from '../subnet-adapter.port.ts'

/** The name given to the model: which file runs is the miner's own business. */
export const MODEL = 'taoforge'

export const finishOf = (done: ChatDone): 'stop' | 'length' => (done.finish === 'stop' ? 'stop' : 'length')
export const usageOf = (done: ChatDone) => ({
  prompt_tokens: done.promptTokens,
  completion_tokens: done.completionTokens,
  total_tokens: done.promptTokens + done.completionTokens,
})
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
    end: (done) =>
      `${chunk(role(), finishOf(done))}${event({ ...head, choices: [], usage: usageOf(done) })}data: [DONE]\n\n`,
    fail: (code, message) => event({ error: { code, message } }),
  }
}

/** Writes the answer in OpenAI's shape, in one piece or as events. */
export const writeChatAnswer = (request: AdapterTask<'chat'>, facts: AnswerFacts): AnswerWriter<'chat'> =>
  request.stream ? streamed(facts) : whole(facts)
