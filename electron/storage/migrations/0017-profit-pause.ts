/** The pause of the rule of profit, as JSON: a program that is begun again goes on with it. Before there is none. */
export const profitPause = `
create table profit_pause (id integer primary key check (id = 1), body text not null) strict;
`
