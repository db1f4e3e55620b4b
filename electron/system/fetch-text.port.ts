import type { Result } from '../../shared/result.ts'

/** One small answer of a foreign server. Nothing of ours is sent along: no cookie, no referrer, no name of the app. */
export interface FetchTextPort {
  /** @errors why there is no answer, for a person */
  get(
    address: string,
    limits: { readonly mostBytes: number; readonly withinMs: number },
  ): Promise<Result<string, { readonly reason: string }>>
}
