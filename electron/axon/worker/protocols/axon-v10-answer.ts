import { synapseName } from './axon-v10-refusals.ts'
import type { AnswerMeans, AnswerShape, Proven, RequestHead } from './protocol.ts'

interface Us {
  readonly hotkey: string
  readonly version: number
  readonly uuid: string
  /** Nanoseconds since 1970, never the same twice. */
  nonce(nowMs: number): string
}

/** Parts of a terminal that a dendrite sends and gets back. */
const ECHOED = ['ip', 'port', 'version', 'nonce', 'uuid', 'hotkey', 'signature'] as const

/** What the caller said of itself, as it said it. Node has refused line breaks in it already. */
function dendriteOf({ header }: RequestHead): Record<string, string> {
  const said = ECHOED.map((part) => [`bt_header_dendrite_${part}`, header(`bt_header_dendrite_${part}`)] as const)
  return Object.fromEntries(said.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
}

/** The newer half of `JSON`, which its types do not name yet. */
const exact = JSON as unknown as {
  parse(text: string, revive: (key: string, value: unknown, at: { readonly source?: string }) => unknown): unknown
  rawJSON(text: string): unknown
}

/** Numbers keep their digits: nonces have more than JavaScript can count, and Python tells 1.0 from 1. */
const parseExactly = (text: string): unknown =>
  exact.parse(text, (_key, value, { source }) =>
    typeof value === 'number' && source !== undefined ? exact.rawJSON(source) : value,
  )

const objectOf = (json: unknown): object =>
  typeof json === 'object' && json !== null && !Array.isArray(json) ? json : {}

const textOf = (raw: Uint8Array): string => new TextDecoder().decode(raw)

const sizeOf = (headers: Readonly<Record<string, string>>): number =>
  Object.entries(headers).reduce((size, [name, value]) => size + name.length + value.length, 0)

/**
 * The answer is the request's own object with the fields that the adapter fills, and headers that say who answered.
 * The signature of the answer is left out where nobody signs: dendrites read it but do not ask for it.
 * @source SDK 10 `Synapse.to_headers`, `AxonMiddleware.preprocess`
 */
export async function synapseAnswer(us: Us, { head, raw }: Proven, means: AnswerMeans): Promise<AnswerShape> {
  const { header } = head
  const nonce = us.nonce(means.nowMs)
  const signature = await means.sign(`${nonce}.${header('bt_header_dendrite_hotkey') ?? ''}.${us.hotkey}.${us.uuid}`)
  const fixed = {
    name: synapseName(head),
    timeout: header('timeout') ?? '0',
    ...dendriteOf(head),
    bt_header_axon_status_code: '200',
    bt_header_axon_status_message: 'Success',
    bt_header_axon_version: `${us.version}`,
    bt_header_axon_nonce: nonce,
    bt_header_axon_uuid: us.uuid,
    bt_header_axon_hotkey: us.hotkey,
    ...(signature === undefined ? {} : { bt_header_axon_signature: signature }),
    computed_body_hash: header('computed_body_hash') ?? '',
  }
  return {
    headers: (nowMs, sizeBytes = 0) => {
      const seconds = Math.max(0, nowMs - head.arrivedMs) / 1_000
      const headers = { ...fixed, bt_header_axon_process_time: `${seconds}` }
      const size = sizeOf(headers)
      return { ...headers, header_size: `${size}`, total_size: `${size + sizeBytes}` }
    },
    whole: (written) => JSON.stringify({ ...objectOf(parseExactly(textOf(raw))), ...objectOf(parseExactly(written)) }),
  }
}
