import { describe, expect, it } from 'vitest'
import { createIpcTransport, type PreloadHost } from './ipc-transport.ts'
import { DoorClosed } from './transport.ts'

describe('ipc transport', () => {
  it('tells the answer to a subscription from its values', () => {
    let hear: (value: unknown) => void = () => {}
    let stopped = 0
    const preload: PreloadHost = {
      call: async () => null,
      subscribe: (_name, _raw, onValue) => {
        hear = onValue
        return () => {
          stopped += 1
        }
      },
    }
    const heard: unknown[] = []
    const stop = createIpcTransport(preload).subscribe(
      's',
      {},
      { onReply: (reply) => heard.push(['reply', reply]), onEvent: (value) => heard.push(['event', value]) },
    )
    hear({ kind: 'reply', reply: { ok: true, value: null } })
    hear({ kind: 'event', value: { ok: false } })
    stop()
    expect(heard).toEqual([
      ['reply', { ok: true, value: null }],
      ['event', { ok: false }],
    ])
    expect(stopped).toBe(1)
  })
  it('reports a door that failed, not what the host answered', async () => {
    const preload: PreloadHost = { call: () => Promise.reject(new Error('refused')), subscribe: () => () => {} }
    await expect(createIpcTransport(preload).call('a', {})).rejects.toBeInstanceOf(DoorClosed)
  })
})
