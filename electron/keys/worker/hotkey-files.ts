import { dirname, join, resolve } from 'node:path'
import type { AppError } from '../../../shared/errors.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { HotkeyInfo, WalletInfo } from '../keys.port.ts'
import type { TrashEntry } from '../wallet-operations.port.ts'
import type { RequestOf } from '../wire.ts'
import { writeKeyJson, writePublicJson } from './key-json.ts'
import { type KeySource, wipeSource } from './key-source.ts'
import { pairFromSeed } from './keypair.ts'
import { newEntropy, seedOf, wordsOf } from './mnemonic.ts'
import { nameError } from './names.ts'
import { moveHotkey, placeHotkey, publicFileOf } from './place-hotkey.ts'
import type { Seal } from './sealing.ts'
import { openSecretText } from './secret-text.ts'
import type { Trash } from './trash.ts'
import { HOTKEYS, isNameTaken, PUBLIC_SUFFIX, publicPartAt, readKeyfile } from './wallet-folder.ts'
import type { Wallets } from './wallets.ts'

type HotkeySealing = Pick<RequestOf<'create-hotkey'>, 'password' | 'format'>

/** The hotkeys of a wallet on the disk. */
export class HotkeyFiles {
  readonly #wallets: Wallets
  readonly #seal: Seal
  readonly #trash: Trash

  constructor(wallets: Wallets, seal: Seal, trash: Trash) {
    this.#wallets = wallets
    this.#seal = seal
    this.#trash = trash
  }

  /** From twelve new words. @errors keys/bad-name, keys/unknown-wallet, keys/name-taken, keys/weak-password, storage/… */
  create({ wallet, name, cryptoType, ...sealing }: RequestOf<'create-hotkey'>): Promise<Result<HotkeyInfo, AppError>> {
    const entropy = newEntropy()
    const seed = seedOf(entropy)
    const source = { pair: pairFromSeed(seed, cryptoType ?? 'sr25519'), seed, words: wordsOf(entropy) }
    entropy.fill(0)
    return this.#save({ wallet, name }, source, sealing)
  }

  async import(request: RequestOf<'import-hotkey'>): Promise<Result<HotkeyInfo, AppError>> {
    const { wallet, name, secret, cryptoType, address, password, format } = request
    const source = openSecretText(secret, { ...(cryptoType ? { cryptoType } : {}), ...(address ? { address } : {}) })
    if (!source.ok) return source
    const sealing = { ...(password ? { password } : {}), ...(format ? { format } : {}) }
    return this.#save({ wallet, name }, source.value, sealing)
  }

  /** Copies a key file byte by byte, sealed or not. A sealed one needs its public part beside it. */
  async importFile({ wallet, name, path }: RequestOf<'import-hotkey-file'>): Promise<Result<HotkeyInfo, AppError>> {
    const facts = await this.#newName(wallet, name)
    if (!facts.ok) return facts
    const from = resolve(path)
    const keyfile = await readKeyfile(from)
    if (!keyfile.ok) return keyfile
    const known = await publicPartAt(`${from}${PUBLIC_SUFFIX}`, keyfile.value)
    if (!keyfile.value || !known)
      return err({ code: 'keys/keyfile-missing', file: known ? from : `${from}${PUBLIC_SUFFIX}` })
    const placed = await placeHotkey(facts.value, name, { keyfile: keyfile.value, publicFile: publicFileOf(known) })
    keyfile.value.fill(0)
    return placed.ok ? this.#infoOf(wallet, name) : placed
  }

  /** @errors keys/bad-name, keys/unknown-wallet, keys/unknown-hotkey, keys/name-taken, storage/… */
  async rename({ wallet, hotkey, name }: RequestOf<'rename-hotkey'>): Promise<Result<WalletInfo, AppError>> {
    const bad = nameError(name)
    if (bad) return err(bad)
    const facts = await this.#wallets.hotkeyFacts(wallet, hotkey)
    if (!facts.ok) return facts
    const folder = dirname(facts.value.path)
    const same = name.toLowerCase() === hotkey.toLowerCase()
    if (!same && (await isNameTaken(folder, name))) return err({ code: 'keys/name-taken', name })
    const moved = await moveHotkey(facts.value.path, join(folder, name))
    return moved.ok ? this.#wallets.infoNamed(wallet) : moved
  }

  /** @errors keys/unknown-wallet, keys/unknown-hotkey, storage/… */
  async remove({ wallet, hotkey }: RequestOf<'remove-hotkey'>): Promise<Result<TrashEntry, AppError>> {
    const facts = await this.#wallets.hotkeyFacts(wallet, hotkey)
    return facts.ok ? this.#trash.takeHotkey(wallet, hotkey) : facts
  }

  async #save(
    at: { readonly wallet: string; readonly name: string },
    source: KeySource,
    sealing: HotkeySealing,
  ): Promise<Result<HotkeyInfo, AppError>> {
    const content = await this.#contentFor(at, source, sealing)
    const publicFile = writePublicJson(source.pair)
    wipeSource(source)
    if (!content.ok) return content
    const facts = await this.#newName(at.wallet, at.name)
    if (!facts.ok) return facts
    const placed = await placeHotkey(facts.value, at.name, { keyfile: content.value, publicFile })
    content.value.fill(0)
    return placed.ok ? this.#infoOf(at.wallet, at.name) : placed
  }

  async #contentFor(
    at: { readonly wallet: string; readonly name: string },
    source: KeySource,
    { password, format }: HotkeySealing,
  ): Promise<Result<Uint8Array, AppError>> {
    const facts = await this.#newName(at.wallet, at.name)
    if (!facts.ok) return facts
    return password ? this.#seal(source, { password, format: format ?? 'vault' }) : ok(writeKeyJson(source))
  }

  /** @returns the folder of the wallet. @errors keys/bad-name, keys/unknown-wallet, keys/name-taken */
  async #newName(wallet: string, name: string): Promise<Result<string, AppError>> {
    const bad = nameError(name)
    if (bad) return err(bad)
    const facts = await this.#wallets.factsOf(wallet)
    if (!facts.ok) return facts
    const taken = await isNameTaken(join(facts.value.path, HOTKEYS), name)
    return taken ? err({ code: 'keys/name-taken', name }) : ok(facts.value.path)
  }

  async #infoOf(wallet: string, name: string): Promise<Result<HotkeyInfo, AppError>> {
    const facts = await this.#wallets.hotkeyFacts(wallet, name)
    return facts.ok ? ok(facts.value.info) : facts
  }
}
