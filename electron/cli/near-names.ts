/** Letters that have to be typed, left out or changed to make one name of the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1]
    for (let j = 0; j < b.length; j += 1) {
      const replaced = (row[j] ?? 0) + (letter === b[j] ? 0 : 1)
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}

const MOST = 3

/**
 * What may have been meant by a name that there is not, nearest first, three at most: a slip of a letter in three, or
 * names of the same part that begin alike.
 * @param names all that there are, as `part.verb`
 */
export function nearNames(typed: string, names: readonly string[]): readonly string[] {
  const wanted = typed.toLowerCase()
  const [part, verb = ''] = wanted.split('.')
  return names
    .map((name) => ({ name, off: distance(wanted, name.toLowerCase()) }))
    .filter(({ name, off }) => {
      if (off * 3 <= name.length) return true
      const [itsPart, itsVerb = ''] = name.toLowerCase().split('.')
      return part === itsPart && verb !== '' && itsVerb.startsWith(verb.slice(0, 4))
    })
    .sort((a, b) => a.off - b.off || a.name.localeCompare(b.name))
    .slice(0, MOST)
    .map(({ name }) => name)
}
