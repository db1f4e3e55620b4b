import { join, resolve } from 'node:path'
import type { AppError } from '../../../shared/errors.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { FoundWallet, MnemonicDraft, WalletInfo } from '../keys.port.ts'
import type { SecretReading } from '../wallet-operations.port.ts'
import type { RequestOf } from '../wire.ts'
import { Drafts } from './drafts.ts'
import { readPublicJson, writePublicJson } from './key-json.ts'
import { type KeySource, wipeSource } from './key-source.ts'
import { pairFromSeed, publicKeyOf } from './keypair.ts'
import { seedOf, wordsOf } from './mnemonic.ts'
import { isNacl, isTruncated } from './nacl-keyfile.ts'
import { nameError } from './names.ts'
import { inspectPolkadotJson, openPolkadotJson, unpackPolkadotBatch } from './polkadot-json.ts'
import { passwordError, type Seal, type Sealing } from './sealing.ts'
import { inspectSecretText, openSecretText } from './secret-text.ts'
import { COLDKEY, COLDKEY_PUBLIC, describeWallet, isNameTaken, readKeyfile, walletsIn } from './wallet-folder.ts'
import { filesOf, writeWallet } from './wallet-writing.ts'
import type { Wallets } from './wallets.ts'

type Made = Promise<Result<WalletInfo, AppError>>

/** Every way in which a wallet comes to be: drawn anew, from a secret, from a file, or only to be watched. */
export class NewWallets {
  readonly #wallets: Wallets
  readonly #seal: Seal
  readonly #drafts = new Drafts()

  constructor(wallets: Wallets, seal: Seal) {
    this.#wallets = wallets
    this.#seal = seal
  }

  draft(count?: 12 | 24): Result<MnemonicDraft, AppError> {
    return ok(this.#drafts.draft(count))
  }

  /** @errors keys/words-not-confirmed, and those of a new name and password */
  async create(request: RequestOf<'create'>): Made {
    const entropy = this.#drafts.confirm(request.draftId, request.checks)
    if (!entropy.ok) return entropy
    const seed = seedOf(entropy.value)
    const pair = pairFromSeed(seed, request.cryptoType ?? 'sr25519')
    const made = await this.#save(request.name, { pair, seed, words: wordsOf(entropy.value) }, request)
    if (made.ok) this.#drafts.drop(request.draftId)
    return made
  }

  importWords(request: RequestOf<'import-words'>): Made {
    return this.importSecret({ ...request, kind: 'import-secret', secret: request.words })
  }

  inspectSecret({ secret }: RequestOf<'inspect-secret'>): Result<readonly SecretReading[], AppError> {
    return inspectSecretText(secret)
  }

  /** @errors those of the secret's form, and those of a new name and password */
  async importSecret(request: RequestOf<'import-secret'>): Made {
    const { secret, cryptoType, address } = request
    const source = openSecretText(secret, { ...(cryptoType ? { cryptoType } : {}), ...(address ? { address } : {}) })
    return source.ok ? this.#save(request.name, source.value, request) : source
  }

  inspectPolkadot(json: string): Result<readonly SecretReading[], AppError> {
    const told = inspectPolkadotJson(new TextEncoder().encode(json))
    if (!told.ok) return told
    const accounts = told.value.accounts
    return ok(
      accounts.map(({ address, cryptoType }) => ({
        form: 'polkadot-json',
        cryptoType: cryptoType ?? 'sr25519',
        address,
      })),
    )
  }

  /** @errors keys/wrong-password of the file, and those of a new name and password */
  async importPolkadot(request: RequestOf<'import-polkadot'>): Made {
    // Told before the slow work, not after it.
    const bad = nameError(request.name) ?? passwordError(request.password)
    if (bad) return err(bad)
    const file = new TextEncoder().encode(request.json)
    const source = await openPolkadotAccount(file, request)
    return source.ok ? this.#save(request.name, source.value, request) : source
  }

  /** @errors chain/bad-address */
  async importWatch({ name, source, cryptoType }: RequestOf<'import-watch'>): Made {
    const bad = nameError(name)
    if (bad) return err(bad)
    const text = source.trim()
    const told = text.startsWith('{') ? readPublicJson(new TextEncoder().encode(text)) : undefined
    const publicKey = publicKeyOf(told?.address ?? text)
    if (!publicKey) return err({ code: 'chain/bad-address', address: text.slice(0, 100) })
    const known = { publicKey, cryptoType: told?.cryptoType ?? cryptoType ?? 'sr25519' }
    const content = writePublicJson({ ...known, secretKey: new Uint8Array(0) })
    const written = await writeWallet(this.#wallets.root, name, [{ path: COLDKEY_PUBLIC, content }])
    return written.ok ? this.#wallets.infoNamed(name) : written
  }

  async inspectFolder(path: string): Promise<Result<readonly FoundWallet[], AppError>> {
    const single = await describeWallet(resolve(path))
    const found = single ? [single] : await walletsIn(resolve(path))
    if (found.length === 0) return err({ code: 'keys/keyfile-missing', file: join(path, COLDKEY_PUBLIC) })
    return ok(found.map(({ public: _known, format: _format, hasWords: _words, ...shown }) => shown))
  }

  async importFolder({ path, name }: RequestOf<'import-folder'>): Made {
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
    const written = await writeWallet(this.#wallets.root, name, files.value)
    for (const file of files.value) file.content.fill(0)
    return written.ok ? this.#wallets.infoNamed(name) : written
  }

  /** Encrypts first, as that takes the time and may fail; the name is claimed in one step at the end. */
  async #save(name: string, source: KeySource, sealing: Sealing): Made {
    const saved = await this.#written(name, source, sealing)
    if (!saved.ok) {
      wipeSource(source)
      return saved
    }
    source.seed?.fill(0)
    this.#wallets.opened.keep(name, { pair: source.pair, hasWords: source.words !== undefined })
    return this.#wallets.infoNamed(name)
  }

  async #written(name: string, source: KeySource, sealing: Sealing): Promise<Result<void, AppError>> {
    const bad = nameError(name)
    if (bad) return err(bad)
    if (await isNameTaken(this.#wallets.root, name)) return err({ code: 'keys/name-taken', name })
    const sealed = await this.#seal(source, sealing)
    if (!sealed.ok) return sealed
    return writeWallet(this.#wallets.root, name, [
      { path: COLDKEY, content: sealed.value },
      { path: COLDKEY_PUBLIC, content: writePublicJson(source.pair) },
    ])
  }
}

/** One account of an export. An export of several is sealed once more, and each account in it has its own password. */
async function openPolkadotAccount(
  file: Uint8Array,
  request: RequestOf<'import-polkadot'>,
): Promise<Result<KeySource, AppError>> {
  const told = inspectPolkadotJson(file)
  if (!told.ok) return told
  const { accounts, batch } = told.value
  const wanted = request.address ?? (accounts.length === 1 ? accounts[0]?.address : undefined)
  if (wanted === undefined) return err({ code: 'keys/unsupported', what: 'an export of several accounts, none chosen' })
  const at = accounts.findIndex(({ address }) => address === wanted)
  if (at < 0) return err({ code: 'keys/secret-differs', address: wanted })
  if (!batch) return openPolkadotJson(file, request.sourcePassword)
  const single = await unpackPolkadotBatch(file, request.sourcePassword)
  if (!single.ok) return single
  const account = single.value[at]
  if (!account) return err({ code: 'keys/secret-differs', address: wanted })
  return openPolkadotJson(account, request.accountPassword ?? request.sourcePassword)
}
