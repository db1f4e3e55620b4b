import type { AppError } from '../../shared/errors.ts'
import type { AnswerParts } from '../../shared/mining/axon-answer.ts'
import type { Result } from '../../shared/result.ts'
import type { Checked, MiningDeps } from './mining-steps.ts'

type Deps = Pick<MiningDeps, 'axon' | 'keys' | 'log'>

/**
 * Lets the signer sign the answers of one run, where its protocol signs them. An answer without a signature is read by
 * every dendrite, so what the signer refuses never stops a miner; it is told in the log.
 */
export class AnswerSignatures {
  readonly #deps: Deps
  #signing: Checked | undefined
  /** The refusal that was told last: one line for many answers. */
  #told: string | undefined

  constructor(deps: Deps) {
    this.#deps = deps
    deps.axon.onSign((answer) => this.#sign(answer))
  }

  async begin(checked: Checked): Promise<void> {
    this.#told = undefined
    if (checked.adapter.transport !== 'axon-v10') return
    this.#signing = checked
    this.#tell(await this.#begin(checked))
    // Ended while it began: the key must not go on signing for a miner that is gone.
    if (!this.#signing) await this.#end(checked)
  }

  async end(): Promise<void> {
    const checked = this.#signing
    this.#signing = undefined
    if (checked) await this.#end(checked)
  }

  async #end({ wallet, hotkeyName: hotkey }: Checked): Promise<void> {
    await this.#deps.keys.endAnswers({ wallet, hotkey })
  }

  #begin({ wallet, hotkeyName: hotkey, request, network, genesis }: Checked): Promise<Result<null, AppError>> {
    return this.#deps.keys.beginAnswers({ wallet, hotkey, netuid: request.netuid, chain: { network, genesis } })
  }

  async #sign(answer: AnswerParts): Promise<Result<string, AppError>> {
    const checked = this.#signing
    if (!checked) return { ok: false, error: { code: 'mining/not-running' } }
    const { keys } = this.#deps
    const request = { wallet: checked.wallet, hotkey: checked.hotkeyName, answer }
    const signed = await keys.signAnswer(request)
    if (signed.ok || signed.error.code !== 'signer/not-serving') return this.#tell(signed)
    // The process of the hotkeys is a new one: the old one was ended or died.
    const begun = await this.#begin(checked)
    return begun.ok ? this.#tell(await keys.signAnswer(request)) : this.#tell(begun)
  }

  #tell<R extends Result<unknown, AppError>>(result: R): R {
    const code = result.ok ? undefined : result.error.code
    if (code !== undefined && code !== this.#told) this.#deps.log.log('warn', 'mining.unsigned', { code })
    this.#told = code
    return result
  }
}
