/** Reads RFC 4180 text as a spreadsheet does: cells as text, a byte order mark skipped. */
export function readCsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = []
  let row: string[] = []
  const cell = /(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r\n|$)/gy
  const body = text.replace(/^\u{feff}/u, '')
  while (cell.lastIndex < body.length) {
    const match = cell.exec(body)
    if (!match) throw new Error(`no CSV after ${JSON.stringify(body.slice(-40))}`)
    row.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '')
    if (match[3] === ',') continue
    rows.push(row)
    row = []
  }
  return rows
}
