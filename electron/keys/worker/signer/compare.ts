import { ANY } from './expected-call.ts'
import type { Value } from './type-def.ts'

const isList = (value: Value): value is readonly Value[] => Array.isArray(value)
const isRecord = (value: Value): value is { readonly [key: string]: Value } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Where two values part, as a path; `undefined` when they are the same. Every field of the one must be in the other.
 * @param wanted may hold {@link ANY} for an argument that was left open
 */
export function firstDifference(wanted: Value, read: Value, path = ''): string | undefined {
  if (wanted === ANY) return read === undefined ? path : undefined
  if (isList(wanted)) {
    if (!isList(read) || read.length !== wanted.length) return path
    return first(wanted.map((value, at) => [value, read[at], `${path}[${at}]`]))
  }
  if (isRecord(wanted)) {
    if (!isRecord(read)) return path
    const names = new Set([...Object.keys(wanted), ...Object.keys(read)])
    const dot = path === '' ? '' : `${path}.`
    return first([...names].map((name) => [wanted[name], read[name], `${dot}${name}`, name in read && name in wanted]))
  }
  return wanted === read ? undefined : path
}

type Pair = readonly [wanted: Value, read: Value, path: string, both?: boolean]

function first(pairs: readonly Pair[]): string | undefined {
  for (const [wanted, read, path, both] of pairs) {
    const difference = both === false ? path : firstDifference(wanted, read, path)
    if (difference !== undefined) return difference
  }
  return undefined
}
