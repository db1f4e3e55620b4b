import type { AppError } from '../../../../shared/errors.ts'
import { err, ok, type Result } from '../../../../shared/result.ts'
import type { SignedMessage } from '../../../../shared/signing/message.ts'
import type { RequestOf } from '../../wire.ts'
import type { TypedPassword } from '../../wire-parts.ts'
import type { RoleHandlers } from '../dispatch.ts'
import { addressOf } from '../keypair.ts'
import { AnswerDesk } from './answer-desk.ts'
import type { KeySource } from './key-source.ts'
import { messageBytes, signedMessage, verifiedMessage } from './messages.ts'
import { OrderDesk } from './order-desk.ts'
import { blake256 } from './read-payload.ts'
import { RulesDesk } from './rules-desk.ts'
import { RuntimeShelf } from './runtime-shelf.ts'
import { sealKeyOf } from './signer-state.ts'
import { SigningDesk } from './signing-desk.ts'
import { Turns } from './turns.ts'
import { WalletRecords } from './wallet-records.ts'

export interface SignerOptions {
  readonly walletsFolder: string
  readonly keys: KeySource
  /** Absent in the process of the hotkeys, which keeps no limits. */
  readonly checkPassword: ((wallet: string, password: TypedPassword) => Promise<Result<unknown, AppError>>) | undefined
}

/** What a keys process does besides keeping keys: the limits and the log belong to the process of the coldkeys. */
export function signerHandlers({ walletsFolder, keys, checkPassword }: SignerOptions): RoleHandlers {
  const records = new WalletRecords(walletsFolder)
  const shelf = new RuntimeShelf()
  const turns = new Turns()
  const desk = new SigningDesk({ keys, records, shelf, turns })
  const orders = new OrderDesk({ keys, records, turns })
  const messages = new MessageDesk({ keys, records, shelf, turns })
  const both: RoleHandlers = {
    sign: (order) => desk.sign(order),
    'sign-shielded': ({ shieldKey, ...order }) => desk.signShielded({ ...order, signer: 'coldkey' }, shieldKey),
    'sign-order': (request) => orders.sign(request),
    'learn-runtime': ({ metadata }) => desk.learn(metadata),
    'read-payload': ({ payload, chain }) => desk.read(payload, chain),
    'sign-message': (request) => messages.sign(request),
    'verify-message': ({ address, text, signature }) => verifiedMessage(address, text, signature),
  }
  if (!checkPassword) {
    const answers = new AnswerDesk({ keys, records, turns })
    return {
      ...both,
      'begin-answers': (request) => answers.begin(request),
      'sign-answer': (request) => answers.sign(request),
      'end-answers': (request) => answers.end(request),
    }
  }
  const rules = new RulesDesk({ keys, records, turns, checkPassword })
  return {
    ...both,
    policy: ({ wallet }) => rules.view(wallet),
    'set-policy': ({ wallet, policy, password }) => rules.set(wallet, policy, password),
    'cancel-loosening': ({ wallet }) => rules.cancelLoosening(wallet),
    audit: ({ wallet, role: of, limit, before }) =>
      rules.audit(wallet, of, { limit, ...(before === undefined ? {} : { before }) }),
    'export-audit': ({ wallet, role: of, format }) => rules.export(wallet, of, format),
  }
}

interface MessageParts {
  readonly keys: KeySource
  readonly records: WalletRecords
  readonly shelf: RuntimeShelf
  readonly turns: Turns
}

/** Signs texts, and notes each beside the transactions. */
class MessageDesk {
  readonly #parts: MessageParts

  constructor(parts: MessageParts) {
    this.#parts = parts
  }

  sign({ wallet, signer, text, form }: RequestOf<'sign-message'>): Promise<Result<SignedMessage, AppError>> {
    const { keys, records, shelf, turns } = this.#parts
    return turns.take(async () => {
      const message = messageBytes(text, form, shelf.all())
      if (!message.ok) return message
      const { signedText, wrappedHere } = message.value
      const folder = await records.folderOf(wallet)
      if (!folder.ok) return folder
      const key = await keys.keyFor(wallet, signer)
      if (!key.ok) return key
      const { pair, release } = key.value
      const sealKey = signer === 'coldkey' ? sealKeyOf(pair) : undefined
      try {
        const facts = {
          atMs: Date.now(),
          what: 'message',
          decision: 'signed',
          signer: addressOf(pair.publicKey),
          ...(signer === 'coldkey' ? {} : { hotkey: signer.hotkey }),
          payloadHash: blake256(new TextEncoder().encode(signedText)),
        } as const
        const noted = sealKey
          ? await this.#noteCold(folder.value, facts, { address: facts.signer, sealKey })
          : await records.auditOf(folder.value, 'hot').append(facts)
        return noted.ok ? ok(signedMessage(pair, signedText, wrappedHere)) : noted
      } finally {
        sealKey?.fill(0)
        release()
      }
    })
  }

  async #noteCold(
    folder: string,
    facts: Parameters<WalletRecords['note']>[1],
    { address, sealKey }: { readonly address: string; readonly sealKey: Uint8Array },
  ): Promise<Result<unknown, AppError>> {
    const { records } = this.#parts
    const trusted = await records.trusted(folder, address, sealKey)
    if (!trusted.ok) return trusted
    if (trusted.value.trust === 'tampered') return err({ code: 'policy/tampered', what: trusted.value.what })
    return records.note(folder, facts, { address, state: trusted.value.state, sealKey })
  }
}
