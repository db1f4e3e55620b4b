import type { StorageFailure } from '../storage/storage.port.ts'

/** Said in a box before there is a window: what is wrong, where, and what to do. */
export function startFailure({ kind, path, message }: StorageFailure): string {
  switch (kind) {
    case 'in-use':
      return `Taoforge runs already, without a window or for a question from a terminal, and uses ${path}. End it there, or wait a moment.`
    case 'disk-full':
      return `There is no room left to write ${path}. Make room and start again; nothing was changed.`
    case 'newer-version':
      return `${path} was written by a newer Taoforge, which is needed to open it. Nothing was changed.`
    case 'broken':
      return `${path} is damaged (${message}). It was left as it is. Move it away to begin a new one; wallets and their keys are not in it.`
  }
}
