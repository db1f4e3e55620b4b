// What an asker and a helper say to each other. Each frame has one length, and a helper never sends more bytes than it got.
// Asker → helper: hello, ask. Helper → asker: challenge, result. Helper → the asker's own port: knock; there → helper: here.

const MAGIC = [0x54, 0x46, 0x50, 0x31] as const // "TFP1"
export const NONCE_BYTES = 16
export const PROOF_BYTES = 32
/** Of the key that a helper gives to those who may ask. */
export const PROBE_KEY_BYTES = 16

/** Length of each frame, bytes. The filling of `ask` pays for `knock` and `result`. */
export const FRAME_BYTES = { hello: 21, challenge: 21, ask: 112, knock: 53, here: 37, result: 55 } as const
export type FrameKind = keyof typeof FRAME_BYTES
const TYPE: Readonly<Record<FrameKind, number>> = { hello: 1, challenge: 2, ask: 3, knock: 4, here: 5, result: 6 }

/**
 * `open`: the helper connected, and our answer came back. `closed`: it did not get there; why is not said. `inside`: the asker's
 * address is no public one, so a connection would prove nothing. `later`: too many asked.
 */
export const PROBE_RESULTS = ['closed', 'open', 'inside', 'later'] as const
export type ProbeResult = (typeof PROBE_RESULTS)[number]

/** Lowest port that a helper connects to: those below belong to mail, shells and other services. */
export const LOWEST_PROBED_PORT = 1024

function frame(kind: FrameKind, ...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array {
  const bytes = new Uint8Array(FRAME_BYTES[kind])
  bytes.set([...MAGIC, TYPE[kind]])
  let at = 5
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

/** The body of a frame, if it is a whole one of this kind. */
const bodyOf = (kind: FrameKind, bytes: Uint8Array): Uint8Array | undefined =>
  bytes.length === FRAME_BYTES[kind] && MAGIC.every((byte, i) => bytes[i] === byte) && bytes[4] === TYPE[kind]
    ? bytes.subarray(5)
    : undefined

const portBytes = (port: number) => [port >> 8, port & 0xff]

/** The two numbers that make a talk a new one, one of each side. */
export interface Talk {
  readonly asker: Uint8Array
  readonly helper: Uint8Array
}

const said = (what: FrameKind, talk: Talk, ...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array =>
  Uint8Array.from([...MAGIC, TYPE[what], ...talk.asker, ...talk.helper, ...parts.flatMap((part) => [...part])])

export interface Ask {
  readonly port: number
  /** What the knock has to bring. */
  readonly nonce: Uint8Array
}

/** The bytes that the key of the invitation vouches for, of each frame that carries a proof. */
export const vouched = {
  ask: (talk: Talk, { port, nonce }: Ask) => said('ask', talk, portBytes(port), nonce),
  knock: (talk: Talk, nonce: Uint8Array) => said('knock', talk, nonce),
  here: (talk: Talk, { port, nonce }: Ask) => said('here', talk, portBytes(port), nonce),
  result: (talk: Talk, result: ProbeResult, seen: Uint8Array) =>
    said('result', talk, [PROBE_RESULTS.indexOf(result)], seen),
}

export const helloFrame = (nonce: Uint8Array) => frame('hello', nonce)
export const challengeFrame = (nonce: Uint8Array) => frame('challenge', nonce)
export const askFrame = ({ port, nonce }: Ask, proof: Uint8Array) => frame('ask', portBytes(port), nonce, proof)
export const knockFrame = (nonce: Uint8Array, proof: Uint8Array) => frame('knock', nonce, proof)
export const hereFrame = (proof: Uint8Array) => frame('here', proof)
/** @param seen family (4 or 6) and 16 bytes: from which address the helper saw the asker come */
export const resultFrame = (result: ProbeResult, seen: Uint8Array, proof: Uint8Array) =>
  frame('result', [PROBE_RESULTS.indexOf(result)], seen, proof)

export const SEEN_BYTES = 17

const nonceOf = (kind: 'hello' | 'challenge') => (bytes: Uint8Array) => bodyOf(kind, bytes)?.slice(0, NONCE_BYTES)
export const readHello = nonceOf('hello')
export const readChallenge = nonceOf('challenge')

export function readAsk(bytes: Uint8Array): (Ask & { readonly proof: Uint8Array }) | undefined {
  const body = bodyOf('ask', bytes)
  if (!body) return undefined
  const nonce = body.slice(2, 2 + NONCE_BYTES)
  const port = ((body[0] ?? 0) << 8) | (body[1] ?? 0)
  return { port, nonce, proof: body.slice(2 + NONCE_BYTES, 2 + NONCE_BYTES + PROOF_BYTES) }
}

export function readKnock(bytes: Uint8Array): { readonly nonce: Uint8Array; readonly proof: Uint8Array } | undefined {
  const body = bodyOf('knock', bytes)
  return body && { nonce: body.slice(0, NONCE_BYTES), proof: body.slice(NONCE_BYTES) }
}

export const readHere = (bytes: Uint8Array): Uint8Array | undefined => bodyOf('here', bytes)?.slice()

export interface Told {
  readonly result: ProbeResult
  readonly seen: Uint8Array
  readonly proof: Uint8Array
}

export function readResult(bytes: Uint8Array): Told | undefined {
  const body = bodyOf('result', bytes)
  const result = PROBE_RESULTS[body?.[0] ?? -1]
  return body && result && { result, seen: body.slice(1, 1 + SEEN_BYTES), proof: body.slice(1 + SEEN_BYTES) }
}
