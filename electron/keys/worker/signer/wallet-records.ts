import { lstat } from 'node:fs/promises'
import { join } from 'node:path'
import type { AppError } from '../../../../shared/errors.ts'
import { err, ok, type Result } from '../../../../shared/result.ts'
import type { AuditFacts, AuditRole } from '../../../../shared/signing/audit.ts'
import { DELAYED_GOOD_FOR_MS, NOTHING_ALLOWED } from '../../../../shared/signing/policy.ts'
import { nameError } from '../names.ts'
import { AuditFile } from './audit-file.ts'
import { FRESH, readState, type SignerState, writeState } from './signer-state.ts'

/** A state whose seal was checked, or why there is none that counts. */
export type Trusted =
  | { readonly trust: 'sealed' | 'none'; readonly state: SignerState }
  | { readonly trust: 'unverified'; readonly state: SignerState }
  /** `state`: what holds instead: nothing is allowed. */
  | { readonly trust: 'tampered'; readonly what: string; readonly state: SignerState }

/** The files that the signer keeps beside a wallet's keys, so that they are renamed, removed and had back with them. */
export class WalletRecords {
  readonly #root: string
  readonly #audits = new Map<string, AuditFile>()
  /** Highest revision seen of each state, by the account: a lower one is an old copy. */
  readonly #revisions = new Map<string, number>()

  constructor(walletsFolder: string) {
    this.#root = walletsFolder
  }

  /** @errors keys/unknown-wallet */
  async folderOf(wallet: string): Promise<Result<string, AppError>> {
    const folder = join(this.#root, wallet)
    const is = nameError(wallet)
      ? false
      : await lstat(folder).then(
          (found) => found.isDirectory(),
          () => false,
        )
    return is ? ok(folder) : err({ code: 'keys/unknown-wallet', name: wallet })
  }

  auditOf(folder: string, role: AuditRole): AuditFile {
    const path = join(folder, `audit-${role}.jsonl`)
    const known = this.#audits.get(path) ?? new AuditFile(path)
    this.#audits.set(path, known)
    return known
  }

  /**
   * The state as it counts now: verified where the coldkey is open, loosened where a loosening's moment has come.
   * @param sealKey absent: the wallet is locked
   */
  async trusted(folder: string, address: string, sealKey: Uint8Array | undefined): Promise<Result<Trusted, AppError>> {
    const stored = await readState(folder, sealKey)
    if (!stored.ok) return stored
    const tampered = (what: string): Result<Trusted, AppError> =>
      ok({ trust: 'tampered', what, state: { ...FRESH, policy: NOTHING_ALLOWED } })
    if (stored.value.found === 'changed') return tampered('changed')
    const audit = this.auditOf(folder, 'cold')
    if (stored.value.found === 'nothing') {
      const last = await audit.last()
      if (!last.ok) return last
      const seen = last.value.seq > 0 || (this.#revisions.get(address) ?? 0) > 0
      return seen ? tampered('deleted') : ok({ trust: 'none', state: FRESH })
    }
    const { state, verified } = stored.value
    if (state.revision < (this.#revisions.get(address) ?? 0)) return tampered('older')
    const holds = await audit.holds(state.audit.seq, state.audit.hash)
    if (!holds.ok) return holds
    if (!holds.value) return tampered('log shortened')
    if (verified) this.#revisions.set(address, state.revision)
    return ok({ trust: verified ? 'sealed' : 'unverified', state: asOf(state, Date.now()) })
  }

  /** Notes a line in the log of the hotkeys. One that was changed is put aside: a broken log never stops a miner. */
  async noteHot(folder: string, facts: AuditFacts): Promise<Result<unknown, AppError>> {
    const audit = this.auditOf(folder, 'hot')
    const noted = await audit.append(facts)
    if (noted.ok || noted.error.code !== 'signer/audit-broken') return noted
    const aside = await audit.setAside(Date.now())
    return aside.ok ? audit.append({ ...facts, note: 'the log before this was changed' }) : aside
  }

  /** Notes a line, and after one of the coldkey seals the state with it. @returns the state as written. */
  async note(
    folder: string,
    facts: AuditFacts,
    sealing: { readonly address: string; readonly state: SignerState; readonly sealKey: Uint8Array },
  ): Promise<Result<SignerState, AppError>> {
    const entry = await this.auditOf(folder, 'cold').append(facts)
    if (!entry.ok) return entry
    const { seq, hash } = entry.value
    const { address, sealKey } = sealing
    const revision = Math.max(sealing.state.revision, this.#revisions.get(address) ?? 0) + 1
    const state = { ...sealing.state, revision, audit: { seq, hash } }
    const written = await writeState(folder, state, sealKey)
    if (!written.ok) return written
    this.#revisions.set(address, revision)
    return ok(state)
  }
}

/** Loosened limits count from their moment on; waits that nobody came back for are dropped. */
function asOf(state: SignerState, nowMs: number): SignerState {
  const delayed = state.delayed.filter(({ readyAtMs }) => nowMs < readyAtMs + DELAYED_GOOD_FOR_MS)
  const { pending, ...rest } = state
  if (!pending) return { ...rest, delayed }
  return pending.effectiveAtMs <= nowMs ? { ...rest, delayed, policy: pending.policy } : { ...state, delayed }
}
