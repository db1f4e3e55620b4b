import { ed25519 } from '@noble/curves/ed25519.js'
import { sr25519Sign } from '@polkadot/util-crypto/sr25519'
import type { AppError } from '../../../../shared/errors.ts'
import { answerText } from '../../../../shared/mining/axon-answer.ts'
import { err, ok, type Result } from '../../../../shared/result.ts'
import type { AuditFacts } from '../../../../shared/signing/audit.ts'
import { policyRefusal } from '../../../../shared/signing/policy.ts'
import { rao, type Ss58 } from '../../../../shared/units/amounts.ts'
import type { RequestOf } from '../../wire.ts'
import { addressOf, type Keypair } from '../keypair.ts'
import type { KeySource } from './key-source.ts'
import { foreignGenesis } from './networks.ts'
import type { Turns } from './turns.ts'
import type { WalletRecords } from './wallet-records.ts'

/** How far the time in an answer may be from ours: nobody gathers signatures for another day, ms. */
const NONCE_WINDOW_MS = 60_000
/** Answers between two lines of the log: a line for each would be a write to the disk for each. */
const NOTED_EVERY = 1_000

export interface AnswerDeskParts {
  readonly keys: KeySource
  readonly records: WalletRecords
  readonly turns: Turns
  readonly notedEvery?: number
}

/** A hotkey that is being mined with. */
interface Serving {
  readonly folder: string
  readonly hotkey: string
  readonly address: Ss58
  signed: number
  noted: number
}

const nameOf = ({ wallet, hotkey }: { readonly wallet: string; readonly hotkey: string }): string =>
  `${wallet}/${hotkey}`

/**
 * Signs the answers of a miner: the one thing that a hotkey signs without being asked each time. It takes parts and puts the
 * text together itself, with the key's own address in it, so that nothing but an answer can come out. Which hotkey may do
 * it, and for which subnet, is asked of the limits and noted when mining begins.
 */
export class AnswerDesk {
  readonly #parts: AnswerDeskParts
  readonly #serving = new Map<string, Serving>()

  constructor(parts: AnswerDeskParts) {
    this.#parts = parts
  }

  /** @errors keys/…, policy/kind, policy/subnet, signer/foreign-genesis */
  begin(request: RequestOf<'begin-answers'>): Promise<Result<null, AppError>> {
    return this.#parts.turns.take(() => this.#begin(request))
  }

  /** @errors signer/not-serving, signer/not-an-answer, keys/hotkey-locked */
  async sign({ wallet, hotkey, answer }: RequestOf<'sign-answer'>): Promise<Result<string, AppError>> {
    const serving = this.#serving.get(nameOf({ wallet, hotkey }))
    if (!serving) return err({ code: 'signer/not-serving', hotkey })
    const atMs = Number(BigInt(answer.nonce) / 1_000_000n)
    if (Math.abs(atMs - Date.now()) > NONCE_WINDOW_MS) return err({ code: 'signer/not-an-answer', what: 'nonce' })
    const key = await this.#parts.keys.keyFor(wallet, { hotkey })
    if (!key.ok) return key
    const { pair, release } = key.value
    try {
      if (addressOf(pair.publicKey) !== serving.address) return err({ code: 'signer/not-serving', hotkey })
      const signature = signatureOf(pair, answerText(answer, serving.address))
      serving.signed += 1
      const { turns, notedEvery = NOTED_EVERY } = this.#parts
      if (serving.signed - serving.noted >= notedEvery) await turns.take(() => this.#note(serving))
      return ok(signature)
    } finally {
      release()
    }
  }

  /** Safe to call where nothing was begun. */
  end({ wallet, hotkey }: RequestOf<'end-answers'>): Promise<Result<null, AppError>> {
    return this.#parts.turns.take(async () => {
      const name = nameOf({ wallet, hotkey })
      const serving = this.#serving.get(name)
      this.#serving.delete(name)
      return serving ? this.#note(serving, 'no more are signed') : ok(null)
    })
  }

  async #begin({ wallet, hotkey, netuid, chain }: RequestOf<'begin-answers'>): Promise<Result<null, AppError>> {
    const { keys, records } = this.#parts
    const folder = await records.folderOf(wallet)
    if (!folder.ok) return folder
    const key = await keys.keyFor(wallet, { hotkey })
    if (!key.ok) return key
    const address = addressOf(key.value.pair.publicKey)
    key.value.release()
    const trusted = await records.trusted(folder.value, wallet, undefined)
    const state = trusted.ok && trusted.value.trust !== 'tampered' ? trusted.value.state : undefined
    // To answer is part of serving: who may not announce a server there may not answer for it either.
    const risk = {
      kinds: ['serve-axon'],
      netuids: [netuid],
      tao: rao(0n),
      unknown: [],
      unseen: [],
      recipients: [],
    } as const
    const refusal =
      state &&
      (foreignGenesis(state.networks, chain.network, chain.genesis) ?? policyRefusal(state.policy, risk, rao(0n)))
    const facts: AuditFacts = {
      atMs: Date.now(),
      what: 'answers',
      decision: refusal ? 'refused' : 'noted',
      ...(refusal ? { code: refusal.code } : {}),
      signer: address,
      hotkey,
      network: chain.network,
      genesis: chain.genesis,
      note: `answers on subnet ${netuid} are signed from now on`,
    }
    const noted = await records.noteHot(folder.value, facts)
    if (!noted.ok) return noted
    if (refusal) return err(refusal)
    this.#serving.set(nameOf({ wallet, hotkey }), { folder: folder.value, hotkey, address, signed: 0, noted: 0 })
    return ok(null)
  }

  async #note(serving: Serving, more?: string): Promise<Result<null, AppError>> {
    const count = serving.signed - serving.noted
    serving.noted = serving.signed
    const noted = await this.#parts.records.noteHot(serving.folder, {
      atMs: Date.now(),
      what: 'answers',
      decision: count > 0 ? 'signed' : 'noted',
      signer: serving.address,
      hotkey: serving.hotkey,
      note: [`${count} answers signed`, ...(more ? [more] : [])].join('; '),
    })
    return noted.ok ? ok(null) : noted
  }
}

function signatureOf(pair: Keypair, text: string): string {
  const bytes = new TextEncoder().encode(text)
  const signature = pair.cryptoType === 'ed25519' ? ed25519.sign(bytes, pair.secretKey) : sr25519Sign(bytes, pair)
  return `0x${Buffer.from(signature).toString('hex')}`
}
