import type { MoveQueue } from '../../shared/staking/move-queue.ts'

/** Part of the storage: lists of moves that are not through yet. Each method is one transaction. */
export interface QueueStorage {
  /** Oldest first. */
  moveQueues(genesis: string): readonly MoveQueue[]
  putMoveQueue(queue: MoveQueue): void
  /** @returns false when there was none. */
  removeMoveQueue(genesis: string, id: string): boolean
}
