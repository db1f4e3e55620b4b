import { mkdirSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core'
import { afterAll } from 'vitest'
import { CHROMIUM_ARGUMENTS, findChromium } from '../support/chromium.ts'

export const PASSWORD = 'correct horse battery'

/** Screens that the docs show. */
const PICTURES: ReadonlySet<string> = new Set([
  'welcome',
  'wallet-words',
  'wallet-words-place',
  'wallet-list',
  'wallet-manage',
  'wallet-weak',
  'wallet-reveal',
  'wallet-trash',
  'wallet-seed',
  'wallet-hotkeys',
  'wallet-watched',
  'unlock-wallet',
  'portfolio',
  'portfolio-all',
  'subnets',
  'subnet-detail',
  'validators',
  'network',
  'history',
  'stake',
  'unstake',
  'confirm',
  'mine-before',
  'mine-confirm',
  'mine-running',
  'fleet-many',
  'watch',
  'earnings',
  'profit',
  'activity',
  'settings',
  'limits',
  'audit',
  'confirm-account',
  'moves-unstake',
  'give',
  'partial',
  'rebalance',
  'queue',
  'trade-contradicted',
  'confirm-swap',
  'exit',
  'activity-moves',
  'holdings',
  'lock',
  'burn',
  'claim',
  'orders',
  'alarm',
  'alarm-bar',
  'coldkey',
  'daily-account',
  'proxies',
  'shared-account',
  'state-stale',
  'state-failed',
  'qr',
  'qr-offline',
  'qr-signature',
])

export interface OpenOptions {
  readonly dark?: boolean
  readonly width?: number
  readonly height?: number
}

/** One Chromium for all windows of a test file; each window has its own storage, as a private one has. */
let running: Promise<Browser> | undefined
function browser(): Promise<Browser> {
  const executablePath = findChromium()
  if (!executablePath) throw new Error('No Chromium was found. Install Debian’s package `chromium`, or set CHROMIUM.')
  running ??= chromium.launch({ executablePath, args: [...CHROMIUM_ARGUMENTS] })
  return running
}
afterAll(async () => {
  await (await running)?.close()
})

/** What a person does in the window, by the words that are on it. */
export class PageDriver {
  readonly page: Page
  /** Everything that the page complained of; a clean run leaves it empty. */
  readonly complaints: string[] = []
  readonly #window: BrowserContext

  private constructor(window: BrowserContext, page: Page) {
    this.#window = window
    this.page = page
    page.on('pageerror', (error) => this.complaints.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(message.text())
    })
    page.on('request', (request) => {
      if (!/^(http|ws):\/\/127\.0\.0\.1:|^data:/.test(request.url())) this.complaints.push(`asked ${request.url()}`)
    })
  }

  static async open(url: string, options: OpenOptions = {}): Promise<PageDriver> {
    const context = await (await browser()).newContext({
      viewport: { width: options.width ?? 1280, height: options.height ?? 800 },
      colorScheme: options.dark ? 'dark' : 'light',
      reducedMotion: 'reduce',
    })
    const page = await context.newPage()
    page.setDefaultTimeout(30_000)
    const driver = new PageDriver(context, page)
    await page.goto(url)
    return driver
  }

  close = (): Promise<void> => this.#window.close()
  button = (name: string | RegExp): Locator => this.page.getByRole('button', { name, exact: typeof name === 'string' })
  field = (name: string | RegExp): Locator => this.page.getByRole('textbox', { name })
  press = (name: string | RegExp): Promise<void> => this.button(name).click()
  sees = (text: string | RegExp): Promise<void> => this.page.getByText(text).first().waitFor()

  /** Brings a text to the middle of what scrolls around it, for a picture. */
  async show(text: string | RegExp): Promise<void> {
    await this.page
      .getByText(text)
      .first()
      .evaluate((element) => element.scrollIntoView({ block: 'center' }))
  }

  /** An alert says what happened, what to do, and the code; `why` is the test's own to check. */
  async told(what: string, next: string, code: string): Promise<void> {
    const alert = this.page.getByRole('alert').filter({ hasText: code }).first()
    await alert.getByText(what, { exact: true }).waitFor()
    await alert.getByText(next).waitFor()
  }

  async go(view: string): Promise<void> {
    await this.page.evaluate((hash) => {
      location.hash = hash
    }, `#/${view}`)
  }

  /** @returns one line per violation of any rule: WCAG 2.2 A and AA and best practices. */
  async #violations(): Promise<readonly string[]> {
    const { page } = this
    // The source of axe is half a megabyte: a document takes it once.
    const axeSource = (await page.evaluate('typeof window.axe')) === 'undefined' ? {} : { axeSource: ';' }
    const { violations } = await new AxeBuilder({ page, ...axeSource })
      // The pages have no frames of others; the other mode opens a page of its own, with axe in it, for every run.
      .setLegacyMode()
      // Every rule runs. Only the long lists of what passed are not made.
      .options({ resultTypes: ['violations'] })
      .analyze()
    return violations.flatMap((found) =>
      found.nodes.map((node) => `${found.id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`),
    )
  }

  /** axe with all its rules in both themes, and a picture of each when SCREENS=1. */
  async inspect(name: string): Promise<readonly string[]> {
    const found: string[] = []
    for (const scheme of ['light', 'dark'] as const) {
      await this.page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
      found.push(...(await this.#violations()).map((line) => `${name} ${scheme}: ${line}`))
      if (process.env['SCREENS'] === '1' && PICTURES.has(name)) await this.#picture(`${name}-${scheme}`)
    }
    await this.page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
    return found
  }

  /**
   * axe in both themes; where `LOOK` names a folder, pictures of both for whoever looks.
   * @returns what axe found
   */
  async look(name: string, { narrow = false } = {}): Promise<readonly string[]> {
    const found = await this.inspect(name)
    const folder = process.env['LOOK']
    if (!folder) return found
    mkdirSync(folder, { recursive: true })
    for (const scheme of ['light', 'dark'] as const) {
      await this.page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
      await this.page.screenshot({ path: `${folder}/${name}-${scheme}.png` })
    }
    await this.page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
    if (!narrow) return found
    await this.page.setViewportSize({ width: 640, height: 800 })
    await this.page.screenshot({ path: `${folder}/${name}-narrow.png` })
    await this.page.setViewportSize({ width: 1280, height: 800 })
    return found
  }

  async #picture(name: string): Promise<void> {
    const folder = new URL('../../docs/screens/', import.meta.url).pathname
    mkdirSync(folder, { recursive: true })
    await this.page.screenshot({ path: `${folder}${name}.png` })
  }
}
