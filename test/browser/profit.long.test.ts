import { expect, test } from 'vitest'
import { profitScenes } from './profit-scenes.ts'
import { scenesOn } from './shown-scene.ts'

const show = scenesOn('profit', 'Profit')

test.each<[keyof typeof profitScenes, RegExp]>([
  ['offline', /No chain is connected.*Price of power/],
  ['nothing', /Nothing was mined in this time/],
  ['fewEpochs', /What mining brings is not known yet\./],
  ['gain', /Mining on this computer earned \d+\.\d+ EUR a day, give or take/],
  ['loss', /cost \d+\.\d+ EUR a day more than it brought/],
  ['belowError', /below measurement error/],
  ['open', /Costs are missing, so the result is at most/],
  ['apart', /without a price of TAO the two cannot be compared/],
  ['paused', /Paused: power costs more than mining brings\..*An hour of mining brings 0\.03 EUR/],
  ['practice', /This is the practice network\./],
  ['extreme', /IDR a day/],
  ['failed', /chain\/not-connected/],
])(
  '%s says so, in light and dark',
  async (name, words) => {
    const driver = await show(profitScenes[name])
    await driver.page.locator('main').filter({ hasText: words }).waitFor()
    expect(await driver.look(name === 'gain' ? 'profit' : `profit-${name}`, { narrow: true })).toEqual([])
    expect(driver.complaints).toEqual([])
  },
  120_000,
)

test('what cannot be read is not saved, and says what it looks like', async () => {
  const { page } = await show(profitScenes.gain)
  const save = page.getByRole('button', { name: 'Save the tariff' })
  expect(await save.getAttribute('aria-disabled')).toBe('true')
  await page.getByLabel('A kilowatt-hour costs').fill('0.31 EUR')
  await page.getByText('A price looks like 0.31, and a time like 22:00.').waitFor()
  await page.getByLabel('A kilowatt-hour costs').fill('0,29')
  expect(await save.getAttribute('aria-disabled')).toBeNull()
  await page.getByLabel('Currency').fill('euro')
  await page.getByText('A currency has three capital letters, as EUR.').waitFor()
  await page.getByLabel('Paid for it, EUR').fill('100')
  await page.getByText('A computer is not sold for more than it cost').waitFor()
})
