/**
 * First tables. Amounts are decimal text: SQLite's integers are signed 64 bit and would cut a u64.
 * `body` is the JSON of a record whose amounts are text, too.
 */
export const first = `
create table settings (id integer primary key check (id = 1), body text not null) strict;
create table transactions (
  id text primary key, genesis text not null, started_at_ms integer not null, body text not null
) strict;
create index transactions_by_time on transactions (genesis, started_at_ms desc);
create table position_marks (
  genesis text not null, coldkey text not null, hotkey text not null, netuid integer not null,
  block integer not null, alpha text not null, flows text not null,
  primary key (genesis, coldkey, hotkey, netuid)
) strict, without rowid;
create table booked_through (
  genesis text not null, coldkey text not null, block integer not null, primary key (genesis, coldkey)
) strict, without rowid;
create table epoch_rows (
  genesis text not null, coldkey text not null, hotkey text not null, netuid integer not null,
  epoch_block integer not null, stake_before text not null, stake_after text not null, flows text not null,
  earned text not null, price text, earned_tao text, source text not null, uid integer,
  epochs integer not null, at_ms integer not null,
  primary key (genesis, coldkey, hotkey, netuid, epoch_block)
) strict, without rowid;
create index epoch_rows_newest on epoch_rows (genesis, coldkey, epoch_block desc);
`
