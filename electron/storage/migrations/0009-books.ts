/**
 * Lot books as they stood behind a line of the ledger (`seq`, `cursor`), in pieces of text. They are worth something only while no
 * line up to there came, went or changed: what writes such a line deletes them in the same transaction, and so must a later
 * migration that changes lines. `rules`: by which rules they were made; `whole`: all pieces are there.
 * Numbers of books are never given again, so that pieces of a deleted one cannot end up in another.
 */
export const books = `
create table ledger_books (
  id integer primary key autoincrement, chain integer not null, rules integer not null, method text not null, own text not null,
  seq integer not null, cursor text not null, lines integer not null, whole integer not null default 0
) strict;
create table ledger_book_pieces (
  book integer not null references ledger_books (id) on delete cascade, place integer not null, body text not null,
  primary key (book, place)
) strict;
`
