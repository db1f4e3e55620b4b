import type { KeysPort } from './keys.port.ts'
import type { SwitchingKeys, WalletsOf } from './switching-keys.port.ts'

/** Two signers behind one door: wallets of the practice network never stand among real ones. */
export function switchingKeys(keys: Readonly<Record<WalletsOf, KeysPort>>): SwitchingKeys {
  let current: WalletsOf = 'real'
  /** One switch after the other, so that the one asked for last is the one that stays. */
  let switching: Promise<void> = Promise.resolve()
  /** The signer once no switch is under way: what is asked meanwhile does not end with the one that is left. */
  const settled = async () => {
    let seen: Promise<void>
    do {
      seen = switching
      await seen
    } while (seen !== switching)
    return keys[current]
  }
  const both = (listen: (port: KeysPort) => () => void) => {
    const stops = [listen(keys.real), listen(keys.practice)]
    return () => {
      for (const stop of stops) stop()
    }
  }
  return {
    use(wallets) {
      switching = switching.then(async () => {
        if (wallets === current) return
        await keys[current].lockAll()
        current = wallets
      })
      return switching
    },
    list: async () => (await settled()).list(),
    sealingKey: async (channel) => (await settled()).sealingKey(channel),
    draft: async (count, sealTo) => (await settled()).draft(count, sealTo),
    create: async (request) => (await settled()).create(request),
    importWords: async (request) => (await settled()).importWords(request),
    inspectFolder: async (path) => (await settled()).inspectFolder(path),
    importFolder: async (request) => (await settled()).importFolder(request),
    manage: async (operation) => (await settled()).manage(operation),
    unlock: async (wallet, password) => (await settled()).unlock(wallet, password),
    sign: async (request) => (await settled()).sign(request),
    signShielded: async (request) => (await settled()).signShielded(request),
    signOrder: async (request) => (await settled()).signOrder(request),
    read: async (request) => (await settled()).read(request),
    policy: async (wallet) => (await settled()).policy(wallet),
    setPolicy: async (request) => (await settled()).setPolicy(request),
    cancelLoosening: async (wallet) => (await settled()).cancelLoosening(wallet),
    audit: async (request) => (await settled()).audit(request),
    exportAudit: async (request) => (await settled()).exportAudit(request),
    signMessage: async (request) => (await settled()).signMessage(request),
    beginAnswers: async (request) => (await settled()).beginAnswers(request),
    signAnswer: async (request) => (await settled()).signAnswer(request),
    endAnswers: async (request) => (await settled()).endAnswers(request),
    verifyMessage: async (request) => (await settled()).verifyMessage(request),
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
