import type { AppError } from '../../shared/errors.ts'
import { ok, type Result } from '../../shared/result.ts'
import type { SecretText } from '../../shared/sealing/sealed.ts'
import type { MessageForm, SignedMessage } from '../../shared/signing/message.ts'
import type { Policy } from '../../shared/signing/policy.ts'
import type { SignerReading } from '../../shared/signing/reading.ts'
import type { SignerPort } from '../keys/signer.port.ts'
import type { TransactionsService } from './transactions.service.ts'

export interface SignerDeps {
  readonly keys: SignerPort
  readonly transactions: Pick<TransactionsService, 'preparedBytes'>
}

interface MessageRequest {
  readonly wallet: string
  readonly hotkey?: string
  readonly text: string
  readonly form: MessageForm
}

interface PolicyRequest {
  readonly wallet: string
  readonly policy: Policy
  readonly password?: SecretText | undefined
}

/** Limits, log and messages of the signer. It decides; this only carries. */
export class SignerService {
  readonly #deps: SignerDeps

  constructor(deps: SignerDeps) {
    this.#deps = deps
  }

  /** @errors contract/bad-input (unknown or already sent), chain/not-connected, signer/unreadable */
  async reading(preparedId: string): Promise<Result<SignerReading, AppError>> {
    const prepared = this.#deps.transactions.preparedBytes(preparedId)
    return prepared.ok ? this.#deps.keys.read(prepared.value) : prepared
  }

  policy(wallet: string) {
    return this.#deps.keys.policy(wallet)
  }

  setPolicy({ wallet, policy, password }: PolicyRequest) {
    return this.#deps.keys.setPolicy({ wallet, policy, ...(password === undefined ? {} : { password }) })
  }

  cancelLoosening(wallet: string) {
    return this.#deps.keys.cancelLoosening(wallet)
  }

  audit(request: Parameters<SignerPort['audit']>[0]) {
    return this.#deps.keys.audit(request)
  }

  async exportAudit(request: Parameters<SignerPort['exportAudit']>[0]): Promise<Result<{ text: string }, AppError>> {
    const text = await this.#deps.keys.exportAudit(request)
    return text.ok ? ok({ text: text.value }) : text
  }

  signMessage({ wallet, hotkey, text, form }: MessageRequest): Promise<Result<SignedMessage, AppError>> {
    return this.#deps.keys.signMessage({ wallet, signer: hotkey === undefined ? 'coldkey' : { hotkey }, text, form })
  }

  verifyMessage(request: Parameters<SignerPort['verifyMessage']>[0]) {
    return this.#deps.keys.verifyMessage(request)
  }
}
