import { randomUUID } from 'node:crypto'
import { REFUSALS, type Refusal } from '../refusal.ts'
import { JSON_TYPE } from './plain-answer.ts'
import type { Reply, RequestHead } from './protocol.ts'

interface Us {
  readonly hotkey: string
  readonly version: number
  readonly uuid: string
  /** Of the synapses that the adapter serves. */
  readonly names: readonly string[]
}

const CLASS_NAME = /^[A-Za-z_]\w{0,63}$/

const UNVERIFIED: Partial<Record<Refusal['reason'], string>> = {
  'wrong-receiver': 'Signature mismatch, signed for another hotkey',
  stale: 'Nonce is too old, or ahead of our clock, or from before our start',
  replayed: 'Nonce is too old, a newer one was last processed',
  'bad-signature': 'Signature mismatch',
}

/** The class name in the path; '' where it is none. */
export const synapseName = ({ target }: RequestHead): string => {
  const name = target.split('?', 1)[0]?.split('/')[1] ?? ''
  return CLASS_NAME.test(name) ? name : ''
}

const timeoutOf = ({ header }: RequestHead): string => header('timeout') ?? '0'

/** @source SDK 10 `AxonMiddleware` and its exceptions; a late answer has the code of a priority that took too long */
function statusOf(refusal: Refusal, head: RequestHead, names: readonly string[]): readonly [number, string] {
  if (refusal === REFUSALS.noRoute) {
    const known = ['Synapse', ...names].map((name) => `'${name}'`).join(', ')
    return [404, `Synapse name '${synapseName(head)}' not found. Available synapses [${known}]`]
  }
  if (refusal === REFUSALS.otherBody) return [500, `Internal Server Error #${randomUUID()}`]
  if (refusal === REFUSALS.hotkeyRate) return [403, `Forbidden. Key is blacklisted: ${refusal.message}.`]
  switch (refusal.reason) {
    case 'unsigned':
    case 'wrong-receiver':
    case 'stale':
    case 'replayed':
    case 'bad-signature':
      return [401, `Not Verified with error: ${UNVERIFIED[refusal.reason] ?? refusal.message}`]
    case 'not-in-metagraph':
    case 'denied':
    case 'not-on-list':
    case 'no-permit':
    case 'low-stake':
      return [403, `Forbidden. Key is blacklisted: ${refusal.message}.`]
    case 'late':
      return [408, `Response timeout after: ${Number(timeoutOf(head)) || 0}s`]
    case 'failed':
      return refusal.status === 503 ? [503, refusal.message] : [500, `Internal Server Error #${randomUUID()}`]
    default:
      return [refusal.status, refusal.message]
  }
}

/** A refusal as a dendrite reads it: the message in the body, status and message in headers. It is not signed. */
export function refusalWords(refusal: Refusal, head: RequestHead, us: Us): Reply {
  const [status, message] = statusOf(refusal, head, us.names)
  return {
    status,
    headers: {
      ...JSON_TYPE,
      name: synapseName(head) || 'Synapse',
      bt_header_axon_status_code: `${status}`,
      bt_header_axon_status_message: message,
      bt_header_axon_version: `${us.version}`,
      bt_header_axon_uuid: us.uuid,
      bt_header_axon_hotkey: us.hotkey,
    },
    body: JSON.stringify({ message }),
  }
}
