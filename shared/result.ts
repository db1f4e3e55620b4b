/** Success or failure as data. Failures that a person may have to read are never thrown. */
export type Result<T, E> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E }

export const ok = <T>(value: T): Result<T, never> => ({ ok: true, value })
export const err = <E>(error: E): Result<never, E> => ({ ok: false, error })

/** Put in the `default:` of a switch; adding a union member then fails to compile here. */
export function assertNever(x: never): never {
  throw new Error(`unreachable: ${String(x)}`)
}
