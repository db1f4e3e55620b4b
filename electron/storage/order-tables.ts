import type Database from 'better-sqlite3'
import { wireLimitOrder } from '../../shared/contract/intent-wire.ts'
import type { OrderStorage } from './order-storage.port.ts'

type Row = Record<string, string | number | null>

/** The table of migration 7. @param guard turns what SQLite throws into a StorageFailure */
export function orderTables(db: Database.Database, guard: <T>(run: () => T) => T): OrderStorage {
  return {
    signedOrders: (genesis) =>
      guard(
        () =>
          db
            .prepare('select * from limit_orders where genesis = ? order by signed_at_ms desc, order_id')
            .all(genesis) as Row[],
      ).map((row) => ({
        orderId: String(row['order_id']),
        order: wireLimitOrder.parse(JSON.parse(String(row['text']))),
        signature: String(row['signature']),
        signedAtMs: Number(row['signed_at_ms']),
      })),
    putSignedOrder: (genesis, { orderId, order, signature, signedAtMs }) =>
      guard(
        () =>
          void db
            .prepare('insert or ignore into limit_orders values (?, ?, ?, ?, ?)')
            .run(genesis, orderId, JSON.stringify(wireLimitOrder.encode(order)), signature, signedAtMs),
      ),
  }
}
