import type { AppError } from '../../../shared/errors.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Signer, WalletInfo } from '../keys.port.ts'
import type { RequestOf } from '../wire.ts'
import type { RoleHandlers } from './dispatch.ts'
import { Exports } from './exports.ts'
import { HotkeyFiles } from './hotkey-files.ts'
import { wordList } from './mnemonic.ts'
import { NewWallets } from './new-wallets.ts'
import { calibratedSeal, type Seal } from './sealing.ts'
import type { LentKey, KeySource as SignerKeys } from './signer/key-source.ts'
import { Trash } from './trash.ts'
import { WalletChanges } from './wallet-changes.ts'
import { Wallets } from './wallets.ts'
import { diagnoseWords } from './word-diagnosis.ts'
import { WorkMeter } from './work-meter.ts'

export interface ColdRoomOptions {
  /** How new files are encrypted; default: at a cost measured on this computer. */
  readonly seal?: Seal
}

/** The coldkeys of this process, and everything that is done with wallet files. Signs with coldkeys only. */
export class ColdRoom implements SignerKeys {
  readonly meter = new WorkMeter()
  readonly #wallets: Wallets
  readonly #new: NewWallets
  readonly #changes: WalletChanges
  readonly #hotkeys: HotkeyFiles
  readonly #exports: Exports

  constructor(walletsFolder: string, options: ColdRoomOptions = {}) {
    const seal = options.seal ?? calibratedSeal(this.meter)
    this.#wallets = new Wallets(walletsFolder, this.meter)
    const trash = new Trash(this.#wallets.root)
    this.#new = new NewWallets(this.#wallets, seal)
    this.#changes = new WalletChanges(this.#wallets, seal, trash)
    this.#hotkeys = new HotkeyFiles(this.#wallets, seal, trash)
    this.#exports = new Exports(this.#wallets, seal)
  }

  handlers(): RoleHandlers {
    return {
      list: () => this.#wallets.list(),
      draft: ({ count }) => this.#new.draft(count),
      create: (request) => this.#new.create(request),
      'import-words': (request) => this.#new.importWords(request),
      'inspect-folder': ({ path }) => this.#new.inspectFolder(path),
      'import-folder': (request) => this.#new.importFolder(request),
      unlock: (request) => this.unlock(request),
      'word-list': () => ok(wordList()),
      'diagnose-words': ({ words, address }) => ok(diagnoseWords(new TextDecoder().decode(words), address)),
      'inspect-secret': (request) => this.#new.inspectSecret(request),
      'inspect-polkadot': ({ json }) => this.#new.inspectPolkadot(json),
      'import-secret': (request) => this.#new.importSecret(request),
      'import-polkadot': (request) => this.#new.importPolkadot(request),
      'import-watch': (request) => this.#new.importWatch(request),
      'reveal-words': (request) => this.#exports.revealWords(request),
      'nacl-coldkey': (request) => this.#exports.naclColdkey(request),
      'export-btwallet': (request) => this.#exports.exportBtwallet(request),
      'export-polkadot': (request) => this.#exports.exportPolkadot(request),
      'rename-wallet': (request) => this.#changes.rename(request),
      'rename-hotkey': (request) => this.#hotkeys.rename(request),
      'remove-wallet': ({ wallet }) => this.#changes.removeWallet(wallet),
      'remove-hotkey': (request) => this.#hotkeys.remove(request),
      'list-trash': () => this.#changes.listTrash(),
      restore: (request) => this.#changes.restore(request),
      'delete-forever': (request) => this.#changes.deleteForever(request),
      'change-password': (request) => this.#changes.changePassword(request),
      convert: (request) => this.#changes.convert(request),
      'create-hotkey': (request) => this.#hotkeys.create(request),
      'import-hotkey': (request) => this.#hotkeys.import(request),
      'import-hotkey-file': (request) => this.#hotkeys.importFile(request),
    }
  }

  /** @errors keys/unknown-wallet, keys/watch-only, keys/wrong-password, keys/keyfile-broken, … */
  async unlock({ wallet, password }: Omit<RequestOf<'unlock'>, 'kind'>): Promise<Result<WalletInfo, AppError>> {
    const facts = await this.#wallets.factsOf(wallet)
    if (!facts.ok) return facts
    const source = await this.#wallets.openColdkey(facts.value, password)
    if (!source.ok) return source
    await this.#changes.migrate(facts.value, password, source.value)
    source.value.seed?.fill(0)
    this.#wallets.opened.keep(wallet, { pair: source.value.pair, hasWords: source.value.words !== undefined })
    return this.#wallets.infoNamed(wallet)
  }

  /** The coldkey stays with us. Hotkeys are none of our business: they live in a process of their own. */
  async keyFor(wallet: string, signer: Signer): Promise<Result<LentKey, AppError>> {
    if (signer !== 'coldkey') return err({ code: 'keys/hotkey-locked', name: signer.hotkey })
    const opened = this.#wallets.opened.get(wallet)
    if (opened) return ok({ pair: opened.pair, release: () => undefined })
    const facts = await this.#wallets.factsOf(wallet)
    return facts.ok ? err({ code: 'keys/locked' }) : facts
  }
}
