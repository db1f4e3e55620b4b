import { join, resolve } from 'node:path'
import type { AppError } from '../../../shared/errors.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { HotkeyInfo, WalletInfo } from '../keys.port.ts'
import type { TypedPassword } from '../wire-parts.ts'
import type { PublicPart } from './key-json.ts'
import { type KeySource, wipeSource } from './key-source.ts'
import { weaknessesOf } from './keyfile-format.ts'
import { addressOf } from './keypair.ts'
import { nameError } from './names.ts'
import { openKeySource } from './open-keyfile.ts'
import { OpenedKeys } from './opened-keys.ts'
import {
  COLDKEY,
  COLDKEY_PUBLIC,
  describeWallet,
  type FolderFacts,
  HOTKEYS,
  isFolder,
  readKeyfile,
  walletsIn,
} from './wallet-folder.ts'
import type { WorkMeter } from './work-meter.ts'

type MeteredPassword = TypedPassword & { readonly onProgress: (share: number) => void }

/** A wallet whose address is known. */
export type KnownWallet = FolderFacts & { readonly public: PublicPart }

export interface OpenedHotkey {
  readonly info: HotkeyInfo
  readonly path: string
  readonly source: KeySource
}

/** The wallets of one folder: what they are, and their keys once a password opens them. */
export class Wallets {
  readonly root: string
  readonly opened = new OpenedKeys()
  readonly #meter: WorkMeter

  constructor(walletsFolder: string, meter: WorkMeter) {
    this.root = resolve(walletsFolder)
    this.#meter = meter
  }

  async list(): Promise<Result<readonly WalletInfo[], AppError>> {
    const found = await walletsIn(this.root)
    return ok(found.flatMap((facts) => (isKnown(facts) ? [this.#infoOf(facts)] : [])))
  }

  /** @errors keys/unknown-wallet */
  async factsOf(wallet: string): Promise<Result<KnownWallet, AppError>> {
    const path = join(this.root, wallet)
    const facts = !nameError(wallet) && (await isFolder(path)) ? await describeWallet(path) : undefined
    return facts && isKnown(facts) ? ok(facts) : err({ code: 'keys/unknown-wallet', name: wallet })
  }

  /** @errors keys/unknown-wallet */
  async infoNamed(wallet: string): Promise<Result<WalletInfo, AppError>> {
    const facts = await this.factsOf(wallet)
    return facts.ok ? ok(this.#infoOf(facts.value)) : facts
  }

  /** @errors keys/unknown-wallet, keys/unknown-hotkey */
  async hotkeyFacts(wallet: string, hotkey: string): Promise<Result<{ info: HotkeyInfo; path: string }, AppError>> {
    const facts = await this.factsOf(wallet)
    if (!facts.ok) return facts
    const info = facts.value.hotkeys.find(({ name }) => name === hotkey)
    if (!info) return err({ code: 'keys/unknown-hotkey', name: hotkey })
    return ok({ info, path: join(facts.value.path, HOTKEYS, hotkey) })
  }

  /**
   * Opens a coldkey. The caller wipes it.
   * @errors keys/watch-only, keys/keyfile-broken (also when it is the key of another account), and those of its format
   */
  async openColdkey(facts: KnownWallet, password: TypedPassword): Promise<Result<KeySource, AppError>> {
    if (facts.watchOnly) return err({ code: 'keys/watch-only', name: facts.name })
    const opened = await openFile(join(facts.path, COLDKEY), this.#metered(password))
    return opened.ok ? checked(opened.value, facts.public, join(facts.path, COLDKEY)) : opened
  }

  /** Opens a hotkey. The caller wipes it. A plain one opens with any password: there is none to check. */
  async openHotkey(wallet: string, hotkey: string, password: TypedPassword): Promise<Result<OpenedHotkey, AppError>> {
    const facts = await this.hotkeyFacts(wallet, hotkey)
    if (!facts.ok) return facts
    const opened = await openFile(facts.value.path, this.#metered(password))
    if (!opened.ok) return opened
    const source = checked(opened.value, facts.value.info, facts.value.path)
    return source.ok ? ok({ ...facts.value, source: source.value }) : source
  }

  #metered(password: TypedPassword): MeteredPassword {
    return { ...password, onProgress: this.#meter.report }
  }

  #infoOf(facts: KnownWallet): WalletInfo {
    const { name, watchOnly, encrypted, format, hotkeys } = facts
    const opened = this.opened.get(name)
    const hasWords = opened ? (opened.hasWords ? 'yes' : 'no') : facts.hasWords
    const about = { format, weaknesses: weaknessesOf(format), hasWords, unlocked: opened !== undefined }
    return { name, ...facts.public, watchOnly, encrypted, ...about, hotkeys }
  }
}

const isKnown = (facts: FolderFacts): facts is KnownWallet => facts.public !== undefined

async function openFile(path: string, password: MeteredPassword): Promise<Result<KeySource, AppError>> {
  const file = await readKeyfile(path)
  if (!file.ok) return file
  if (!file.value) return err({ code: 'keys/keyfile-missing', file: path })
  const source = await openKeySource(file.value, path, password)
  file.value.fill(0)
  return source
}

function checked(source: KeySource, known: Pick<PublicPart, 'address'>, path: string): Result<KeySource, AppError> {
  if (addressOf(source.pair.publicKey) === known.address) return ok(source)
  wipeSource(source)
  return err({ code: 'keys/keyfile-broken', file: path, reason: `another account than ${COLDKEY_PUBLIC} says` })
}
