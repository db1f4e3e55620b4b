import { isSs58Shape, type Ss58 } from '../units/amounts.ts'

/** What an axon v10 puts into the signature of one answer, beside its own address. */
export interface AnswerParts {
  /** Nanoseconds since 1970, 19 digits. */
  readonly nonce: string
  /** Who asked. */
  readonly caller: Ss58
  /** Of the server that answers; a new one each time it starts. */
  readonly uuid: string
}

export const ANSWER_NONCE = /^[1-9]\d{18}$/
export const ANSWER_UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/**
 * The text under an answer. Four parts: a request has a fifth, a login has none of them, and as bytes it begins with a digit,
 * where a transaction would name a pallet that no runtime has.
 * @source SDK 10 `AxonMiddleware`: `{nonce}.{dendrite hotkey}.{axon hotkey}.{uuid}`
 */
export const answerText = ({ nonce, caller, uuid }: AnswerParts, us: string): string =>
  `${nonce}.${caller}.${us}.${uuid}`

/** The parts of a text that is an answer of `us` and nothing else; `undefined` for every other text. */
export function readAnswer(text: string, us: string): AnswerParts | undefined {
  const [nonce = '', caller = '', receiver, uuid = '', ...more] = text.split('.')
  if (more.length > 0 || receiver !== us) return undefined
  return ANSWER_NONCE.test(nonce) && isSs58Shape(caller) && ANSWER_UUID.test(uuid) ? { nonce, caller, uuid } : undefined
}
