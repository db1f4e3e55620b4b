import { accountKey } from '../../shared/airgap/account-key.ts'
import { damaged } from '../../shared/airgap/damaged.ts'
import { framesOf, joinFrames } from '../../shared/airgap/frames.ts'
import { bytesOf, hexOf, sameBytes } from '../../shared/airgap/hex.ts'
import { intentOfReading } from '../../shared/airgap/intent-of-reading.ts'
import { readSignature, signatureFile, signatureText } from '../../shared/airgap/signature.ts'
import {
  readUnsigned,
  readUnsignedFile,
  type Unsigned,
  unsignedBytes,
  unsignedFile,
} from '../../shared/airgap/unsigned.ts'
import type { AirgapExport, AirgapReceived, AirgapSigned, GivenOverGap } from '../../shared/contract/airgap.contract.ts'
import type { AppError } from '../../shared/errors.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { TransactionRecord } from '../../shared/transactions/transaction.ts'
import type { ChainPort } from '../chain/chain.port.ts'
import type { ProofPort } from '../chain/proof.port.ts'
import type { WalletInfo } from '../keys/keys.port.ts'
import type { ReadRequest, SignerPort } from '../keys/signer.port.ts'
import type { NetworkService } from './network.service.ts'
import { networkName } from './network-name.ts'
import type { InHand, TransactionsService } from './transactions.service.ts'
import type { WalletService } from './wallet.service.ts'

export interface AirgapDeps {
  readonly chain: ProofPort & Pick<ChainPort, 'state'>
  readonly keys: Pick<SignerPort, 'read' | 'sign' | 'verifyMessage'>
  readonly wallets: Pick<WalletService, 'state'>
  readonly network: Pick<NetworkService, 'choice' | 'status'>
  readonly transactions: Pick<TransactionsService, 'inHand' | 'preparedBytes' | 'send'>
}

/** Longer payloads are signed by their blake2-256. @source sp-runtime `SignedPayload::using_encoded` */
const LONGEST_RAW = 256

/** What was read, and by whom it can be signed. */
interface Received {
  readonly wallet: WalletInfo
  readonly unsigned: Unsigned
  readonly request: ReadRequest
  readonly view: AirgapReceived
}

/** Both sides of an air gap: sends what was signed elsewhere, and signs what is sent elsewhere. */
export class AirgapService {
  readonly #deps: AirgapDeps

  constructor(deps: AirgapDeps) {
    this.#deps = deps
  }

  /** @errors contract/bad-input, chain/unsupported, airgap/damaged when it is too large to be shown */
  async export(preparedId: string): Promise<Result<AirgapExport, AppError>> {
    const found = this.#deps.transactions.inHand(preparedId)
    if (!found.ok) return found
    const { bytes, prepared } = found.value
    const wallet = this.#wallet(found.value)
    const signer = wallet && accountKey(wallet.address)
    if (!wallet || !signer) return err({ code: 'keys/no-wallet' })
    const proved = await this.#deps.chain.metadataProof(bytes.metadata, bytes.payload)
    if (!proved.ok) return proved
    const { genesis, specVersion, validUntilBlock } = prepared.decoded
    const unsigned: Unsigned = {
      scheme: wallet.cryptoType,
      signer,
      ...proved.value,
      payload: bytes.payload,
      genesis: bytesOf(genesis) ?? new Uint8Array(),
    }
    const content = unsignedBytes(unsigned)
    const frames = framesOf(content)
    if (!frames.ok) return frames
    const network = this.#deps.network.status().label
    return ok({
      frames: frames.value.map(hexOf),
      fileName: `taoforge-transaction-${prepared.decoded.nonce}.json`,
      file: unsignedFile(unsigned, { address: wallet.address, network, specVersion, validUntilBlock }),
      bytes: content.length,
      ...(validUntilBlock === undefined ? {} : { validUntilBlock }),
    })
  }

