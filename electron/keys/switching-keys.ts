import type { KeysPort } from './keys.port.ts'
import type { SwitchingKeys, WalletsOf } from './switching-keys.port.ts'

/** Two signers behind one door: wallets of the practice network never stand among real ones. */
export function switchingKeys(keys: Readonly<Record<WalletsOf, KeysPort>>): SwitchingKeys {
  let current: WalletsOf = 'real'
  const now = () => keys[current]
  const both = (listen: (port: KeysPort) => () => void) => {
    const stops = [listen(keys.real), listen(keys.practice)]
    return () => {
      for (const stop of stops) stop()
    }
  }
  return {
    async use(wallets) {
      if (wallets === current) return
      await now().lockAll()
      current = wallets
    },
    list: () => now().list(),
    sealingKey: (channel) => now().sealingKey(channel),
    draft: (count, sealTo) => now().draft(count, sealTo),
    create: (request) => now().create(request),
    importWords: (request) => now().importWords(request),
    inspectFolder: (path) => now().inspectFolder(path),
    importFolder: (request) => now().importFolder(request),
    manage: (operation) => now().manage(operation),
    unlock: (wallet, password) => now().unlock(wallet, password),
    sign: (request) => now().sign(request),
    signShielded: (request) => now().signShielded(request),
    signOrder: (request) => now().signOrder(request),
    read: (request) => now().read(request),
    policy: (wallet) => now().policy(wallet),
    setPolicy: (request) => now().setPolicy(request),
    cancelLoosening: (wallet) => now().cancelLoosening(wallet),
    audit: (request) => now().audit(request),
    exportAudit: (request) => now().exportAudit(request),
    signMessage: (request) => now().signMessage(request),
    beginAnswers: (request) => now().beginAnswers(request),
    signAnswer: (request) => now().signAnswer(request),
    endAnswers: (request) => now().endAnswers(request),
    verifyMessage: (request) => now().verifyMessage(request),
    async lock() {
      await Promise.all([keys.real.lock(), keys.practice.lock()])
    },
    async lockAll() {
      await Promise.all([keys.real.lockAll(), keys.practice.lockAll()])
    },
    onLocked: (listener) => both((port) => port.onLocked(listener)),
    onWork: (listener) => both((port) => port.onWork(listener)),
  }
}
