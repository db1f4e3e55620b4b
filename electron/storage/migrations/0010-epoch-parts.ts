/**
 * The parts of an epoch's row, and what was seen since the last one, as JSON with amounts as text. Rows and marks that are there
 * have none: what their epochs consisted of was not looked at, and unknown is not zero. No line of the ledger changes, so its
 * books stay.
 */
export const epochParts = `
alter table epoch_rows add column parts text;
alter table position_marks add column span text;
`
