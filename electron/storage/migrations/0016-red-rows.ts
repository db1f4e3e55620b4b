/**
 * A row whose account does not close is red also where a cause of it is known; only what shares were rounded by is not. The sums and
 * the order hold which rows are red: both are made anew from all rows right after this step.
 */
export const redRows = `
delete from earnings_sums;
delete from earnings_order;
`
