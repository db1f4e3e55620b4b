import type { WireReply } from '../host/router.ts'

/** A live view may begin with an error while the chain connects; then the first data counts, for a while. */
export const isPending = (value: unknown): boolean => {
  const view = value as { data?: unknown; error?: { code?: string } } | null
  return view?.data === undefined && view?.error?.code === 'chain/not-connected'
}

/** A view that says nothing but why it has no data is a refusal: a script goes by the exit code. */
export const asReply = (value: unknown): WireReply => {
  if (value === undefined) return { ok: false, error: { code: 'chain/not-connected' } }
  const { error, ...rest } = (value ?? {}) as { error?: unknown }
  return error && Object.values(rest).every((part) => part === undefined) ? { ok: false, error } : { ok: true, value }
}
