import type { AnswerSigner } from './axon.port.ts'

/** `{nonce}.{caller}.{us}.{uuid}`: what an axon v10 signs in its answers. */
const ANSWER =
  /^\d{19}\.5[1-9A-HJ-NP-Za-km-z]{47}\.(5[1-9A-HJ-NP-Za-km-z]{47})\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/**
 * Has the text of an answer signed. The worker that asks for it reads hostile input: only what has the form of an answer of
 * ours is passed on, so that it can be nothing else, no order and no login.
 */
export async function signAnswer(
  signer: AnswerSigner | undefined,
  hotkey: string,
  text: string,
): Promise<string | undefined> {
  if (!signer || ANSWER.exec(text)?.[1] !== hotkey) return undefined
  try {
    const signed = await signer(text)
    return signed.ok ? signed.value : undefined
  } catch {
    // Answered without a signature, as where nobody signs.
    return undefined
  }
}
