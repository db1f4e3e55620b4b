import { expect, test } from 'vitest'
import { fleetScenes, PAIRING } from './fleet-scenes.ts'
import { scenesOn } from './shown-scene.ts'

const show = scenesOn('fleet', 'Machines')

test.each<[keyof typeof fleetScenes, RegExp]>([
  ['empty', /No other machine yet\..*The door is closed: nothing listens\..*Nobody\./s],
  ['one', /2 of 2.*Bittensor main network.*284 W/s],
  ['many', /6 of 9.*Bittensor main network.*Practice network of laptop.*Several machines mine with one hotkey/s],
  ['away', /1 of 2.*What the others do now is unknown/s],
  ['extreme', /Another network eeeeee.*It is no public chain that this app knows/s],
  ['portTaken', /8094/],
])('%s says so, in light and dark', async (name, words) => {
  const driver = await show(fleetScenes[name])
  expect(await driver.page.locator('main').textContent()).toMatch(words)
  expect(await driver.look(`fleet-${name}`, { narrow: true })).toEqual([])
  expect(driver.complaints).toEqual([])
})

test.each<[string, RegExp]>([
  ['rig-1', /Stop its miner/],
  ['rig-2', /It lets callers wait: too hot\./],
  ['rig-3', /mining\/worker-died.*Its miner died too often.*Start the miner that ran there last/s],
  ['attic', /attic does not answer.*nothing answered in time/is],
  ['rented', /does not know this computer.*Look there who may look/s],
  ['cellar', /cannot be used.*Nothing of it is shown or counted/s],
  ['laptop', /play/],
])('a row opens %s', async (name, words) => {
  const driver = await show(fleetScenes.many)
  await driver.page.getByRole('row').filter({ hasText: name }).first().click()
  const drawer = driver.page.getByRole('complementary')
  await drawer.getByText('Remove this machine').waitFor()
  expect(await drawer.textContent()).toMatch(words)
  expect(await driver.look(`fleet-open-${name}`, { narrow: name === 'rig-2' })).toEqual([])
  expect(driver.complaints).toEqual([])
})

test('what a machine makes up stays in its place', async () => {
  const driver = await show(fleetScenes.extreme)
  await driver.page.getByRole('row').filter({ hasText: 'WWW' }).first().click()
  const drawer = driver.page.getByRole('complementary')
  // A code that nobody has words for is named as one.
  await drawer.getByText('It tells something that this version has no words for (send-your-words).').waitFor()
  expect(await driver.look('fleet-open-extreme', { narrow: true })).toEqual([])
  const [inner, shown] = await drawer.evaluate((element) => [element.scrollWidth, element.clientWidth])
  expect(inner).toBeLessThanOrEqual(shown ?? 0)
})

test('an order that is refused says why, and a removal is asked for twice', async () => {
  const driver = await show(fleetScenes.many)
  await driver.page.getByRole('row').filter({ hasText: 'rig-1' }).first().click()
  await driver.press('Stop its miner')
  await driver.sees('Its miner runs already.')
  await driver.press('Remove this machine')
  await driver.button('Remove it, and forget its key').waitFor()
  await driver.press('Keep it')
  expect(await driver.button('Remove it, and forget its key').count()).toBe(0)
})

test('a code is checked while it is typed, and what the machine says is said', async () => {
  const driver = await show(fleetScenes.pairing)
  await driver.press('Add a machine')
  await driver.field('The code that it shows').fill(`${PAIRING.slice(0, -1)}5`)
  await driver.sees('At least one letter is not the one that was shown.')
  await driver.field('The code that it shows').fill('taoforge-fleet:192.168.1.20')
  await driver.sees('It begins with taoforge-fleet:')
  await driver.field('The code that it shows').fill(PAIRING.toLowerCase())
  await driver.field('Where it is found from here').fill('not a place')
  await driver.sees('A place looks like 192.168.1.20:8094')
  await driver.field('Where it is found from here').fill('')
  await driver.sees('Left empty, at 192.168.1.20, port 8094, as the code says.')
  await driver.press('Add the machine')
  await driver.told('The machine does not take this code.', 'Have the machine show a new one.', 'fleet/code-refused')
  expect(await driver.look('fleet-add', { narrow: true })).toEqual([])
})

test('a code is shown once, with what it allows and how long', async () => {
  const driver = await show(fleetScenes.pairing)
  await driver.press('Let another computer look')
  await driver.press('Also start and stop the miner')
  await driver.sees('It starts what ran here last')
  expect(await driver.look('fleet-invite', { narrow: true })).toEqual([])
  await driver.press('Open the door and show a code')
  await driver.sees(PAIRING)
  await driver.sees(/It works once, for another \d min/)
  expect(await driver.look('fleet-code', { narrow: true })).toEqual([])
})

test('a port that is taken is said where the door was to be opened', async () => {
  const driver = await show(fleetScenes.portTaken)
  await driver.press('Let another computer look')
  await driver.page.getByRole('textbox', { name: 'Port', exact: true }).fill('70000')
  await driver.sees('A whole number from 1 to 65535.')
  await driver.page.getByRole('textbox', { name: 'Port', exact: true }).fill('8094')
  await driver.press('Open the door and show a code')
  await driver.page.getByRole('complementary').getByText('mining/port-taken').waitFor()
})
