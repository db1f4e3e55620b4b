/** Lists of registrations that are bought one after the other: what was agreed to, and how far it is, as JSON with amounts as text. */
export const placeLists = `
create table place_lists (
  genesis text not null, id text not null, started_at_ms integer not null, list text not null,
  primary key (genesis, id)
) strict, without rowid;
`
