/**
 * What a place cost at some blocks, who registered where and in which blocks that was looked for, and which places were ours.
 * A chain is named by the number that it has in the tables of the market. A span of blocks that was not watched is a gap, not
 * a time without registrations.
 *
 * Notices are told once each: `thing` names what one is about, and as long as it is `open` there is no second one of it.
 */
export const placesAndAlerts = `
create table place_prices (
  chain integer not null, netuid integer not null, block integer not null, price text not null,
  primary key (chain, netuid, block)
) strict, without rowid;
create table registrations_seen (
  chain integer not null, netuid integer not null, block integer not null, uid integer not null,
  primary key (chain, netuid, block, uid)
) strict, without rowid;
create table blocks_watched (
  chain integer not null, from_block integer not null, to_block integer not null,
  primary key (chain, from_block)
) strict, without rowid;
create table own_places (
  genesis text not null, netuid integer not null, uid integer not null, hotkey text not null, registered_at integer not null,
  primary key (genesis, netuid, uid)
) strict, without rowid;
create table notices (
  id integer primary key autoincrement, genesis text not null, thing text not null, open integer not null,
  seen integer not null, at_ms integer not null, body text not null
) strict;
create index notices_by_thing on notices (genesis, thing);
`
