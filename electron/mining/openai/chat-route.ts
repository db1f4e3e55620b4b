import type { AdapterRoute } from '../subnet-adapter.port.ts'
import { writeChatAnswer } from './chat-answer.ts'
import { chatSchema, readChatRequest } from './chat-request.ts'

/** Chat completions in OpenAI's shape, whole or as events. */
export const chatRoute: AdapterRoute<'chat'> = {
  method: 'POST',
  path: '/v1/chat/completions',
  requestSchema: chatSchema,
  toTask: readChatRequest,
  answer: writeChatAnswer,
}
