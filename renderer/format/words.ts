import type { AppError, ErrorCode } from '../../shared/errors.ts'

/** Three sentences in this order, and the code in small. */
export interface ErrorWords {
  readonly what: string
  readonly why: string
  readonly next: string
}
/** Reasons of nodes and systems are pasted in; with or without their own full stop, on one line or on many. */
const sentence = (text: string): string => `${text.replace(/\s+/gu, ' ').replace(/[\s.]+$/u, '')}.`
export const words = (what: string, why: string, next: string): ErrorWords => ({
  what: sentence(what),
  why: sentence(why),
  next: sentence(next),
})

type AreaOf<C extends ErrorCode> = C extends `${infer A}/${string}` ? A : C
/** One entry for each code of these areas: a new code does not compile until it has words. */
export type WordsOf<A extends AreaOf<ErrorCode>> = {
  readonly [C in ErrorCode as AreaOf<C> extends A ? C : never]: (error: Extract<AppError, { code: C }>) => ErrorWords
}
export type AllWords = WordsOf<AreaOf<ErrorCode>>
