import { join, resolve } from 'node:path'
import type { AppError } from '../../../shared/errors.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { RequestOf } from '../wire.ts'
import type { TypedPassword } from '../wire-parts.ts'
import { type KeySource, wipeSource } from './key-source.ts'
import { writePolkadotJson } from './polkadot-json.ts'
import { passwordError, type Seal } from './sealing.ts'
import { COLDKEY, readKeyfile } from './wallet-folder.ts'
import { filesOf, type NewFile, writeWallet } from './wallet-writing.ts'
import type { KnownWallet, Wallets } from './wallets.ts'

/** What leaves the app: words on paper, a folder for the official tools, a file for polkadot.js. */
export class Exports {
  readonly #wallets: Wallets
  readonly #seal: Seal

  constructor(wallets: Wallets, seal: Seal) {
    this.#wallets = wallets
    this.#seal = seal
  }

  /**
   * The words, to be written down. The file is opened for it each time, also while the wallet is unlocked: whoever finds
   * the computer open shall not get them, and each guess costs the whole key derivation.
   * @errors keys/watch-only, keys/no-words, keys/wrong-password, …
   */
  async revealWords({ wallet, password }: RequestOf<'reveal-words'>): Promise<Result<readonly string[], AppError>> {
    const opened = await this.#opened(wallet, password)
    if (!opened.ok) return opened
    const { words } = opened.value.source
    wipeSource(opened.value.source)
    return words ? ok(words) : err({ code: 'keys/no-words', name: wallet })
  }

  /**
   * The coldkey as the official tools keep it, under the same password; nothing of a wallet that is only watched.
   * @errors keys/wrong-password, keys/not-enough-memory, …
   */
  async naclColdkey(request: RequestOf<'nacl-coldkey'>): Promise<Result<Uint8Array | null, AppError>> {
    const facts = await this.#wallets.factsOf(request.wallet)
    if (!facts.ok) return facts
    if (facts.value.watchOnly) return ok(null)
    const sealed = await this.#naclOf(facts.value, request.password)
    return sealed.ok ? ok(sealed.value ?? null) : sealed
  }

  /**
   * Writes a folder that the official tools open with the same password: `$NACL` coldkey, public parts, hotkeys as they
   * are; hotkeys in our own format stay out, since those tools could not read them.
   * @returns the folder. @errors keys/name-taken (there already), storage/…
   */
  async exportBtwallet({ wallet, folder, coldkey }: RequestOf<'export-btwallet'>): Promise<Result<string, AppError>> {
    const facts = await this.#wallets.factsOf(wallet)
    if (!facts.ok) return facts
    const files = await filesOf({
      ...facts.value,
      hotkeys: facts.value.hotkeys.filter(({ format }) => format !== 'vault'),
    })
    if (!files.ok) return files
    const others = files.value.filter(({ path }) => path !== COLDKEY)
    const all: NewFile[] = coldkey ? [{ path: COLDKEY, content: coldkey }, ...others] : others
    const written = await writeWallet(resolve(folder), wallet, all)
    for (const { content } of files.value) content.fill(0)
    return written.ok ? ok(join(resolve(folder), wallet)) : written
  }

  /** @returns the text of an account file, sealed with the password that opens the key. */
  async exportPolkadot(request: RequestOf<'export-polkadot'>): Promise<Result<string, AppError>> {
    const { wallet, hotkey, password } = request
    // A plain key has no password of its own: the file gets this one, so it has to be a good one.
    const weak = passwordError(password)
    if (weak) return err(weak)
    const opened =
      hotkey === undefined
        ? await this.#opened(wallet, password)
        : await this.#wallets.openHotkey(wallet, hotkey, password)
    if (!opened.ok) return opened
    const { source } = opened.value
    const file = await writePolkadotJson(source.pair, {
      password: password.trimmed,
      name: hotkey === undefined ? wallet : `${wallet} ${hotkey}`,
      createdAtMs: Date.now(),
    })
    wipeSource(source)
    return file.ok ? ok(new TextDecoder().decode(file.value)) : file
  }

  async #opened(
    wallet: string,
    password: TypedPassword,
  ): Promise<Result<{ facts: KnownWallet; source: KeySource }, AppError>> {
    const facts = await this.#wallets.factsOf(wallet)
    if (!facts.ok) return facts
    const source = await this.#wallets.openColdkey(facts.value, password)
    return source.ok ? ok({ facts: facts.value, source: source.value }) : source
  }

  /** The password is checked also where the bytes can be copied: an export takes the key out of the app's care. */
  async #naclOf(facts: KnownWallet, password: TypedPassword): Promise<Result<Uint8Array | undefined, AppError>> {
    const source = await this.#wallets.openColdkey(facts, password)
    if (!source.ok) return source
    const isThere = facts.format === 'nacl'
    const sealed = isThere
      ? await readKeyfile(join(facts.path, COLDKEY))
      : await this.#seal(source.value, { password, format: 'btwallet' })
    wipeSource(source.value)
    return sealed
  }
}
