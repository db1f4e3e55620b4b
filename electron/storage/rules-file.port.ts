import type { GoFilePort } from './go-file.port.ts'

/** Where rules for a price are kept between two starts. */
export interface RulesFilePort extends GoFilePort {
  /** What was written last; `undefined`: nothing was. @throws StorageFailure it is there, and cannot be read now */
  read(): string | undefined
  /** What is there is kept under another name as well, which nothing else has. @throws StorageFailure */
  keepAside(): void
  /** Paths of what was kept aside and not taken away by a person since. */
  aside(): readonly string[]
}
