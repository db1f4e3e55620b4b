import type { AppError } from '../../../../shared/errors.ts'
import { err, ok, type Result } from '../../../../shared/result.ts'
import { type AuditEntry, type AuditRole, auditCsv, canonicalJson } from '../../../../shared/signing/audit.ts'
import {
  isLoosening,
  LOOSENING_WAIT_MS,
  NOTHING_ALLOWED,
  type Policy,
  policyProblem,
  samePolicy,
  strictest,
} from '../../../../shared/signing/policy.ts'
import type { PolicyView } from '../../../../shared/signing/policy-view.ts'
import type { AuditPage } from '../../signer.port.ts'
import type { TypedPassword } from '../../wire-parts.ts'
import { addressOf } from '../keypair.ts'
import type { KeySource } from './key-source.ts'
import { isPlayWallet } from './networks.ts'
import { FRESH, type SignerState, sealKeyOf } from './signer-state.ts'
import type { Turns } from './turns.ts'
import type { Trusted, WalletRecords } from './wallet-records.ts'

/** Play money is worth nothing: a loosening waits a minute, so that the whole road can be walked. */
const PLAY_WAIT_MS = 60_000

export interface RulesParts {
  readonly keys: KeySource
  readonly records: WalletRecords
  readonly turns: Turns
  /** Whether a password opens the wallet's coldkey. @errors keys/wrong-password */
  readonly checkPassword: (wallet: string, password: TypedPassword) => Promise<Result<unknown, AppError>>
}

interface Opened {
  readonly folder: string
  readonly address: string
  readonly sealKey: Uint8Array
  readonly trusted: Trusted
}

/** A wallet's limits and its log: shown, set, loosened after a wait. */
export class RulesDesk {
  readonly #parts: RulesParts

  constructor(parts: RulesParts) {
    this.#parts = parts
  }

