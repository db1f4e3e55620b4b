/**
 * Blocks in which nobody looked at the stake of a coldkey: those after `from_block`, through `through_block`. `marks` is where its
 * positions stood when looking ended, as JSON with amounts as text, so that an archive can go on from there. Where rows come
 * from is kept from now on; of older ones it is not known. What gaps there were before this version is not known either.
 */
export const earningsGaps = `
create table earnings_gaps (
  genesis text not null, coldkey text not null, from_block integer not null, through_block integer not null, marks text not null,
  primary key (genesis, coldkey, from_block)
) strict;
alter table epoch_rows add column via text;
`
