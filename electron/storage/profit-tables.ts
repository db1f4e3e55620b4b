import type Database from 'better-sqlite3'
import { z } from 'zod'
import { profitSettings } from '../../shared/contract/profit.contract.ts'
import { wire } from '../../shared/contract/wire.ts'
import { profitProblem } from '../../shared/profit/profit-settings.ts'
import type { ProfitSlot } from '../../shared/profit/profit-slot.ts'
import type { Ss58 } from '../../shared/units/amounts.ts'
import { partsFromText } from './epoch-columns.ts'
import type { KeptPause, ProfitStorage } from './profit-storage.port.ts'

const use = z.object({ ms: z.number(), measuredMs: z.number(), wattHours: z.number() })
const slot = z.object({
  atMs: z.number().int(),
  off: use,
  mining: use,
  held: use,
  partial: z.boolean(),
  miner: z.object({ netuid: wire.netuid, hotkey: wire.ss58 }).optional(),
  price: z.object({ currency: z.string(), nanosPerTao: wire.units }).optional(),
}) satisfies z.ZodType<ProfitSlot>

const pause = z.object({
  genesis: z.string(),
  netuid: wire.netuid,
  hotkey: wire.ss58,
  sinceMs: z.number(),
}) satisfies z.ZodType<KeptPause>

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const epochColumns = z.object({
  hotkey: z.string(),
  epoch_block: z.number(),
  epochs: z.number().int(),
  at_ms: z.number(),
  price: z.string().nullable(),
  parts: z.string().nullable(),
})

/**
 * Incentive, wherever auto-stake sent it: what was destroyed is no income, and what another own hotkey sent here is that one's.
 * @param sent parts of the other rows of this epoch. @returns `undefined`: nobody looked, or the rows do not agree
 */
function minedBy(parts: string | null, hotkey: Ss58, sent: readonly (string | null)[]): bigint | undefined {
  const { mined, elsewhere } = partsFromText(parts) ?? {}
  if (mined === undefined) return undefined
  const arrived = sent.reduce((sum, other) => {
    const from = partsFromText(other)?.elsewhere
    return from?.hotkey === hotkey ? sum + from.alpha : sum
  }, 0n)
  return arrived > mined ? undefined : mined - arrived + (elsewhere?.hotkey === undefined ? 0n : elsewhere.alpha)
}

type Guard = <T>(run: () => T) => T

/** The tables of migrations 14 and 17. A row that cannot be read is not counted, and not deleted. */
export function profitTables(db: Database.Database, guard: Guard): ProfitStorage {
  return {
    profitSettings: () => {
      const row = guard(() => db.prepare('select body from profit_settings where id = 1').get())
      const parsed = profitSettings.safeParse(readJson((row as { body: string } | undefined)?.body ?? ''))
      return parsed.success && profitProblem(parsed.data) === undefined ? parsed.data : undefined
    },
    saveProfitSettings: (settings) =>
      void guard(() =>
        db
          .prepare('insert into profit_settings values (1, ?) on conflict (id) do update set body = excluded.body')
          .run(JSON.stringify(z.encode(profitSettings, settings))),
      ),
    profitPause: () => {
      const row = guard(() => db.prepare('select body from profit_pause where id = 1').get())
      const parsed = pause.safeParse(readJson((row as { body: string } | undefined)?.body ?? ''))
      return parsed.success ? parsed.data : undefined
    },
    saveProfitPause: (kept) =>
      void guard(() =>
        kept
          ? db.prepare('insert or replace into profit_pause values (1, ?)').run(JSON.stringify(z.encode(pause, kept)))
          : db.prepare('delete from profit_pause').run(),
      ),
    profitSlots: (genesis, fromMs) =>
      guard(() =>
        db
          .prepare('select body from profit_slots where genesis = ? and at_ms >= ? order by at_ms')
          .all(genesis, fromMs),
      ).flatMap((row) => {
        const parsed = slot.safeParse(readJson((row as { body: string }).body))
        return parsed.success ? [parsed.data] : []
      }),
    putProfitSlots: (genesis, slots, keepFromMs) =>
      guard(() =>
        db.transaction(() => {
          const put = db.prepare('insert or replace into profit_slots values (?, ?, ?)')
          for (const one of slots) put.run(genesis, one.atMs, JSON.stringify(z.encode(slot, one)))
          db.prepare('delete from profit_slots where genesis = ? and at_ms < ?').run(genesis, keepFromMs)
        })(),
      ),
    minedEpochs: (genesis, { coldkey, netuid, hotkey, fromMs }) => {
      const found = guard(() =>
        db
          .prepare(
            `select hotkey, epoch_block, epochs, at_ms, price, parts from epoch_rows
             where genesis = ? and coldkey = ? and netuid = ? and at_ms >= ?
               and (hotkey = ? or instr(parts, '"elsewhere"') > 0) order by epoch_block`,
          )
          .all(genesis, coldkey, netuid, fromMs, hotkey),
      )
      const rows = epochColumns.array().parse(found)
      const [own, others] = [rows.filter((row) => row.hotkey === hotkey), rows.filter((row) => row.hotkey !== hotkey)]
      const byBlock = Map.groupBy(others, (row) => row.epoch_block)
      return own.map((row) => ({
        ...{ netuid, hotkey, atMs: row.at_ms, epochs: row.epochs },
        alpha: minedBy(row.parts, hotkey, byBlock.get(row.epoch_block)?.map(({ parts }) => parts) ?? []),
        price: row.price === null ? undefined : BigInt(row.price),
      }))
    },
  }
}
