import { createHash } from 'node:crypto'
import { type Answer, MINER, send, type TestKey, VALIDATOR } from './axon-harness.ts'

/** What an honest caller would write, except where a test says otherwise; `null` leaves a header out. */
export interface Tweaks {
  readonly key?: TestKey
  readonly receiver?: string
  readonly body?: string
  /** Sent in place of what was signed. */
  readonly sentBody?: string
  readonly target?: string
  readonly method?: string
  readonly headers?: Readonly<Record<string, string | null>>
}

const with_ = (headers: Record<string, string>, changes: Tweaks['headers'] = {}): Record<string, string> =>
  Object.fromEntries(
    Object.entries({ ...headers, ...changes }).filter((entry): entry is [string, string] => entry[1] !== null),
  )

export const sha3 = (text: string): string => createHash('sha3-256').update(text).digest('hex')

export interface SynapseTweaks extends Tweaks {
  readonly nonceNs?: bigint
  readonly uuid?: string
  /** Seconds, as sent. */
  readonly timeout?: string
  readonly bodyHash?: string
}

export const SYNAPSE_UUID = '5ecbd69c-1cec-11ee-b0dc-e29ce36fec1a'
const SYNAPSE_BODY = JSON.stringify({ prompt: 'Hello', completion: null })

let lastNonce = 0n
/** Now in nanoseconds, and always above the one before. */
function risingNonce(): bigint {
  const now = BigInt(Date.now()) * 1_000_000n
  lastNonce = now > lastNonce ? now : lastNonce + 1n
  return lastNonce
}

/** Headers as the dendrite of SDK 10 writes them. */
export function synapseHeaders(tweaks: SynapseTweaks = {}): Record<string, string> {
  const { key = VALIDATOR, receiver = MINER.address, uuid = SYNAPSE_UUID, bodyHash = sha3('') } = tweaks
  const nonce = tweaks.nonceNs ?? risingNonce()
  const headers = {
    'content-type': 'application/json',
    name: 'Chat',
    timeout: tweaks.timeout ?? '12.0',
    bt_header_axon_ip: '127.0.0.1',
    bt_header_axon_port: '8091',
    bt_header_axon_hotkey: receiver,
    bt_header_dendrite_ip: '127.0.0.1',
    bt_header_dendrite_version: '10005000',
    bt_header_dendrite_nonce: `${nonce}`,
    bt_header_dendrite_uuid: uuid,
    bt_header_dendrite_hotkey: key.address,
    bt_header_dendrite_signature: key.sign(`${nonce}.${key.address}.${receiver}.${uuid}.${bodyHash}`),
    bt_header_input_obj_prompt: 'IiI=',
    header_size: '640',
    total_size: '4096',
    computed_body_hash: bodyHash,
  }
  return with_(headers, tweaks.headers)
}

export const askSynapse = (url: string, tweaks: SynapseTweaks = {}): Promise<Answer> =>
  send(url, {
    method: tweaks.method ?? 'POST',
    target: tweaks.target ?? '/Chat',
    headers: synapseHeaders(tweaks),
    body: tweaks.sentBody ?? tweaks.body ?? SYNAPSE_BODY,
  })

export interface EpistulaTweaks extends Tweaks {
  readonly atMs?: number
  readonly uuid?: string
}

const CHAT = JSON.stringify({ messages: [{ role: 'user', content: 'Hello' }] })

/** Headers as clients of Epistula v2 write them. */
export function epistulaHeaders(tweaks: EpistulaTweaks = {}): Record<string, string> {
  const { key = VALIDATOR, receiver = MINER.address, uuid = crypto.randomUUID(), body = CHAT } = tweaks
  const timestamp = tweaks.atMs ?? Date.now()
  const hash = createHash('sha256').update(body).digest('hex')
  const headers = {
    'content-type': 'application/json',
    'Epistula-Version': '2',
    'Epistula-Timestamp': `${timestamp}`,
    'Epistula-Uuid': uuid,
    'Epistula-Signed-By': key.address,
    'Epistula-Signed-For': receiver,
    'Epistula-Request-Signature': key.sign(`${hash}.${uuid}.${timestamp}.${receiver}`),
  }
  return with_(headers, tweaks.headers)
}

export const askEpistula = (url: string, tweaks: EpistulaTweaks = {}): Promise<Answer> =>
  send(url, {
    target: tweaks.target ?? '/v1/chat/completions',
    headers: epistulaHeaders(tweaks),
    body: tweaks.sentBody ?? tweaks.body ?? CHAT,
  })
