import { err, ok, type Result } from '../../shared/result.ts'

/** As far as a limit may be from the price of now. @source `wire.ppm` */
const FARTHEST_PPM = 500_000

/** Percent with at most two decimals, above 0 and at most 50, as parts per million; or what is wrong with it, in a sentence. */
export function readDistance(text: string): Result<number, string> {
  const match = /^(\d{1,3})(?:\.(\d{0,2}))?$/.exec(text.trim())
  if (!match) return err('Write a percentage with at most two decimals, such as 2 or 2.5.')
  const ppm = Number(match[1]) * 10_000 + Number((match[2] ?? '').padEnd(2, '0')) * 100
  if (ppm === 0)
    return err('More than 0, please: every trade moves its price a little, so the chain would refuse them all.')
  return ppm > FARTHEST_PPM ? err('At most 50 %: further away it would hardly be a limit.') : ok(ppm)
}
