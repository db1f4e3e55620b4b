import { readAddress } from '../../shared/addresses/read-address.ts'
import type { AppError } from '../../shared/errors.ts'
import { type CallerLists, NO_CALLER_LISTS } from '../../shared/mining/caller-lists.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { Ss58 } from '../../shared/units/amounts.ts'
import type { AxonPort } from '../axon/axon.port.ts'
import type { ChainPort } from '../chain/chain.port.ts'
import type { SettingsService } from './settings.service.ts'

export interface CallerListsDeps {
  readonly axon: Pick<AxonPort, 'setCallerLists'>
  readonly chain: Pick<ChainPort, 'isAddress'>
  readonly settings: Pick<SettingsService, 'get' | 'remember'>
}

/** As much of a wrong line as an error carries. */
const SHOWN = 80

/** Hotkeys that the miner never answers, and those that alone it answers: kept in the settings, followed at once. */
export class CallerListsService {
  readonly #deps: CallerListsDeps

  constructor(deps: CallerListsDeps) {
    this.#deps = deps
    deps.axon.setCallerLists(this.get())
  }

  get(): CallerLists {
    return this.#deps.settings.get().callerLists ?? NO_CALLER_LISTS
  }

  /** @errors mining/bad-caller for the first line that is no address; then nothing is changed */
  set(typed: {
    readonly denied: readonly string[]
    readonly allowed?: readonly string[] | undefined
  }): Result<CallerLists, AppError> {
    const denied = this.#read(typed.denied)
    if (!denied.ok) return denied
    const allowed = typed.allowed && this.#read(typed.allowed)
    if (allowed && !allowed.ok) return allowed
    const callerLists: CallerLists = { denied: denied.value, ...(allowed ? { allowed: allowed.value } : {}) }
    this.#deps.settings.remember({ callerLists })
    this.#deps.axon.setCallerLists(callerLists)
    return ok(callerLists)
  }

  #read(lines: readonly string[]): Result<readonly Ss58[], AppError> {
    const read = new Set<Ss58>()
    for (const line of lines) {
      const address = readAddress(line)
      const text = line.slice(0, SHOWN)
      if (!address.ok) return err({ code: 'mining/bad-caller', text, problem: address.error.problem })
      if (!this.#deps.chain.isAddress(address.value))
        return err({ code: 'mining/bad-caller', text, problem: 'checksum' })
      read.add(address.value)
    }
    return ok([...read])
  }
}
