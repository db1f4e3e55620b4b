import type { Host } from '../host/create-host.ts'
import type { Asker } from './asker.ts'

/** A host inside this process: for one question, and gone with it. */
export const hostAsker = (host: Host): Asker => ({
  call: (name, raw) => host.router.call(name, raw, 'anywhere', new AbortController().signal),
  subscribe(name, raw, on) {
    const gone = new AbortController()
    const early: unknown[] = []
    let replied = false
    const emit = (value: unknown) => (replied ? on.value(value) : void early.push(value))
    on.reply(host.router.subscribe({ name, raw, reach: 'anywhere' }, emit, gone.signal))
    replied = true
    for (const value of early) on.value(value)
    return () => gone.abort()
  },
  close: () => host.close(),
})
