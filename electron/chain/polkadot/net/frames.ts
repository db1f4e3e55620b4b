import { z } from 'zod'

const failure = z.looseObject({ code: z.number(), message: z.string() })
const answer = z.looseObject({ jsonrpc: z.literal('2.0'), id: z.number(), method: z.undefined().optional() })
const refusal = z.looseObject({ jsonrpc: z.literal('2.0'), id: z.null(), error: failure })
const notification = z.looseObject({
  jsonrpc: z.literal('2.0'),
  method: z.string(),
  params: z.looseObject({ subscription: z.union([z.string(), z.number()]) }),
})

export type Frame =
  | { readonly kind: 'answer'; readonly id: number; readonly result: unknown; readonly error: NodeError | undefined }
  | { readonly kind: 'item'; readonly subscription: string; readonly result: unknown }
  /** An error that belongs to no request: how a node refuses a batch. */
  | { readonly kind: 'refusal'; readonly error: NodeError }

export interface NodeError {
  readonly code: number
  readonly message: string
  readonly data: unknown
}

/** JSON-RPC 2.0 in a text frame of a node, one or many. Whatever else a node sends is passed over. */
export function framesIn(text: unknown): readonly Frame[] {
  if (typeof text !== 'string') return []
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return []
  }
  return (Array.isArray(parsed) ? parsed : [parsed]).flatMap(frameOf)
}

function frameOf(raw: unknown): readonly Frame[] {
  const answered = answer.safeParse(raw)
  if (answered.success) {
    const { id, result, error } = answered.data
    return [{ kind: 'answer', id, result, error: errorIn(error) }]
  }
  const told = notification.safeParse(raw)
  if (told.success) {
    const { subscription, ...rest } = told.data.params
    return [{ kind: 'item', subscription: String(subscription), result: rest['result'] }]
  }
  const refused = refusal.safeParse(raw)
  return refused.success ? [{ kind: 'refusal', error: { data: undefined, ...refused.data.error } }] : []
}

function errorIn(raw: unknown): NodeError | undefined {
  if (raw === undefined || raw === null) return undefined
  const parsed = failure.safeParse(raw)
  if (!parsed.success) return { code: 0, message: 'an error without a message', data: undefined }
  return { data: undefined, ...parsed.data }
}
