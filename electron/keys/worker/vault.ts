import { join, resolve } from 'node:path'
import type { AppError } from '../../../shared/errors.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Ss58 } from '../../../shared/units/amounts.ts'
import type { FoundWallet, HotkeyInfo, MnemonicDraft, Signer, WalletInfo, WordCheck } from '../keys.port.ts'
import { Drafts } from './drafts.ts'
import { writeKeyJson, writePublicJson } from './key-json.ts'
import { addressOf, type Keypair, pairFromSeed, wipePair } from './keypair.ts'
import { entropyOf, newEntropy, seedOf, wordsOf } from './mnemonic.ts'
import { deriveKey, isNacl, isTruncated, sealWith } from './nacl-keyfile.ts'
import { nameError } from './names.ts'
import { openKeyfile, type Password } from './open-keyfile.ts'
import { writeNewFile } from './safe-file.ts'
import type { KeySource, LentKey } from './signer/key-source.ts'
import {
  COLDKEY,
  COLDKEY_PUBLIC,
  describeWallet,
  type FolderFacts,
  filesOf,
  HOTKEYS,
  isEncrypted,
  isNameTaken,
  readKeyfile,
  walletsIn,
  writeWallet,
} from './wallet-folder.ts'

/** btwallet demands 6; the salt of its format is the same for everybody, so a little more is asked for here. */
const MINIMUM_PASSWORD_LENGTH = 8

/** All that is known of keys, secret parts included; lives and dies with the worker process. */
export class Vault implements KeySource {
  readonly #root: string
  readonly #unlocked = new Map<string, Keypair>()
  readonly #drafts = new Drafts()

  constructor(walletsFolder: string) {
    this.#root = resolve(walletsFolder)
  }

