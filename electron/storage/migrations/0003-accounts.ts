/**
 * What the chain does not tell about accounts: the address behind the hash of an announced coldkey, members of shared
 * accounts, where pure proxies were made (without it `kill_pure` cannot name them), and calls of which the chain holds
 * the hash only. `network` keeps play money apart from real accounts; `genesis` names one chain.
 */
export const accounts = `
create table known_swaps (
  genesis text not null, coldkey text not null, new_coldkey text not null, hash text not null,
  primary key (genesis, coldkey, hash)
) strict, without rowid;
create table multisig_accounts (
  network text not null, address text not null, name text not null, threshold integer not null, members text not null,
  primary key (network, address)
) strict, without rowid;
create table pure_proxies (
  genesis text not null, address text not null, spawner text not null, proxy_type text not null, delay integer not null,
  disambiguation integer not null, height integer not null, ext_index integer not null,
  primary key (genesis, address)
) strict, without rowid;
create table acting_for (
  genesis text not null, delegate text not null, account text not null,
  primary key (genesis, delegate, account)
) strict, without rowid;
create table known_calls (
  genesis text not null, hash text not null, call text not null,
  primary key (genesis, hash)
) strict, without rowid;
`
