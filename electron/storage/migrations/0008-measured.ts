/**
 * What each epoch paid to those who stake to a validator: 1e-9 alpha as text, by the block of the epoch. A year is told from at
 * least a day of them.
 * `before` of a line of the ledger: 1e-9 alpha that the lines before it explain, where a position is counted anew after a gap.
 */
export const measured = `
create table validator_epochs (
  chain integer not null, netuid integer not null, epoch_block integer not null, hotkey text not null,
  dividends text not null, stake text not null,
  primary key (chain, netuid, epoch_block, hotkey)
) strict, without rowid;
alter table ledger_entries add column before text;
`
