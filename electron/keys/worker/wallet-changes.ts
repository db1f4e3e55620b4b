import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { AppError } from '../../../shared/errors.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { WalletInfo } from '../keys.port.ts'
import type { NewFormat, TrashEntry } from '../wallet-operations.port.ts'
import type { RequestOf } from '../wire.ts'
import type { TypedPassword } from '../wire-parts.ts'
import { type KeySource, wipeSource } from './key-source.ts'
import { nameError } from './names.ts'
import { openKeySource } from './open-keyfile.ts'
import { replaceFile, syncFolder, writeError } from './safe-file.ts'
import { passwordError, type Seal, type Sealing } from './sealing.ts'
import { publicOf, type Trash } from './trash.ts'
import { needsMigration } from './vault-file.ts'
import { COLDKEY, isNameTaken, readKeyfile } from './wallet-folder.ts'
import type { KnownWallet, Wallets } from './wallets.ts'

type Changed = Promise<Result<WalletInfo, AppError>>

interface Resealed {
  readonly path: string
  readonly source: KeySource
  readonly sealing: Sealing
}

/** What changes about a wallet that is there: its name, its password, its format, and whether it is there. */
export class WalletChanges {
  readonly #wallets: Wallets
  readonly #seal: Seal
  readonly #trash: Trash

  constructor(wallets: Wallets, seal: Seal, trash: Trash) {
    this.#wallets = wallets
    this.#seal = seal
    this.#trash = trash
  }

  /** @errors keys/bad-name, keys/unknown-wallet, keys/name-taken, storage/… */
  async rename({ wallet, name }: RequestOf<'rename-wallet'>): Changed {
    const bad = nameError(name)
    if (bad) return err(bad)
    const facts = await this.#wallets.factsOf(wallet)
    if (!facts.ok) return facts
    const { root, opened } = this.#wallets
    // Another spelling of its own name is no collision, also where the file system takes both for the same.
    const same = name.toLowerCase() === wallet.toLowerCase()
    if (!same && (await isNameTaken(root, name))) return err({ code: 'keys/name-taken', name })
    try {
      await rename(facts.value.path, join(root, name))
      await syncFolder(root)
    } catch (cause) {
      return err(writeError(cause, join(root, name), 0))
    }
    opened.rename(wallet, name)
    return this.#wallets.infoNamed(name)
  }

  /** @errors keys/weak-password, keys/wrong-password, keys/watch-only, … */
  async changePassword({ wallet, hotkey, password, newPassword }: RequestOf<'change-password'>): Changed {
    const weak = passwordError(newPassword)
    if (weak) return err(weak)
    return hotkey === undefined
      ? this.#reseal(wallet, password, { newPassword })
      : this.#resealHotkey({ wallet, hotkey, password, newPassword })
  }

  /** Seals the coldkey in another format. A plain one gets the given password. */
  convert({ wallet, password, format }: RequestOf<'convert'>): Changed {
    return this.#reseal(wallet, password, { newPassword: password, format })
  }

  /**
   * Seals a vault anew that was written with less work than we ask for today, now that its password is at hand. What
   * fails here is tried again at the next unlock.
   */
  async migrate(facts: KnownWallet, password: TypedPassword, source: KeySource): Promise<void> {
    const path = join(facts.path, COLDKEY)
    const file = facts.format === 'vault' ? await readKeyfile(path) : undefined
    if (!file?.ok || !file.value || !needsMigration(file.value)) return
    const sealed = await this.#seal(source, { password, format: 'vault' })
    if (sealed.ok) await replaceFile(path, sealed.value)
  }

  /** @errors keys/unknown-wallet, storage/… */
  async removeWallet(wallet: string): Promise<Result<TrashEntry, AppError>> {
    const facts = await this.#wallets.factsOf(wallet)
    if (!facts.ok) return facts
    const taken = await this.#trash.takeWallet(wallet)
    if (taken.ok) this.#wallets.opened.drop(wallet)
    return taken
  }

  async listTrash(): Promise<Result<readonly TrashEntry[], AppError>> {
    return ok((await this.#trash.list()).map(publicOf))
  }

  /** @errors keys/unknown-trash, keys/bad-name, keys/name-taken, keys/unknown-wallet, storage/… */
  async restore({ id, name }: RequestOf<'restore'>): Changed {
    const entry = await this.#trash.find(id)
    if (!entry.ok) return entry
    const wanted = name ?? entry.value.hotkey ?? entry.value.wallet
    const bad = nameError(wanted)
    if (bad) return err(bad)
    const restored = await this.#trash.restore(entry.value, wanted)
    if (!restored.ok) return restored
    return this.#wallets.infoNamed(entry.value.kind === 'wallet' ? wanted : entry.value.wallet)
  }

  /** A sealed key is deleted by somebody who can open it. @errors keys/unknown-trash, keys/wrong-password, storage/… */
  async deleteForever({ id, password }: RequestOf<'delete-forever'>): Promise<Result<null, AppError>> {
    const entry = await this.#trash.find(id)
    if (!entry.ok) return entry
    if (entry.value.format !== 'plain' && entry.value.format !== 'watch-only') {
      const file = await readKeyfile(entry.value.keyfile)
      if (!file.ok) return file
      const opened = file.value && (await openKeySource(file.value, entry.value.keyfile, password))
      if (opened && !opened.ok) return opened
      if (opened) wipeSource(opened.value)
    }
    const deleted = await this.#trash.deleteForever(entry.value)
    return deleted.ok ? ok(null) : deleted
  }

  async #reseal(
    wallet: string,
    password: TypedPassword,
    to: { readonly newPassword: TypedPassword; readonly format?: NewFormat },
  ): Changed {
    const facts = await this.#wallets.factsOf(wallet)
    if (!facts.ok) return facts
    const source = await this.#wallets.openColdkey(facts.value, password)
    if (!source.ok) return source
    // Who used the official tools with a wallet shall go on doing so after a change of password.
    const format = to.format ?? (facts.value.format === 'nacl' ? 'btwallet' : 'vault')
    const sealing = { password: to.newPassword, format }
    const written = await this.#replace({ path: join(facts.value.path, COLDKEY), source: source.value, sealing })
    return written.ok ? this.#wallets.infoNamed(wallet) : written
  }

  async #resealHotkey(request: {
    readonly wallet: string
    readonly hotkey: string
    readonly password: TypedPassword
    readonly newPassword: TypedPassword
  }): Changed {
    const opened = await this.#wallets.openHotkey(request.wallet, request.hotkey, request.password)
    if (!opened.ok) return opened
    const { info, path, source } = opened.value
    const sealing: Sealing = {
      password: request.newPassword,
      format: info.format === 'vault' ? 'vault' : 'btwallet',
    }
    const written = await this.#replace({ path, source, sealing })
    return written.ok ? this.#wallets.infoNamed(request.wallet) : written
  }

  async #replace({ path, source, sealing }: Resealed): Promise<Result<void, AppError>> {
    const sealed = await this.#seal(source, sealing)
    wipeSource(source)
    return sealed.ok ? replaceFile(path, sealed.value) : sealed
  }
}