  async list(): Promise<Result<readonly WalletInfo[], AppError>> {
    const found = await walletsIn(this.#root)
    return ok(found.flatMap((facts) => this.#infoOf(facts) ?? []))
  }

  draft(): Result<MnemonicDraft, AppError> {
    return ok(this.#drafts.draft())
  }

  async create(request: {
    readonly draftId: string
    readonly name: string
    readonly password: Uint8Array
    readonly checks: readonly WordCheck[]
  }): Promise<Result<WalletInfo, AppError>> {
    const entropy = this.#drafts.confirm(request.draftId, request.checks)
    if (!entropy.ok) return entropy
    const made = await this.#write(request.name, entropy.value, request.password)
    if (made.ok) this.#drafts.drop(request.draftId)
    return made
  }

  async importWords(name: string, words: Uint8Array, password: Uint8Array): Promise<Result<WalletInfo, AppError>> {
    const entropy = entropyOf(new TextDecoder().decode(words))
    if (!entropy.ok) return entropy
    const made = await this.#write(name, entropy.value, password)
    entropy.value.fill(0)
    return made
  }

  async inspectFolder(path: string): Promise<Result<readonly FoundWallet[], AppError>> {
    const single = await describeWallet(resolve(path))
    const found = single ? [single] : await walletsIn(resolve(path))
    if (found.length === 0) return err({ code: 'keys/keyfile-missing', file: join(path, COLDKEY_PUBLIC) })
    return ok(found.map(({ public: _known, ...shown }) => shown))
  }

  async importFolder(path: string, name: string): Promise<Result<WalletInfo, AppError>> {
    const bad = nameError(name)
    if (bad) return err(bad)
    const facts = await describeWallet(resolve(path))
    if (!facts?.public) return err({ code: 'keys/keyfile-missing', file: join(path, COLDKEY_PUBLIC) })
    const coldkey = await readKeyfile(join(facts.path, COLDKEY))
    if (!coldkey.ok) return coldkey
    if (coldkey.value && isNacl(coldkey.value) && isTruncated(coldkey.value))
      return err({ code: 'keys/keyfile-broken', file: join(path, COLDKEY), reason: 'truncated' })
    const files = await filesOf(facts)
    if (!files.ok) return files
    const written = await writeWallet(this.#root, name, files.value)
    for (const file of files.value) file.content.fill(0)
    return written.ok ? this.#infoNamed(name) : written
  }

  async createHotkey(wallet: string, name: string): Promise<Result<HotkeyInfo, AppError>> {
    const bad = nameError(name)
    if (bad) return err(bad)
    const facts = await this.#factsOf(wallet)
    if (!facts.ok) return facts
    const folder = join(facts.value.path, HOTKEYS)
    if (await isNameTaken(folder, name)) return err({ code: 'keys/name-taken', name })
    const entropy = newEntropy()
    const { pair, privateFile, publicFile } = keyFilesOf(entropy)
    entropy.fill(0)
    wipePair(pair)
    const written = await writeNewFile(join(folder, name), privateFile)
    privateFile.fill(0)
    if (!written.ok) return written
    // The private file alone is complete; the public one only saves other programs a decryption.
    await writeNewFile(join(folder, `${name}pub.txt`), publicFile)
    return ok({ name, address: addressOf(pair.publicKey), encrypted: false })
  }

  async unlock(wallet: string, password: Password): Promise<Result<WalletInfo, AppError>> {
    const facts = await this.#factsOf(wallet)
    if (!facts.ok) return facts
    const path = join(facts.value.path, COLDKEY)
    const file = await readKeyfile(path)
    if (!file.ok) return file
    if (!file.value) return err({ code: 'keys/keyfile-missing', file: path })
    const pair = await openKeyfile(file.value, path, password)
    file.value.fill(0)
    if (!pair.ok) return pair
    if (addressOf(pair.value.publicKey) !== facts.value.address) {
      wipePair(pair.value)
      return err({ code: 'keys/keyfile-broken', file: path, reason: `another account than ${COLDKEY_PUBLIC} says` })
    }
    this.#keep(wallet, pair.value)
    return this.#infoNamed(wallet)
  }

  /** The coldkey stays with us; a hotkey is opened for one signature and wiped after it. */
  async keyFor(wallet: string, signer: Signer): Promise<Result<LentKey, AppError>> {
    return signer === 'coldkey' ? this.#coldkey(wallet) : this.#hotkey(wallet, signer.hotkey)
  }

  async #coldkey(wallet: string): Promise<Result<LentKey, AppError>> {
    const pair = this.#unlocked.get(wallet)
    if (pair) return ok({ pair, release: () => undefined })
    const facts = await this.#factsOf(wallet)
    return facts.ok ? err({ code: 'keys/locked' }) : facts
  }

  async #hotkey(wallet: string, hotkey: string): Promise<Result<LentKey, AppError>> {
    const facts = await this.#factsOf(wallet)
    if (!facts.ok) return facts
    const known = facts.value.hotkeys.find(({ name }) => name === hotkey)
    if (!known) return err({ code: 'keys/unknown-hotkey', name: hotkey })
    if (known.encrypted) return err({ code: 'keys/unsupported', what: 'encrypted hotkey' })
    const path = join(facts.value.path, HOTKEYS, hotkey)
    const file = await readKeyfile(path)
    if (!file.ok) return file
    if (!file.value || isEncrypted(file.value)) return err({ code: 'keys/keyfile-missing', file: path })
    const opened = await openKeyfile(file.value, path, { trimmed: new Uint8Array(0) })
    file.value.fill(0)
    if (!opened.ok) return opened
    const pair = opened.value
    return ok({ pair, release: () => wipePair(pair) })
  }

  /** Encrypts first, as that takes the time and may fail; the name is claimed in one step at the end. */
  async #write(name: string, entropy: Uint8Array, password: Uint8Array): Promise<Result<WalletInfo, AppError>> {
    const bad = nameError(name)
    if (bad) return err(bad)
    if (new TextDecoder().decode(password).length < MINIMUM_PASSWORD_LENGTH)
      return err({ code: 'keys/weak-password', minimumLength: MINIMUM_PASSWORD_LENGTH })
    if (await isNameTaken(this.#root, name)) return err({ code: 'keys/name-taken', name })
    const key = await deriveKey(password)
    if (!key.ok) return key
    const { pair, privateFile, publicFile } = keyFilesOf(entropy)
    const sealed = sealWith(key.value, privateFile)
    key.value.fill(0)
    privateFile.fill(0)
    const files = [
      { path: COLDKEY, content: sealed },
      { path: COLDKEY_PUBLIC, content: publicFile },
    ]
    const written = await writeWallet(this.#root, name, files)
    if (!written.ok) {
      wipePair(pair)
      return written
    }
    this.#keep(name, pair)
    return this.#infoNamed(name)
  }

  #keep(wallet: string, pair: Keypair): void {
    const before = this.#unlocked.get(wallet)
    if (before) wipePair(before)
    this.#unlocked.set(wallet, pair)
  }

  async #factsOf(wallet: string): Promise<Result<FolderFacts, AppError>> {
    const facts = nameError(wallet) ? undefined : await describeWallet(join(this.#root, wallet))
    return facts?.public ? ok(facts) : err({ code: 'keys/unknown-wallet', name: wallet })
  }

  async #infoNamed(wallet: string): Promise<Result<WalletInfo, AppError>> {
    const facts = await this.#factsOf(wallet)
    if (!facts.ok) return facts
    const info = this.#infoOf(facts.value)
    return info ? ok(info) : err({ code: 'keys/unknown-wallet', name: wallet })
  }

  #infoOf(facts: FolderFacts): WalletInfo | undefined {
    if (!facts.public) return undefined
    const address: Ss58 = facts.public.address
    const { name, watchOnly, encrypted, hotkeys } = facts
    const unlocked = this.#unlocked.has(name)
    return { name, address, cryptoType: facts.public.cryptoType, watchOnly, encrypted, unlocked, hotkeys }
  }
}

/** The two files of a new sr25519 key. The caller wipes pair and private file. */
function keyFilesOf(entropy: Uint8Array): { pair: Keypair; privateFile: Uint8Array; publicFile: Uint8Array } {
  const seed = seedOf(entropy)
  const pair = pairFromSeed(seed, 'sr25519')
  const privateFile = writeKeyJson({ pair, seed, words: wordsOf(entropy) })
  seed.fill(0)
  return { pair, privateFile, publicFile: writePublicJson(pair) }
}
