/** Lists of stake moves that are signed one after the other: what was agreed to, and how far it is. */
export const moveQueues = `
create table move_queues (
  genesis text not null, id text not null, started_at_ms integer not null, queue text not null,
  primary key (genesis, id)
) strict, without rowid;
`
