// Words that lie apart, each a string of its own in a list, are no phrase in the bytes of a heap; here they are found by
// the list that holds them.

interface Snapshot {
  readonly snapshot: {
    readonly meta: {
      readonly node_fields: readonly string[]
      readonly edge_fields: readonly string[]
      readonly edge_types: readonly (readonly string[] | string)[]
    }
  }
  readonly nodes: readonly number[]
  readonly edges: readonly number[]
  readonly strings: readonly string[]
}

/** Whether a list in a heap snapshot holds three words of the wallet in a row. */
export function holdsThreeInARow(heap: Buffer, words: readonly string[]): boolean {
  const { snapshot, nodes, edges, strings } = JSON.parse(heap.toString('utf8')) as Snapshot
  const { node_fields, edge_fields, edge_types } = snapshot.meta
  const [nodeSize, edgeSize] = [node_fields.length, edge_fields.length]
  const [nameAt, countAt] = [node_fields.indexOf('name'), node_fields.indexOf('edge_count')]
  const [typeAt, indexAt, toAt] = ['type', 'name_or_index', 'to_node'].map((field) => edge_fields.indexOf(field)) as [
    number,
    number,
    number,
  ]
  const types = edge_types[typeAt] as readonly string[]
  const [element, internal] = [types.indexOf('element'), types.indexOf('internal')]
  /** Place in its list; those of a frozen list are told as text, by the store behind it. */
  const placeOf = (edge: number): number => {
    const index = edges[edge + indexAt] ?? -1
    if (edges[edge + typeAt] === element) return index
    return edges[edge + typeAt] === internal ? Number(strings[index]) : Number.NaN
  }
  const threes = new Set(words.slice(2).map((_, at) => words.slice(at, at + 3).join(' ')))
  const known = new Set(words)
  let edge = 0
  for (let node = 0; node < nodes.length; node += nodeSize) {
    const items = new Map<number, string>()
    for (let left = nodes[node + countAt] ?? 0; left > 0; left -= 1, edge += edgeSize) {
      const text = strings[nodes[(edges[edge + toAt] ?? 0) + nameAt] ?? 0] ?? ''
      if (known.has(text)) items.set(placeOf(edge), text)
    }
    for (const [place, first] of items)
      if (threes.has([first, items.get(place + 1), items.get(place + 2)].join(' '))) return true
  }
  return false
}
