import { formatUnits } from '../units/decimal.ts'

/** All of it, in groups of four: the form in which two addresses can be compared. */
export const addressGroups = (address: string): readonly string[] => address.match(/.{1,4}/g) ?? []

/** Ends only. For accounts that are already known by name, never where a decision is made. */
export function shortAddress(address: string): string {
  const groups = addressGroups(address)
  return groups.length < 4 ? address : `${groups[0]} ${groups[1]} … ${groups.at(-1)}`
}

/** For places that take plain text only (titles, labels of charts): no grouping, zeros at the end cut. */
export const plainAmount = (units: bigint): string =>
  formatUnits(units)
    .replace(/\.?0+$/, '')
    .replace('-', '−')

const pad = (n: number): string => n.toString().padStart(2, '0')

/** Local time of day. */
export const writeClock = (atMs: number): string => {
  const at = new Date(atMs)
  return `${pad(at.getHours())}:${pad(at.getMinutes())}:${pad(at.getSeconds())}`
}

/** Decimal units, as disks and downloads are sold. */
export function writeBytes(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`
  if (bytes < 1_000_000) return `${(bytes / 1e3).toFixed(0)} kB`
  if (bytes < 1_000_000_000) return `${(bytes / 1e6).toFixed(bytes < 10_000_000 ? 1 : 0)} MB`
  return `${(bytes / 1e9).toFixed(1)} GB`
}

/** `1 block`, `361 blocks`. */
export const writeBlocks = (blocks: number): string => (blocks === 1 ? '1 block' : `${blocks} blocks`)
