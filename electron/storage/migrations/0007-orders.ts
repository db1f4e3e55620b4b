/** Limit orders that were signed here; `text` is the order as JSON. Where each stands, the chain tells. */
export const orders = `
create table limit_orders (
  genesis text not null, order_id text not null, text text not null, signature text not null, signed_at_ms integer not null,
  primary key (genesis, order_id)
) strict, without rowid;
`
