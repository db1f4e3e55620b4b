import type { AppError } from '../../../shared/errors.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { HotkeyInfo, Signer } from '../keys.port.ts'
import type { RequestOf } from '../wire.ts'
import type { RoleHandlers } from './dispatch.ts'
import { wipePair } from './keypair.ts'
import { OpenedKeys } from './opened-keys.ts'
import type { LentKey, KeySource as SignerKeys } from './signer/key-source.ts'
import { Wallets } from './wallets.ts'
import { WorkMeter } from './work-meter.ts'

const NO_PASSWORD = { trimmed: new Uint8Array(0) }

/**
 * The hotkeys of this process: unlocked ones are kept by their address, so that a wallet may be renamed while its miner
 * runs. Holds no coldkey and changes no file.
 */
export class HotRoom implements SignerKeys {
  readonly meter = new WorkMeter()
  readonly #wallets: Wallets
  readonly #opened = new OpenedKeys()

  constructor(walletsFolder: string) {
    this.#wallets = new Wallets(walletsFolder, this.meter)
  }

  handlers(): RoleHandlers {
    return {
      'unlock-hotkey': (request) => this.unlock(request),
      'lock-hotkey': (request) => this.lock(request),
      'unlocked-hotkeys': () => ok(this.#opened.names()),
    }
  }

  /** @errors keys/unknown-wallet, keys/unknown-hotkey, keys/wrong-password, … */
  async unlock(request: Omit<RequestOf<'unlock-hotkey'>, 'kind'>): Promise<Result<HotkeyInfo, AppError>> {
    const opened = await this.#wallets.openHotkey(request.wallet, request.hotkey, request.password)
    if (!opened.ok) return opened
    const { info, source } = opened.value
    source.seed?.fill(0)
    this.#opened.keep(info.address, { pair: source.pair, hasWords: source.words !== undefined })
    return ok({ ...info, unlocked: true })
  }

  /** @errors keys/unknown-wallet, keys/unknown-hotkey */
  async lock({ wallet, hotkey }: Omit<RequestOf<'lock-hotkey'>, 'kind'>): Promise<Result<null, AppError>> {
    const facts = await this.#wallets.hotkeyFacts(wallet, hotkey)
    if (!facts.ok) return facts
    this.#opened.drop(facts.value.info.address)
    return ok(null)
  }

  /** A plain hotkey is opened for one signature and wiped after it; a sealed one has to be unlocked. */
  async keyFor(wallet: string, signer: Signer): Promise<Result<LentKey, AppError>> {
    if (signer === 'coldkey') return err({ code: 'keys/locked' })
    const facts = await this.#wallets.hotkeyFacts(wallet, signer.hotkey)
    if (!facts.ok) return facts
    const kept = this.#opened.get(facts.value.info.address)
    if (kept) return ok({ pair: kept.pair, release: () => undefined })
    if (facts.value.info.encrypted) return err({ code: 'keys/hotkey-locked', name: signer.hotkey })
    const opened = await this.#wallets.openHotkey(wallet, signer.hotkey, NO_PASSWORD)
    if (!opened.ok) return opened
    const { source } = opened.value
    source.seed?.fill(0)
    return ok({ pair: source.pair, release: () => wipePair(source.pair) })
  }
}
