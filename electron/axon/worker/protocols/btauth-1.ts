import { hash } from 'node:crypto'
import {
  btAuthText,
  floorAfter,
  isFresh,
  isUnsigned,
  MAX_AGE_MS,
  MAX_AHEAD_MS,
  parseBtAuth,
} from '../../../../shared/mining/btauth.ts'
import { err, ok } from '../../../../shared/result.ts'
import { REFUSALS, refusalBody } from '../refusal.ts'
import { JSON_TYPE, plainAnswer } from './plain-answer.ts'
import type { Protocol, Served } from './protocol.ts'

/** Ordinary HTTP whose requests are signed in headers, as of SDK 11. The signature covers method, target and raw body. */
export function btauth1({ hotkey, aliveBeforeMs }: Served): Protocol {
  const floorMs = floorAfter(aliveBeforeMs)
  return {
    id: 'btauth-1',
    alsoMethods: [],
    replayKeepMs: MAX_AGE_MS + MAX_AHEAD_MS + 1_000,
    read({ header, method, target }) {
      const auth = parseBtAuth(header)
      if (!auth.ok) {
        if (isUnsigned(header)) return err(REFUSALS.unsigned)
        return err(auth.error === 'WrongReceiver' ? REFUSALS.wrongReceiver : REFUSALS.malformed)
      }
      const { sender, receiver, scheme, nonceNs, signature } = auth.value
      if (receiver !== hotkey) return err(REFUSALS.wrongReceiver)
      return ok({
        sender,
        scheme,
        signature,
        mark: { sender, series: nonceNs.toString(), value: 0n },
        isFresh: (nowMs) => isFresh(nonceNs, nowMs, floorMs),
        text: (pinned, body) => {
          const bodySha256 = hash('sha256', body, 'hex')
          return btAuthText({ scheme: pinned, method, target, bodySha256, nonceNs, sender, receiver })
        },
      })
    },
    bodyRefusal: () => undefined,
    answer: () => Promise.resolve(plainAnswer),
    refuse: (refusal) => ({ status: refusal.status, headers: JSON_TYPE, body: refusalBody(refusal) }),
  }
}
