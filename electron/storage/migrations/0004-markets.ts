/**
 * What the market of subnet tokens looked like at some blocks, for change and charts: a plain node forgets its state after
 * about an hour. `whole` tells a look at all subnets from one at a single subnet. Amounts are whole numbers as text, because
 * SQLite's integers end at 2^63; a price is in rao per alpha, null where the chain gave none. A chain is named by its genesis.
 */
export const markets = `
create table market_chains (id integer primary key, genesis text not null unique) strict;
create table market_moments (
  chain integer not null, block integer not null, at_ms integer not null, whole integer not null,
  primary key (chain, block)
) strict, without rowid;
create table market_points (
  chain integer not null, netuid integer not null, block integer not null, price text, tao_in text not null,
  alpha_in text not null, alpha_out text not null, volume text,
  primary key (chain, netuid, block)
) strict, without rowid;
create table favourite_subnets (
  genesis text not null, netuid integer not null,
  primary key (genesis, netuid)
) strict, without rowid;
`
