/**
 * The address book, per kind of network, and the transfers of own accounts that were seen in blocks.
 * `name_key` is the name as two people would compare it, so that no two entries look the same.
 */
export const addresses = `
create table address_book (
  network text not null, address text not null, name text not null, name_key text not null, note text not null,
  added_at_ms integer not null,
  primary key (network, address)
) strict, without rowid;
create unique index address_book_names on address_book (network, name_key);
create table transfers_seen (
  genesis text not null, block integer not null, position integer not null,
  sender text not null, recipient text not null, amount text not null,
  primary key (genesis, block, position)
) strict, without rowid;
create table transfers_through (genesis text primary key, block integer not null) strict, without rowid;
`
