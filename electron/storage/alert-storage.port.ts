import type { Alert, Notice } from '../../shared/alerts/alert.ts'

/** Part of the storage: what a person was told of. Each method is one transaction. The newest 500 notices are kept. */
export interface AlertStorage {
  /** Newest first. One that an older or foreign writer left is not shown. */
  notices(genesis: string, limit: number): readonly Notice[]
  unreadNotices(genesis: string): number
  /**
   * @param told.notBefore of the same thing, when it was closed: told later than this, it is not told again, ms
   * @returns `undefined`: the same thing was told already
   */
  putNotice(
    genesis: string,
    told: { readonly alert: Alert; readonly atMs: number; readonly notBefore: number },
  ): Notice | undefined
  /** The state that it told of is over: it may be told again. */
  closeNotice(genesis: string, alert: Alert): void
  /** @param upTo id; those up to this one */
  markNoticesRead(genesis: string, upTo: number): void
}
