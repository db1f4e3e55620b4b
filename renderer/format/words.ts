import type { AppError, ErrorCode } from '../../shared/errors.ts'

/** Three sentences in this order, and the code in small. */
export interface ErrorWords {
  readonly what: string
  readonly why: string
  readonly then: string
}
export const words = (what: string, why: string, then: string): ErrorWords => ({ what, why, then })

type AreaOf<C extends ErrorCode> = C extends `${infer A}/${string}` ? A : C
/** One entry for each code of these areas: a new code does not compile until it has words. */
export type WordsOf<A extends AreaOf<ErrorCode>> = {
  readonly [C in ErrorCode as AreaOf<C> extends A ? C : never]: (error: Extract<AppError, { code: C }>) => ErrorWords
}
export type AllWords = WordsOf<AreaOf<ErrorCode>>
