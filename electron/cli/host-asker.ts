import { sealedCalls } from '../../shared/contract/sealed-call.ts'
import type { Host } from '../host/create-host.ts'
import type { Asker } from './asker.ts'

/** A host inside this process: for one question, and gone with it. Secrets go past it sealed, as past any other. */
export const hostAsker = (host: Host): Asker => ({
  call: sealedCalls((name, raw) => host.router.call(name, raw, 'anywhere', new AbortController().signal)),
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
