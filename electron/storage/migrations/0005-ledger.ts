/**
 * The ledger. `seq` is block × 2^27 + the place within the block, so that one number orders all lines of a chain; `kind` is
 * the index in `ENTRY_KINDS`; keys stand for addresses. `netuid` is -1 where a line has none, so that an index can hold it.
 * `ledger_blocks` keeps the hash by which lines are known: of blocks that are not final yet, of recent ones, and of those
 * with lines. `ledger_spans` are the blocks that were looked at; what lies between them is a gap.
 * What earlier versions booked of epochs is taken over: kind 2 is a reward, 3 an epoch that left less than before.
 */
export const ledger = `
create table ledger_chains (
  id integer primary key, genesis text not null unique, final_through integer not null default -1
) strict;
create table ledger_keys (id integer primary key, address text not null unique) strict;
create table ledger_blocks (
  chain integer not null, number integer not null, hash text not null, parent text not null, at_ms integer not null,
  primary key (chain, number)
) strict, without rowid;
create table ledger_spans (
  chain integer not null, account integer not null, from_block integer not null, to_block integer not null,
  primary key (chain, account, from_block)
) strict, without rowid;
create table ledger_entries (
  chain integer not null, account integer not null, seq integer not null, kind integer not null, netuid integer not null,
  at_ms integer not null, hotkey integer, to_hotkey integer, other integer, tao text not null, alpha text not null,
  worth text, fee_tao text, fee_alpha text, price text, extrinsic integer, mined integer, epochs integer,
  primary key (chain, account, seq)
) strict, without rowid;
create index ledger_by_kind on ledger_entries (chain, account, kind, seq);
create index ledger_by_netuid on ledger_entries (chain, account, netuid, seq);
create index ledger_by_both on ledger_entries (chain, account, kind, netuid, seq);
insert into ledger_chains (genesis) select distinct genesis from epoch_rows;
insert into ledger_keys (address) select coldkey from epoch_rows union select hotkey from epoch_rows;
insert into ledger_entries
  select c.id, a.id,
    r.epoch_block * 134217728 + 67108864 + r.netuid * 512
      + row_number() over (partition by r.genesis, r.coldkey, r.netuid, r.epoch_block order by r.hotkey) - 1,
    case when r.earned like '-%' then 3 else 2 end, r.netuid, r.at_ms, h.id, null, null, '0', r.earned,
    r.earned_tao, null, null, r.price, null, r.source = 'mined', r.epochs
  from epoch_rows r join ledger_chains c on c.genesis = r.genesis
  join ledger_keys a on a.address = r.coldkey join ledger_keys h on h.address = r.hotkey
  where r.earned <> '0';
`
