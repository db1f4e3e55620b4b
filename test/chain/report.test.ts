import { expect, test } from 'vitest'
import { err, ok } from '../../shared/result.ts'
import { netuid, rao } from '../../shared/units/amounts.ts'
import { Report } from './report.ts'

function reported(tell: (report: Report) => void) {
  const lines: string[] = []
  const report = new Report((line) => lines.push(line))
  tell(report)
  return { fine: report.end(), lines }
}

test('a refusal counts by its own code alone', () => {
  const little = err({ code: 'stake/too-small', minimum: rao(2_000_000n) } as const)
  const { fine, lines } = reported((report) => {
    report.refused('a', little, 'stake/too-small')
    report.refused('b', little, 'stake/limit-needed')
    report.refused('c', ok(null), 'stake/too-small')
    report.refused('d', err({ code: 'chain/unsupported', missing: ['A.b'] }), 'stake/too-small')
  })
  expect(fine).toBe(false)
  expect(lines).toEqual([
    'ok    a: refused, stake/too-small',
    'FAIL  b: {"code":"stake/too-small","minimum":"2000000"}',
    'FAIL  c: should be refused with stake/too-small, and was not',
    'off   d: the runtime lacks A.b',
    '1 worked, 1 are off for the reason given, 2 failed.',
  ])
})

test('what a part throws fails that part, and the next one is done', async () => {
  const lines: string[] = []
  const report = new Report((line) => lines.push(line))
  await report.part('a', () => Promise.reject(new Error('gone')))
  await report.part('b', async () => report.done('b', 'there'))
  expect(report.end()).toBe(false)
  expect(lines.slice(0, 2)).toEqual(['FAIL  a: gone', 'ok    b: there'])
})

test('what the runtime lacks, or what cannot be had, is no failure', () => {
  const { fine } = reported((report) => {
    report.off('a', 'there is none')
    report.took('b', err({ code: 'chain/unsupported', missing: ['A.b'] }), () => '')
    report.took('c', ok(netuid(1)), (id) => `${id}`)
  })
  expect(fine).toBe(true)
})
