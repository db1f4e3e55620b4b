import type { AppError } from '../errors.ts'
import { err, ok, type Result } from '../result.ts'
import type { Channel } from './define.ts'

/** `amount: not an amount in rao`: the path first, so that a person finds the field. */
const issueText = (issue: { path: PropertyKey[]; message: string }): string =>
  issue.path.length === 0 ? issue.message : `${issue.path.map(String).join('.')}: ${issue.message}`

/** A schema answers nearly everything; bytes where a frozen list belongs make the library throw. @errors contract/bad-input */
export function readInput(channel: Channel, raw: unknown): Result<unknown, AppError> {
  try {
    const input = channel.input.safeParse(raw)
    return input.success
      ? ok(input.data)
      : err({ code: 'contract/bad-input', issues: input.error.issues.map(issueText) })
  } catch {
    return err({ code: 'contract/bad-input', issues: ['not what this channel takes'] })
  }
}
