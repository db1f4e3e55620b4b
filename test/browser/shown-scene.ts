import { afterEach } from 'vitest'
import { playScene, type Scene } from './fake-host.ts'
import { PageDriver } from './page-driver.ts'

/** Shows scenes on one page, and takes them down after each test. @param heading what the page says once it is there */
export function scenesOn(
  page: Parameters<PageDriver['go']>[0],
  heading: string,
): (scene: Scene) => Promise<PageDriver> {
  const closers: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close()
  })
  return async (scene) => {
    const host = await playScene(scene)
    closers.push(host.stop)
    const driver = await PageDriver.open(host.url)
    closers.push(driver.close)
    await driver.go(page)
    await driver.page.getByRole('heading', { name: heading, level: 1 }).waitFor()
    return driver
  }
}
