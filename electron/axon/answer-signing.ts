import { readAnswer } from '../../shared/mining/axon-answer.ts'
import type { AnswerSigner } from './axon.port.ts'

/**
 * Has an answer signed. The worker that asks for it reads hostile input: only the parts of what is an answer of ours are
 * passed on, and whoever has the key puts the text together again.
 */
export async function signAnswer(
  signer: AnswerSigner | undefined,
  hotkey: string,
  text: string,
): Promise<string | undefined> {
  const answer = readAnswer(text, hotkey)
  if (!signer || !answer) return undefined
  try {
    const signed = await signer(answer)
    return signed.ok ? signed.value : undefined
  } catch {
    // Answered without a signature, as where nobody signs.
    return undefined
  }
}
