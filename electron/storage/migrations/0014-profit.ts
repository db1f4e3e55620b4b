/**
 * What the computer drew by quarters of an hour, and what a person said for the reckoning of profit, as JSON with amounts as text. Before
 * there is nothing: power was summed by days, and a day's sum does not tell which hours of a tariff it fell into.
 */
export const profit = `
create table profit_slots (
  genesis text not null, at_ms integer not null, body text not null, primary key (genesis, at_ms)
) strict, without rowid;
create table profit_settings (id integer primary key check (id = 1), body text not null) strict;
`