  view(wallet: string): Promise<Result<PolicyView, AppError>> {
    return this.#parts.turns.take(async () => {
      const opened = await this.#openOrNot(wallet)
      return opened.ok ? this.#viewOf(opened.value.folder, opened.value.trusted) : opened
    })
  }

  /**
   * What both the old and the new limits allow counts at once; what only the new ones allow counts after the wait.
   * @errors policy/bad, keys/locked, keys/wrong-password (also when none was given and one is needed)
   */
  set(wallet: string, policy: Policy, password: TypedPassword | undefined): Promise<Result<PolicyView, AppError>> {
    const problem = policyProblem(policy)
    if (problem) return Promise.resolve(err(problem))
    return this.#parts.turns.take(async () => {
      const needed = await this.#withOpen(wallet, async ({ trusted }) => ok(looserThan(trusted, policy)))
      if (needed.ok && !needed.value) return this.#change(wallet, policy)
      if (!needed.ok && needed.error.code !== 'signer/audit-broken') return needed
      if (!password) return err({ code: 'keys/wrong-password' })
      const right = await this.#parts.checkPassword(wallet, password)
      if (!right.ok) return right
      if (!needed.ok) await this.#startLogAnew(wallet)
      return this.#change(wallet, policy)
    })
  }

  /** Keeps the limits as they are: a tightening, so it needs no password. */
  cancelLoosening(wallet: string): Promise<Result<PolicyView, AppError>> {
    return this.#parts.turns.take(() =>
      this.#withOpen(wallet, (opened) => {
        const { pending: _dropped, ...state } = opened.trusted.state
        return this.#write(opened, state, 'loosening cancelled')
      }),
    )
  }

  audit(
    wallet: string,
    role: AuditRole,
    page: { before?: number; limit: number },
  ): Promise<Result<AuditPage, AppError>> {
    return this.#parts.turns.take(async () => {
      const all = await this.#entries(wallet, role)
      if (!all.ok) return all
      const end = Math.max(0, Math.min(all.value.length, (page.before ?? Number.POSITIVE_INFINITY) - 1))
      const entries = all.value.slice(Math.max(0, end - page.limit), end).reverse()
      return ok({ entries, total: all.value.length })
    })
  }

  export(wallet: string, role: AuditRole, format: 'jsonl' | 'csv'): Promise<Result<string, AppError>> {
    return this.#parts.turns.take(async () => {
      const all = await this.#entries(wallet, role)
      if (!all.ok) return all
      if (format === 'csv') return ok(auditCsv(all.value))
      return ok(all.value.map((entry) => `${canonicalJson(entry)}\n`).join(''))
    })
  }

  async #entries(wallet: string, role: AuditRole): Promise<Result<readonly AuditEntry[], AppError>> {
    const folder = await this.#parts.records.folderOf(wallet)
    return folder.ok ? this.#parts.records.auditOf(folder.value, role).entries() : folder
  }

  #change(wallet: string, policy: Policy): Promise<Result<PolicyView, AppError>> {
    return this.#withOpen(wallet, (opened) => {
      const { trusted } = opened
      // Nobody knows what held before it was tampered with, so anything but "nothing" is looser.
      const current = trusted.trust === 'tampered' ? NOTHING_ALLOWED : trusted.state.policy
      const { pending: _old, ...kept } = trusted.state
      const now = trusted.trust === 'none' ? policy : strictest(current, policy)
      const waits = !samePolicy(now, policy)
      const effectiveAtMs = Date.now() + waitFor(trusted.state)
      const state = { ...kept, policy: now, ...(waits ? { pending: { policy, effectiveAtMs } } : {}) }
      return this.#write(opened, state, waits ? 'loosening begins to wait' : 'limits set', policy)
    })
  }

  async #write(
    opened: Opened,
    state: SignerState,
    note: string,
    policy?: Policy,
  ): Promise<Result<PolicyView, AppError>> {
    const { folder, address, sealKey } = opened
    const facts = {
      atMs: Date.now(),
      what: 'rules',
      decision: 'noted',
      note: policy ? `${note}: ${canonicalJson(policy)}` : note,
    } as const
    const written = await this.#parts.records.note(folder, facts, { address, state, sealKey })
    return written.ok ? this.#viewOf(folder, { trust: 'sealed', state: written.value }) : written
  }

  /** A log that was changed is put aside; limits are then set anew from nothing. */
  async #startLogAnew(wallet: string): Promise<void> {
    const folder = await this.#parts.records.folderOf(wallet)
    if (folder.ok) await this.#parts.records.auditOf(folder.value, 'cold').setAside(Date.now())
  }

  async #viewOf(folder: string, { trust, state }: Trusted): Promise<Result<PolicyView, AppError>> {
    const spent = await this.#parts.records.auditOf(folder, 'cold').spentBefore(Date.now())
    return ok({
      policy: state.policy,
      state: trust,
      ...(state.pending ? { pending: state.pending } : {}),
      ...(spent.ok ? { spentToday: spent.value } : {}),
      looseningWaitMs: waitFor(state),
    })
  }

  /** Verified where the coldkey is open, and as found where it is not. */
  async #openOrNot(wallet: string): Promise<Result<{ folder: string; trusted: Trusted }, AppError>> {
    const opened = await this.#withOpen(wallet, async ({ folder, trusted }) => ok({ folder, trusted }))
    if (opened.ok || opened.error.code !== 'keys/locked') return opened
    const folder = await this.#parts.records.folderOf(wallet)
    if (!folder.ok) return folder
    const trusted = await this.#parts.records.trusted(folder.value, '', undefined)
    return trusted.ok ? ok({ folder: folder.value, trusted: trusted.value }) : trusted
  }

  async #withOpen<T>(
    wallet: string,
    use: (opened: Opened) => Promise<Result<T, AppError>>,
  ): Promise<Result<T, AppError>> {
    const { keys, records } = this.#parts
    const folder = await records.folderOf(wallet)
    if (!folder.ok) return folder
    const key = await keys.keyFor(wallet, 'coldkey')
    if (!key.ok) return key
    const sealKey = sealKeyOf(key.value.pair)
    try {
      const address = addressOf(key.value.pair.publicKey)
      const trusted = await records.trusted(folder.value, address, sealKey)
      return trusted.ok ? await use({ folder: folder.value, address, sealKey, trusted: trusted.value }) : trusted
    } finally {
      sealKey.fill(0)
      key.value.release()
    }
  }
}

const looserThan = ({ trust, state }: Trusted, policy: Policy): boolean =>
  trust === 'tampered' || (trust !== 'none' && isLoosening(state.policy, policy))

const waitFor = (state: SignerState = FRESH): number =>
  isPlayWallet(state.networks) ? PLAY_WAIT_MS : LOOSENING_WAIT_MS
