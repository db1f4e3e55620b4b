import type { AppError } from '../../shared/errors.ts'

/**
 * What a view knows about one piece of data. `stale` values stay readable; `error` beside a value says why no newer one
 * came.
 */
export type Loadable<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly value: T; readonly stale: boolean; readonly error?: AppError | undefined }
  | { readonly state: 'failed'; readonly error: AppError }

export const loading: { readonly state: 'loading' } = { state: 'loading' }
export const failed = (error: AppError): { readonly state: 'failed'; readonly error: AppError } => ({
  state: 'failed',
  error,
})
export const ready = <T>(value: T, stale: boolean, error?: AppError | undefined): Loadable<T> => ({
  state: 'ready',
  value,
  stale,
  error,
})
export const valueIn = <T>(loadable: Loadable<T>): T | undefined =>
  loadable.state === 'ready' ? loadable.value : undefined
