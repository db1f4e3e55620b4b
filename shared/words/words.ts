import type { AppError, ErrorCode } from '../errors.ts'

/** Three sentences in this order, and the code in small. */
export interface ErrorWords {
  readonly what: string
  readonly why: string
  readonly next: string
}
/** Reasons of nodes and systems are pasted in; with or without their own full stop, on one line or on many. */
function sentence(text: string): string {
  const line = text.replace(/\s+/gu, ' ').replace(/[\s.]+$/u, '')
  // A file name keeps its letters; a reason in small letters becomes a sentence.
  const isWord = /^\p{Ll}+ /u.test(line)
  return `${isWord ? line.charAt(0).toUpperCase() + line.slice(1) : line}.`
}
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
