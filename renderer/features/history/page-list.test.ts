import { describe, expect, it } from 'vitest'
import type { LedgerLine } from '../../../shared/contract/ledger.contract.ts'
import { ss58 } from '../../../shared/units/amounts.ts'
import { countOf, EMPTY, isBehind, missingPage, PAGE, type PageList, slotsOf, trimmed, withPage } from './page-list.ts'

const OWN = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const line = (place: number): LedgerLine => ({
  account: OWN,
  block: place,
  slot: 0,
  kind: 'fee',
  atMs: 0,
  tao: -1n,
  alpha: 0n,
  cursor: `${place}.1`,
})

/** A ledger of `total` lines, newest first, as the host pages it. */
const pageOf = (total: number, after: string | undefined) => {
  const top = after === undefined ? total : Number(after.split('.')[0]) - 1
  const lines = Array.from({ length: Math.max(0, Math.min(PAGE, top)) }, (_, at) => line(top - at))
  return lines.length < PAGE ? { lines } : { lines, next: lines.at(-1)?.cursor }
}
/** Scrolls down: asks for what is missing until nothing is. */
function scrolledTo(end: number, total: number, from: PageList = EMPTY): PageList {
  let list = from
  for (let sight = 0; sight <= end; sight += PAGE / 4)
    for (;;) {
      const at = missingPage(list, { first: sight, end: sight + 30 })
      if (at === undefined) break
      list = trimmed(withPage(list, at, pageOf(total, list.starts[at])), at)
    }
  return list
}
const placesOf = (list: PageList) => slotsOf(list).map((slot) => ('waits' in slot ? undefined : slot.block))

describe('a list of pages', () => {
  it('holds every line once and in order, and ends where the ledger does', () => {
    const list = scrolledTo(2_000, 1_111)
    expect(placesOf(list)).toEqual(Array.from({ length: 1_111 }, (_, at) => 1_111 - at))
    expect(countOf(list)).toBe(1_111)
    expect(missingPage(list, { first: 1_080, end: 1_111 })).toBeUndefined()
  })

  it.each([0, 1, PAGE - 1, PAGE, PAGE + 1])('knows the end of a ledger of %d lines', (total) => {
    expect(placesOf(scrolledTo(1_000, total))).toEqual(Array.from({ length: total }, (_, at) => total - at))
  })

  it('keeps few pages, however far one goes, and asks again for those that one comes back to', () => {
    const deep = scrolledTo(40_000, 1_000_000)
    expect(deep.pages.size).toBeLessThanOrEqual(30)
    expect(countOf(deep)).toBeGreaterThan(40_000)
    expect(slotsOf(deep)[0]).toEqual({ cursor: '0/0', waits: true })
    const back = scrolledTo(100, 1_000_000, deep)
    expect(placesOf(back).slice(0, 3)).toEqual([1_000_000, 999_999, 999_998])
    expect(countOf(back)).toBe(countOf(deep))
  })

  it('forgets what comes after a page that changed, so that no line is shown twice or left out', () => {
    const list = scrolledTo(900, 5_000)
    const changed = withPage(list, 1, {
      lines: Array.from({ length: PAGE }, (_, at) => line(4_801 - at)),
      next: '4602.1',
    })
    expect(changed.starts).toEqual([undefined, '4801.1', '4602.1'])
    expect([...changed.pages.keys()]).toEqual([0, 1])
  })

  it('notices that newer lines came', () => {
    const list = scrolledTo(10, 500)
    expect(isBehind(list, pageOf(500, undefined))).toBe(false)
    expect(isBehind(list, pageOf(501, undefined))).toBe(true)
    expect(isBehind(EMPTY, pageOf(1, undefined))).toBe(false)
  })
})
