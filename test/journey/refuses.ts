import { expect } from 'vitest'
import { type HostSession, stateOf } from '../support/host-session.ts'
import { type RunningHost, taoforge } from '../support/running-host.ts'

export interface Place {
  readonly host: RunningHost
  readonly session: HostSession
}
type Env = Record<string, string>

/** Asks at a terminal; the answer must be this error, on one line with exit code 1, and nothing may have changed by it. */
export async function refuses({ host, session }: Place, [channel, input, env]: [string, object, Env?], error: object) {
  const before = await stateOf(host, session)
  const answer = await taoforge([channel, JSON.stringify(input), '--data', host.data], env ? { env } : {})
  expect(answer.json).toMatchObject({ ok: false, error })
  expect(answer.exit).toBe(1)
  expect(answer.lines).toHaveLength(1)
  // What happened, why, what to do: three sentences at least.
  expect(answer.said).toMatch(/^[^\n]+\. [^\n]+\. [^\n]+\.\n$/)
  expect(await stateOf(host, session)).toEqual(before)
}
