import type Database from 'better-sqlite3'
import { z } from 'zod'
import { moveQueue } from '../../shared/contract/staking.contract.ts'
import type { QueueStorage } from './queue-storage.port.ts'

/** The table of migration 6. A row that cannot be read is not shown, and not deleted. @param guard turns what SQLite throws into a StorageFailure */
export function queueTables(db: Database.Database, guard: <T>(run: () => T) => T): QueueStorage {
  return {
    moveQueues: (genesis) =>
      guard(() =>
        db.prepare('select queue from move_queues where genesis = ? order by started_at_ms').all(genesis),
      ).flatMap((row) => {
        const parsed = moveQueue.safeParse(readJson((row as { queue: string }).queue))
        return parsed.success ? [parsed.data] : []
      }),
    putMoveQueue: (queue) =>
      void guard(() =>
        db
          .prepare('insert or replace into move_queues values (?, ?, ?, ?)')
          .run(queue.genesis, queue.id, queue.startedAtMs, JSON.stringify(z.encode(moveQueue, queue))),
      ),
    removeMoveQueue: (genesis, id) =>
      guard(() => db.prepare('delete from move_queues where genesis = ? and id = ?').run(genesis, id).changes > 0),
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
