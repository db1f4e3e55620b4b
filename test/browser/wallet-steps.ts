import type { Locator } from 'playwright-core'
import type { PageDriver } from './page-driver.ts'

/** The row of one wallet in the list. */
export const walletRow = (driver: PageDriver, name: string): Locator =>
  driver.page.getByRole('list', { name: 'Wallets of this computer' }).getByRole('listitem').filter({ hasText: name })

export async function startAdding(driver: PageDriver, way: string): Promise<void> {
  await driver.go('wallets')
  if (!(await driver.button('Add a wallet').isVisible())) await driver.press('Cancel')
  await driver.press('Add a wallet')
  await driver.press(way)
}

/** Opens the drawer of a wallet. */
export async function manage(driver: PageDriver, name: string): Promise<Locator> {
  await driver.go('wallets')
  await driver.press(`Manage ${name}`)
  const drawer = driver.page.getByRole('complementary', { name })
  await drawer.waitFor()
  return drawer
}

export async function closeDrawer(driver: PageDriver): Promise<void> {
  const drawer = driver.page.locator('.drawer')
  await drawer.getByRole('button', { name: 'Close', exact: true }).click()
  await drawer.waitFor({ state: 'detached' })
}

/** Answers the dialog that is open and waits until it is gone. */
export async function answer(driver: PageDriver, action: string, password?: string): Promise<void> {
  const dialog = driver.page.getByRole('dialog')
  if (password !== undefined) await dialog.getByLabel('Password', { exact: true }).fill(password)
  await dialog.getByRole('button', { name: action, exact: true }).click()
}

/** A refusal in the dialog: what happened and its code. The password is gone, so that it is typed anew. */
export async function refused(driver: PageDriver, what: string, code: string): Promise<void> {
  const dialog = driver.page.getByRole('dialog')
  await dialog.getByText(what).waitFor()
  await dialog.getByText(code).waitFor()
}
