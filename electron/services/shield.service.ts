import type { AppError } from '../../shared/errors.ts'
import { ok, type Result } from '../../shared/result.ts'
import type { Intent } from '../../shared/signing/intent.ts'
import {
  coverRefusal,
  type ShieldMode,
  type ShieldVerdict,
  shieldRefusal,
  type TaoNeed,
} from '../../shared/transactions/shield.ts'
import type { Ss58 } from '../../shared/units/amounts.ts'
import type { PreparedBytes, SubmitEvent } from '../chain/chain.port.ts'
import type { HiddenBytes, HiddenSigned, ShieldPort } from '../chain/shield.port.ts'
import type { KeysPort } from '../keys/keys.port.ts'
import type { ReadRequest } from '../keys/signer.port.ts'

export interface ShieldDeps {
  readonly chain: ShieldPort
  readonly keys: Pick<KeysPort, 'signShielded'>
}

/** What shall be hidden, by whose coldkey. */
export interface HiddenOrder {
  readonly wallet: string
  readonly signer: Ss58
  readonly intent: Intent
  /** Chain and metadata of the bytes, for the signer. */
  readonly toRead: (bytes: PreparedBytes) => Result<ReadRequest, AppError>
}

/** What is to be sent, and how the person wants it. */
interface Asked {
  readonly intent: Intent
  readonly callBytes: number
  readonly mode: ShieldMode
  /** The key is on another device: it cannot sign two payloads within eight blocks. */
  readonly watchOnly: boolean
  /** What it needs of the TAO without a cover; unknown is not hidden. */
  readonly need: TaoNeed | undefined
}

/** Signed and ready to leave. */
export type Submit = (onEvent: (event: SubmitEvent) => void) => Promise<Result<{ readonly txHash: string }, AppError>>

/** Hides trades until they are in a block, where the chain offers it. */
export class ShieldService {
  readonly #deps: ShieldDeps

  constructor(deps: ShieldDeps) {
    this.#deps = deps
  }

  /** Whether this will be hidden, decided before it is confirmed. A chain that does not answer means: in the open. */
  async verdict(signer: Ss58, { intent, callBytes, mode, watchOnly, need }: Asked): Promise<ShieldVerdict> {
    if (mode === 'off') return { hidden: false, reason: 'turned-off' }
    const reason = shieldRefusal(intent)
    if (reason) return { hidden: false, reason }
    if (watchOnly) return { hidden: false, reason: 'air-gapped' }
    const offer = await this.#deps.chain.shieldOffer(signer, callBytes)
    if (!offer.ok) return { hidden: false, reason: 'not-offered' }
    const { refused, tooFast, carrierFee } = offer.value
    // Before the speed of the blocks: what the TAO does not reach for is not offered either.
    const unpaid = refused ?? coverRefusal(need, offer.value)
    if (unpaid) return { hidden: false, reason: unpaid }
    if (tooFast && mode === 'auto') return { hidden: false, reason: 'too-fast' }
    return { hidden: true, ...(carrierFee === undefined ? {} : { carrierFee }) }
  }

  /**
   * Prepares anew, with the key of now, and signs both. A key that grew old meanwhile is replaced once, under the same
   * numbers: a node that kept what it refused cannot run both.
   */
  async sign(order: HiddenOrder): Promise<Result<Submit, AppError>> {
    const first = await this.#signed(order)
    if (!first.ok) return first
    return ok(async (onEvent) => {
      const sent = await this.#deps.chain.submitHidden(first.value, onEvent)
      if (sent.ok || sent.error.code !== 'shield/stale-key') return sent
      const again = await this.#signed(order, first.value)
      return again.ok ? this.#deps.chain.submitHidden(again.value, onEvent) : again
    })
  }

  async #signed(
    { wallet, signer, intent, toRead }: HiddenOrder,
    insteadOf?: HiddenSigned,
  ): Promise<Result<HiddenSigned, AppError>> {
    const bytes: Result<HiddenBytes, AppError> = await this.#deps.chain.prepareHidden(signer, intent, insteadOf)
    if (!bytes.ok) return bytes
    const read = toRead(bytes.value)
    if (!read.ok) return read
    const { shieldKey, handle } = bytes.value
    const made = await this.#deps.keys.signShielded({ wallet, intent, shieldKey, ...read.value })
    return made.ok ? ok({ handle, insteadOf, ...made.value }) : made
  }
}
