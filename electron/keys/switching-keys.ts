import type { KeysPort } from './keys.port.ts'
import type { SwitchingKeys, WalletsOf } from './switching-keys.port.ts'

/** Two signers behind one door: wallets of the practice network never stand among real ones. */
export function switchingKeys(keys: Readonly<Record<WalletsOf, KeysPort>>): SwitchingKeys {
  let current: WalletsOf = 'real'
  const now = () => keys[current]
  return {
    async use(wallets) {
      if (wallets === current) return
      await now().lock()
      current = wallets
    },
    list: () => now().list(),
    draft: () => now().draft(),
    create: (request) => now().create(request),
    importWords: (request) => now().importWords(request),
    inspectFolder: (path) => now().inspectFolder(path),
    importFolder: (request) => now().importFolder(request),
    createHotkey: (request) => now().createHotkey(request),
    unlock: (wallet, password) => now().unlock(wallet, password),
    sign: (request) => now().sign(request),
    async lock() {
      await Promise.all([keys.real.lock(), keys.practice.lock()])
    },
    onLocked(listener) {
      const stops = [keys.real.onLocked(listener), keys.practice.onLocked(listener)]
      return () => {
        for (const stop of stops) stop()
      }
    },
  }
}
