import type { AnswerShape } from './protocol.ts'

export const JSON_TYPE: Readonly<Record<string, string>> = { 'content-type': 'application/json' }

/** What the adapter writes, and nothing around it. */
export const plainAnswer: AnswerShape = { headers: () => ({}), whole: (written) => written }
