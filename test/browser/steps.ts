import { expect } from 'vitest'
import { PASSWORD, type PageDriver } from './page-driver.ts'

/** Reads the words off the screen, as a person with a pencil does. */
export async function writeDownWords(driver: PageDriver): Promise<readonly string[]> {
  await driver.press('Show me the twelve words')
  const words = driver.page.locator('.words b')
  await words.first().waitFor()
  return words.allInnerTexts()
}

/** Fills the three word fields. `change` spoils them, for the wrong case. */
export async function giveWordsBack(
  driver: PageDriver,
  words: readonly string[],
  change = (word: string) => word,
): Promise<void> {
  for (const field of await driver.field(/^Word \d+$/).all()) {
    const label = await field.evaluate((element) => (element as HTMLInputElement).labels?.[0]?.textContent ?? '')
    await field.fill(change(words[Number(label.replace('Word ', '')) - 1] ?? ''))
  }
}

export async function fillPassword(driver: PageDriver, name: string, password = PASSWORD): Promise<void> {
  await driver.field('Name of the wallet').fill(name)
  await driver.page.getByLabel('Password', { exact: true }).fill(password)
  await driver.page.getByLabel('Password again').fill(password)
}

export async function createWallet(driver: PageDriver, name: string): Promise<void> {
  const words = await writeDownWords(driver)
  expect(words).toHaveLength(12)
  await driver.press('I have written them down')
  await giveWordsBack(driver, words)
  await fillPassword(driver, name)
  await driver.press('Save the wallet')
  await driver.page.getByRole('heading', { name: 'Portfolio', level: 1 }).waitFor()
}

export async function getPlayMoney(driver: PageDriver): Promise<void> {
  await driver.go('portfolio')
  await driver.press('Get 1000 play TAO')
  await driver.sees('1000 play TAO are here.')
  await driver.page.getByRole('button', { name: 'Dismiss' }).first().click()
}

/** Signs what the dialog shows and waits for what happened. */
async function sign(driver: PageDriver): Promise<void> {
  const dialog = driver.page.getByRole('dialog')
  const happened = dialog.getByRole('heading', { name: 'What happened' })
  // Blocks are fast here, so a quote may be old before the button is pressed; then the dialog asks to quote again.
  for (let tries = 0; tries < 5 && !(await happened.isVisible()); tries++) {
    const again = dialog.getByRole('button', { name: 'Quote again' })
    const sign = dialog.getByRole('button', { name: 'Sign and send', disabled: false })
    await again.or(sign).first().waitFor()
    if (await again.isVisible()) await again.click()
    else await sign.click()
    await happened.or(again).or(sign).first().waitFor()
  }
  await happened.waitFor()
  await dialog.getByText('Difference').waitFor()
}

async function closeDialog(driver: PageDriver): Promise<void> {
  const dialog = driver.page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click()
  await dialog.waitFor({ state: 'detached' })
}

export async function signAndClose(driver: PageDriver): Promise<void> {
  await sign(driver)
  await closeDialog(driver)
}

/**
 * Signs, and waits until no later block can undo it. `look` sees the dialog before it is closed.
 * @returns what stands there as predicted and as happened, a line for each move and number
 */
export async function signToTheEnd(driver: PageDriver, look?: () => Promise<void>): Promise<string> {
  await sign(driver)
  const dialog = driver.page.getByRole('dialog')
  await dialog.getByText('Final: no later block can undo it.').waitFor()
  const compared = await dialog.getByRole('region', { name: 'Predicted and happened' }).textContent()
  await look?.()
  await closeDialog(driver)
  return compared ?? ''
}

/** The view in which every part of mining is chosen by hand. */
export async function mineByHand(driver: PageDriver): Promise<void> {
  await driver.go('mine')
  const otherwise = driver.button('Choose otherwise')
  await otherwise.or(driver.button('What is proposed')).first().waitFor()
  if (await otherwise.isVisible()) await otherwise.click()
}

export async function openStake(driver: PageDriver, subnet: RegExp): Promise<void> {
  await driver.go('subnets')
  await driver.page.getByRole('row', { name: subnet }).click()
  await driver.field('TAO to stake').waitFor()
}

export async function stake(driver: PageDriver, subnet: RegExp, amount: string): Promise<void> {
  await openStake(driver, subnet)
  await driver.field('TAO to stake').fill(amount)
  await driver.page.getByText('refused below').waitFor()
  await driver.press('Review and sign')
  await signAndClose(driver)
}
