import type Database from 'better-sqlite3'
import { z } from 'zod'
import { placeList } from '../../shared/contract/place-lists.contract.ts'
import type { PlaceListStorage } from './place-lists.port.ts'

/** The table of migration 15. A row that cannot be read is not shown, and not deleted. @param guard turns what SQLite throws into a StorageFailure */
export function placeListTables(db: Database.Database, guard: <T>(run: () => T) => T): PlaceListStorage {
  return {
    placeLists: (genesis) =>
      guard(() =>
        db.prepare('select list from place_lists where genesis = ? order by started_at_ms, id').all(genesis),
      ).flatMap((row) => {
        const parsed = placeList.safeParse(readJson((row as { list: string }).list))
        return parsed.success ? [parsed.data] : []
      }),
    putPlaceList: (list) =>
      void guard(() =>
        db
          .prepare('insert or replace into place_lists values (?, ?, ?, ?)')
          .run(list.genesis, list.id, list.startedAtMs, JSON.stringify(z.encode(placeList, list))),
      ),
    removePlaceList: (genesis, id) =>
      guard(() => db.prepare('delete from place_lists where genesis = ? and id = ?').run(genesis, id).changes > 0),
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
