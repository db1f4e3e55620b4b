import type { Answer } from '../answer.ts'
import { badAnswer } from '../failure.ts'

/** A column that is shorter than the list of hotkeys would give neurons the values of others. */
export function columnsOf(graph: Answer): (name: string, uid: number) => unknown {
  const { length } = graph.list('hotkeys')
  return (name, uid) => {
    const column = graph.list(name)
    if (column.length !== length) badAnswer(`Metagraph.${name} has ${column.length} rows, not ${length}`)
    return column[uid]
  }
}
