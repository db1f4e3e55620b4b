import { readFileSync } from 'node:fs'
import { afterAll, expect, it } from 'vitest'
import { ENTRY_KINDS } from '../../shared/ledger/entry.ts'
import { ok } from '../../shared/result.ts'
import { netuid, ss58 } from '../../shared/units/amounts.ts'
import { playScene, type Scene } from './fake-host.ts'
import { PageDriver } from './page-driver.ts'
import { real } from './scenes.ts'

const closers: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const close of closers.reverse()) await close()
})

const OWN = ss58('5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY')
const LINES = 1_000_000
const line = (place: number) => ({
  account: OWN,
  block: place,
  slot: 0,
  kind: ENTRY_KINDS[place % 12] ?? ('fee' as const),
  atMs: 1_700_000_000_000 + place * 12_000,
  netuid: netuid(place % 3),
  hotkey: OWN,
  tao: BigInt(place) * -12_345n,
  alpha: BigInt(place) * 77_777n,
  cursor: `${place}.1`,
})
let asked = 0
/** A ledger of a million lines that answers as the host does. */
const million: Scene = {
  ...real,
  answers: {
    ...real.answers,
    'ledger.lines': async ({ after, limit, order }) => {
      asked += 1
      const step = order === 'oldest' ? 1 : -1
      const first = after === undefined ? (step > 0 ? 1 : LINES) : Number(after.split('.')[0]) + step
      const places = Array.from({ length: limit }, (_, at) => first + at * step)
      const lines = places.filter((place) => place >= 1 && place <= LINES).map(line)
      return ok({ lines, ...(lines.length < limit ? {} : { next: lines.at(-1)?.cursor }) })
    },
    'ledger.offerDownload': async () => ok({ address: '/download/ticket' }),
  },
}

it('a million lines: goes on as one scrolls, draws what is in sight, and begins at either end', async () => {
  const host = await playScene(million)
  closers.push(host.stop)
  const driver = await PageDriver.open(host.url)
  closers.push(driver.close)
  const { page } = driver
  await driver.go('history')
  await page.locator('tr[aria-rowindex="2"]', { hasText: String(LINES) }).waitFor({ state: 'attached' })
  await page.waitForFunction(() => {
    const main = document.querySelector('.main')
    main?.scrollTo(0, main.scrollHeight)
    return Number(document.querySelector('.ledger table')?.getAttribute('aria-rowcount')) > 1_400
  })
  for (const part of [1, 0.5, 0]) {
    await page.locator('.main').evaluate((main, at) => main.scrollTo(0, main.scrollHeight * at), part)
    await page.waitForFunction(() => document.querySelectorAll('.ledger td .skel').length === 0)
    const drawn = await page
      .locator('.ledger tbody tr[aria-rowindex]')
      .evaluateAll((rows) =>
        rows.map((row) => [
          Number(row.getAttribute('aria-rowindex')),
          row.querySelector('td:last-child .vh')?.textContent,
        ]),
      )
    // Each row holds the line of its place: nothing is left out between two pages, and nothing is there twice.
    for (const [index, block] of drawn) expect(block).toBe(String(LINES + 2 - Number(index)))
    expect(drawn.length).toBeGreaterThan(20)
    expect(drawn.length).toBeLessThan(90)
  }
  expect(asked).toBeLessThan(20)
  expect(await driver.inspect('history-deep')).toEqual([])
  await page.getByRole('combobox', { name: 'Order' }).selectOption('Oldest first')
  await page.locator('tr[aria-rowindex="2"]', { hasText: '2023-11-14' }).waitFor()
  await driver.press('Files for a spreadsheet')
  const [saved] = await Promise.all([page.waitForEvent('download'), driver.press('Download the CSV file')])
  expect(saved.suggestedFilename()).toBe('history.csv')
  expect(readFileSync(await saved.path(), 'utf8')).toBe('a,b\r\n')
  await driver.sees('Your browser saves the file.')
  expect(driver.complaints).toEqual([])
}, 60_000)
