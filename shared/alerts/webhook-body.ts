import { alertWords } from '../words/alert-words.ts'
import type { ErrorWords } from '../words/words.ts'
import type { Alert, Notice } from './alert.ts'

export interface SentFrom {
  /** `practice`, `finney`… */
  readonly network: string
  readonly withAddresses: boolean
}

/** Words of an error may name a path of this computer, an address, or an endpoint whose path is a key: its code is all that leaves. */
function outwardWords(alert: Alert, play: boolean): ErrorWords {
  if (alert.kind !== 'miner-stopped' || !alert.error) return alertWords(alert, play)
  const { error, ...silent } = alert
  return {
    ...alertWords(silent, play),
    why: `It ended with “${error.code}”.`,
    next: 'The alert in the window of that computer says more, and what to do.',
  }
}

/**
 * What leaves this computer, as JSON: the sentences, numbers of subnet and uid, never a secret. The address of the hotkey only where
 * a person said so.
 */
export function webhookBody({ id, atMs, alert }: Notice, { network, withAddresses }: SentFrom): string {
  const play = network === 'practice'
  const { what, why, next } = outwardWords(alert, play)
  return JSON.stringify({
    app: 'taoforge',
    id,
    at: new Date(atMs).toISOString(),
    network,
    play,
    kind: alert.kind,
    netuid: alert.netuid,
    ...('uid' in alert ? { uid: alert.uid } : {}),
    ...('error' in alert && alert.error ? { code: alert.error.code } : {}),
    ...(withAddresses && 'hotkey' in alert ? { hotkey: alert.hotkey } : {}),
    ...{ what, why, next },
  })
}

/** Of the button that tries the address. */
export const webhookTest = (atMs: number, network: string): string =>
  JSON.stringify({
    app: 'taoforge',
    at: new Date(atMs).toISOString(),
    network,
    play: network === 'practice',
    kind: 'test',
    what: 'This is a try: alerts of Taoforge arrive here.',
    why: 'Somebody pressed the button that tries the address.',
    next: 'Nothing is to be done.',
  })
