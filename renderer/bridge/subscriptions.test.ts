import { describe, expect, it } from 'vitest'
import type { AppError } from '../../shared/errors.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { Client } from './client.ts'
import { createDoor } from './door-state.ts'
import { createSubscriptions } from './subscriptions.ts'

function fakeClient() {
  const opened: { name: string; tell: (value: Result<unknown, AppError>) => void }[] = []
  const client = {
    door: createDoor('open'),
    call: () => Promise.reject(new Error('not used')),
    subscribe: (name: string, _input: unknown, tell: (value: Result<unknown, AppError>) => void) => {
      opened.push({ name, tell })
      return () => {}
    },
  } as unknown as Client
  return { client, opened }
}

describe('subscriptions', () => {
  it('opens one for many listeners', () => {
    const { client, opened } = fakeClient()
    const subscriptions = createSubscriptions(client)
    let heard = 0
    const stops = [1, 2, 3].map(() => subscriptions.watch('settings.watch', () => (heard += 1)))
    opened[0]?.tell(ok({ theme: 'dark' }))
    expect(opened).toHaveLength(1)
    expect(heard).toBe(3)
    for (const stop of stops) stop()
  })
  it('keeps the last value beside an error, and drops the error with the next value', () => {
    const { client, opened } = fakeClient()
    const subscriptions = createSubscriptions(client)
    const stop = subscriptions.watch('settings.watch', () => {})
    opened[0]?.tell(ok({ theme: 'dark' }))
    opened[0]?.tell(err({ code: 'chain/not-connected' }))
    expect(subscriptions.now('settings.watch')).toMatchObject({
      value: { theme: 'dark' },
      error: { code: 'chain/not-connected' },
    })
    opened[0]?.tell(ok({ theme: 'light' }))
    expect(subscriptions.now('settings.watch').error).toBe(undefined)
    stop()
  })
  it('gives the same object until something was heard, as a store hook demands', () => {
    const subscriptions = createSubscriptions(fakeClient().client)
    expect(subscriptions.now('network.status')).toBe(subscriptions.now('network.status'))
  })
})
