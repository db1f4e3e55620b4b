import { expect, test } from 'vitest'
import { careScenes } from './care-scenes.ts'
import { scenesOn } from './shown-scene.ts'

const show = scenesOn('care', 'Care of this computer')

test.each<[keyof typeof careScenes, RegExp]>([
  ['calm', /at least 284 W/],
  ['hot', /graphics card is at 87 °C, above the limit of 85 °C/],
  ['hours', /outside of the hours/],
  ['battery', /runs on its battery, at 41 %/],
  ['inUse', /Somebody works at this computer/],
  ['nothingReadable', /nvidia-smi is not installed\./],
  ['gaveUp', /stays stopped, and needs you/],
])('%s says so, in light and dark', async (name, words) => {
  const driver = await show(careScenes[name])
  expect(await driver.page.locator('main').textContent()).toMatch(words)
  expect(await driver.inspect(`care-${name}`)).toEqual([])
  expect(driver.complaints).toEqual([])
})

test('hours that cannot be read are not saved', async () => {
  const { page } = await show(careScenes.hours)
  await page.getByRole('button', { name: 'Change the hours' }).click()
  await page.getByLabel('From').first().fill('25:00')
  await page.getByText('A time looks like 22:00.').waitFor()
  expect(await page.getByRole('button', { name: 'Save the hours' }).getAttribute('aria-disabled')).toBe('true')
  await page.getByLabel('From').first().fill('21')
  expect(await page.getByRole('button', { name: 'Save the hours' }).getAttribute('aria-disabled')).toBeNull()
})

test('under the miner, what needs a person stands first', async () => {
  const driver = await show(careScenes.gaveUp)
  await driver.go('mine')
  await driver.sees('The miner stays stopped, and needs you.')
  expect(await driver.inspect('mine-gave-up-care')).toEqual([])
})
