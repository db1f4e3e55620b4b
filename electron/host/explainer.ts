import type { AppError } from '../../shared/errors.ts'
import { StorageFailure } from '../storage/storage.port.ts'
import type { HostPorts } from './host-parts.ts'

/** What a person is told of a storage that cannot be opened or written. */
export function storageError({ kind, path, message }: StorageFailure): AppError {
  switch (kind) {
    case 'disk-full':
      return { code: 'storage/disk-full', path, neededBytes: 0 }
    case 'broken':
      return { code: 'storage/broken', path, reason: message }
    case 'newer-version':
      return { code: 'storage/newer-version', path }
    case 'in-use':
      return { code: 'host/data-folder-in-use', path }
  }
}

/** A full disk is the user's to mend, so it gets its own code; everything else thrown is our bug. */
export function explainer({ log, random }: Pick<HostPorts, 'log' | 'random'>): (cause: unknown) => AppError {
  return (cause) => {
    if (cause instanceof StorageFailure) {
      const { kind, path, message } = cause
      log.log('error', `storage.${kind}`, { path, reason: message })
      return storageError(cause)
    }
    const incident = random.uuid().slice(0, 8)
    log.log('error', 'internal', {
      incident,
      reason: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause),
    })
    return { code: 'internal', incident }
  }
}
