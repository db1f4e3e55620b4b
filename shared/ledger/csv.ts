/**
 * One cell. Text is guarded: a spreadsheet would run what begins with `=`, `+`, `-`, `@` (or their wide forms, or a tab) as
 * a formula, and names of subnets come from strangers; such text gets a leading apostrophe, also behind a mark at which a
 * spreadsheet of another language would part it. Numbers are ours, and stay
 * numbers, negative ones too.
 */
export type Cell =
  | { readonly text: string }
  /** Decimal text, or `undefined` for an empty cell. */
  | { readonly number: string | undefined }

/** RFC 4180: fields by commas, lines by CRLF, quotes around what needs them. */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(written).join(',')}\r\n`

/**
 * Files begin with it: without the mark, the most used spreadsheet reads UTF-8 as its local code page, and names of subnets
 * are in any script. Others know and skip it.
 */
export const BYTE_ORDER_MARK = '\u{feff}'

const NUMBER = /^-?\d+(\.\d+)?$/
// A formula may hide behind blanks and invisible characters, which some programs cut off first.
const FORMULA = /^[\s\p{Cf}\p{Cc}]*[=+\-@＝＋－＠]|^[\t\r\n]/u

function written(cell: Cell): string {
  if ('number' in cell) {
    const { number } = cell
    return number === undefined ? '' : NUMBER.test(number) ? number : quoted(guarded(number))
  }
  return quoted(guarded(cell.text))
}

// Where decimals have a comma, the most used spreadsheet parts lines at `;`, some programs at tabs; quotes amid a line do not hold
// there, so that a name would begin cells of its own behind such a mark, and rows behind a line break.
const BEHIND_MARK = /([;|\t\r\n][\s\p{Cf}\p{Cc}]*)(?=[=+\-@＝＋－＠])/gu
const guarded = (text: string): string => (FORMULA.test(text) ? `'${text}` : text).replace(BEHIND_MARK, "$1'")
const quoted = (text: string): string => (/[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
