import { SUM_COLUMNS } from '../earnings-columns.ts'

/**
 * Sums of `epoch_rows` by days and by 32 days, so that a view of a million rows reads few of them, and the order of the rows in time.
 * Both hold numbers only: `chain` and keys are those of the ledger. They are written in the transaction that writes their rows, and
 * made anew from all rows where they are missing, as they are right after this step.
 * `cube` is what a sum tells apart: 0 nothing, 1 netuid, 2 hotkey, 3 both; what it does not is -1. `level` 0 is a day, 1 are 32 of
 * them; `slot` is its number since 1970, UTC. Amounts are in two columns, whole units and the rest of 1e-9: sums of u64 do not
 * fit into one.
 */
export const earningsSums = `
create table earnings_sums (
  chain integer not null, account integer not null, cube integer not null, level integer not null, slot integer not null,
  netuid integer not null, hotkey integer not null, ${SUM_COLUMNS.map((name) => `${name} integer not null`).join(', ')},
  first_at integer not null, first_stake text not null, first_price text,
  last_at integer not null, last_stake text not null, last_price text,
  primary key (chain, account, cube, level, slot, netuid, hotkey)
) strict, without rowid;
create index earnings_sums_of on earnings_sums (chain, account, cube, level, netuid, hotkey, slot);
create table earnings_order (
  chain integer not null, account integer not null, at_ms integer not null, block integer not null, netuid integer not null,
  hotkey integer not null, red integer not null,
  primary key (chain, account, at_ms, block, netuid, hotkey)
) strict, without rowid;
create index earnings_red on earnings_order (chain, account, at_ms) where red = 1;
`