  /**
   * A wrong or late signature is refused before anything leaves this computer, and the right one may still come.
   * @errors airgap/expired, airgap/damaged, airgap/wrong-signature, those of `transaction.send`
   */
  async send(preparedId: string, text: string): Promise<Result<TransactionRecord, AppError>> {
    const { transactions, keys } = this.#deps
    const found = transactions.inHand(preparedId)
    if (!found.ok) return found
    const late = this.#late(found.value)
    if (late) return err(late)
    const wallet = this.#wallet(found.value)
    if (!wallet) return err({ code: 'keys/no-wallet' })
    const signature = readSignature(text, wallet.cryptoType)
    if (!signature.ok) return signature
    const request = transactions.preparedBytes(preparedId)
    if (!request.ok) return request
    const reading = await keys.read(request.value)
    if (!reading.ok) return reading
    const { payload } = request.value
    const verified = await keys.verifyMessage({
      address: wallet.address,
      text: payload.length > LONGEST_RAW ? reading.value.payloadHash : `0x${hexOf(payload)}`,
      signature: `0x${hexOf(signature.value)}`,
    })
    if (!verified.ok) return verified
    const { value } = verified
    // "hex": over the bytes themselves, and not over a text that spells them.
    if (!value.valid || value.as !== 'hex' || value.scheme !== wallet.cryptoType)
      return err({ code: 'airgap/wrong-signature', address: wallet.address })
    return transactions.send(preparedId, signature.value)
  }

  /** @errors airgap/damaged, airgap/key-not-here, airgap/not-named, signer/unreadable, signer/bad-metadata */
  async read(given: GivenOverGap): Promise<Result<AirgapReceived, AppError>> {
    const received = await this.#received(given)
    return received.ok ? ok(received.value.view) : received
  }

  /**
   * The signer reads the bytes again, compares, asks the limits and notes it in its log, as for any other transaction.
   * @param payloadHash of what was shown and agreed to
   * @errors those of {@link read} and of signing; airgap/changed
   */
  async sign(given: GivenOverGap, payloadHash: string): Promise<Result<AirgapSigned, AppError>> {
    const received = await this.#received(given)
    if (!received.ok) return received
    const { wallet, request, view } = received.value
    if (view.reading.payloadHash !== payloadHash) return err({ code: 'airgap/changed' })
    const { intent, address } = view
    const signature = await this.#deps.keys.sign({ wallet: wallet.name, signer: 'coldkey', intent, ...request })
    if (!signature.ok) return signature
    return ok({
      text: signatureText(signature.value),
      fileName: `taoforge-signature-${view.reading.nonce}.json`,
      file: signatureFile(signature.value, address, payloadHash),
    })
  }

  async #received(given: GivenOverGap): Promise<Result<Received, AppError>> {
    const unsigned = unsignedOf(given)
    if (!unsigned.ok) return unsigned
    const { signer, scheme, payload, proof } = unsigned.value
    const wallet = this.#deps.wallets.state().wallets.find(({ address, cryptoType, watchOnly }) => {
      const key = accountKey(address)
      return !watchOnly && cryptoType === scheme && key !== undefined && sameBytes(key, signer)
    })
    if (!wallet) return err({ code: 'airgap/key-not-here', publicKey: `0x${hexOf(signer)}` })
    const genesis = `0x${hexOf(unsigned.value.genesis)}`
    const network = networkName(this.#deps.network.choice())
    const request: ReadRequest = { payload, chain: { network, genesis, metadata: proof } }
    const reading = await this.#deps.keys.read(request)
    if (!reading.ok) return reading
    if (reading.value.genesis !== genesis) return damaged('it names one chain outside and another one inside')
    const intent = intentOfReading(reading.value)
    if (!intent) return err({ code: 'airgap/not-named', call: reading.value.calls[0]?.call ?? 'unknown' })
    const { name, address } = wallet
    const view = { wallet: name, address, scheme, intent, reading: reading.value, bytes: payload.length }
    return ok({ wallet, unsigned: unsigned.value, request, view })
  }

  #wallet({ wallet }: InHand): WalletInfo | undefined {
    return this.#deps.wallets.state().wallets.find(({ name }) => name === wallet)
  }

  #late({ prepared }: InHand): AppError | undefined {
    const state = this.#deps.chain.state()
    if (state.state !== 'ready' || state.reconnecting) return { code: 'chain/not-connected' }
    const { validUntilBlock } = prepared.decoded
    const nowBlock = state.best.number
    return validUntilBlock !== undefined && nowBlock >= validUntilBlock
      ? { code: 'airgap/expired', validUntilBlock, nowBlock }
      : undefined
  }
}

function unsignedOf(given: GivenOverGap): Result<Unsigned, AppError> {
  if ('text' in given) return readUnsignedFile(given.text)
  const frames: Uint8Array[] = []
  for (const frame of given.frames) {
    const bytes = bytesOf(frame)
    if (!bytes) return damaged('a code that is no hex digits')
    frames.push(bytes)
  }
  const content = joinFrames(frames)
  return content.ok ? readUnsigned(content.value) : content
}
