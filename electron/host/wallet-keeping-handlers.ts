import type { AppContract, Handlers } from '../../shared/contract/contract.ts'
import { ok } from '../../shared/result.ts'
import type { Services } from './create-host.ts'
import { followed } from './followed.ts'

type Names = keyof typeof import('../../shared/contract/wallet-keeping.contract.ts').walletKeepingContract

/** Contract words on the left, words of the keys process on the right. */
export function walletKeepingHandlers({ wallets }: Services): Pick<Handlers<AppContract>, Names> {
  return {
    'wallet.wordList': () => wallets.manage({ kind: 'word-list' }),
    'wallet.work': (_input, emit, signal) =>
      followed(
        (listener) => wallets.onWork(listener),
        () => emit(wallets.works()),
        signal,
      ),
    'wallet.diagnoseWords': (request) => wallets.manage({ kind: 'diagnose-words', ...request }),
    'wallet.inspectSecret': (request) => wallets.manage({ kind: 'inspect-secret', ...request }),
    'wallet.importSecret': ({ format, ...request }) =>
      wallets.manage({ kind: 'import-secret', ...request, format: format ?? 'vault' }),
    'wallet.inspectPolkadotJson': (request) => wallets.manage({ kind: 'inspect-polkadot', ...request }),
    'wallet.importPolkadotJson': ({ format, ...request }) =>
      wallets.manage({ kind: 'import-polkadot', ...request, format: format ?? 'vault' }),
    'wallet.importWatchOnly': (request) => wallets.manage({ kind: 'import-watch', ...request }),
    'wallet.revealWords': ({ name, ...request }) => wallets.manage({ kind: 'reveal-words', wallet: name, ...request }),
    'wallet.exportBtwallet': async ({ name, ...request }) => {
      const written = await wallets.manage({ kind: 'export-btwallet', wallet: name, ...request })
      return written.ok ? ok({ path: written.value }) : written
    },
    'wallet.exportPolkadotJson': async ({ name, ...request }) => {
      const file = await wallets.manage({ kind: 'export-polkadot', wallet: name, ...request })
      const about = request.hotkey === undefined ? name : `${name}-${request.hotkey}`
      return file.ok ? ok({ fileName: `${about}.json`, json: file.value }) : file
    },
    'wallet.rename': ({ name, newName }) => wallets.manage({ kind: 'rename-wallet', wallet: name, name: newName }),
    'wallet.changePassword': ({ name, ...request }) =>
      wallets.manage({ kind: 'change-password', wallet: name, ...request }),
    'wallet.convert': ({ name, ...request }) => wallets.manage({ kind: 'convert', wallet: name, ...request }),
    'wallet.remove': ({ name }) => wallets.manage({ kind: 'remove-wallet', wallet: name }),
    'wallet.trash': () => wallets.manage({ kind: 'list-trash' }),
    'wallet.restore': ({ id, newName }) => wallets.manage({ kind: 'restore', id, name: newName }),
    'wallet.deleteForever': (request) => wallets.manage({ kind: 'delete-forever', ...request }),
    'wallet.createHotkey': (request) => wallets.manage({ kind: 'create-hotkey', ...request }),
    'wallet.importHotkey': (request) => wallets.manage({ kind: 'import-hotkey', ...request }),
    'wallet.importHotkeyFile': (request) => wallets.manage({ kind: 'import-hotkey-file', ...request }),
    'wallet.renameHotkey': ({ wallet, name, newName }) =>
      wallets.manage({ kind: 'rename-hotkey', wallet, hotkey: name, name: newName }),
    'wallet.removeHotkey': ({ wallet, name }) => wallets.manage({ kind: 'remove-hotkey', wallet, hotkey: name }),
    'wallet.unlockHotkey': ({ wallet, name, password }) =>
      wallets.manage({ kind: 'unlock-hotkey', wallet, hotkey: name, password }),
    'wallet.lockHotkey': ({ wallet, name }) => wallets.manage({ kind: 'lock-hotkey', wallet, hotkey: name }),
  }
}
