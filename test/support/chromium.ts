import { existsSync } from 'node:fs'

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** A Chromium of this computer: `CHROMIUM` from the environment, else the usual places. */
export const findChromium = (): string | undefined =>
  [process.env['CHROMIUM'], ...PLACES].find((path): path is string => path !== undefined && existsSync(path))

/** For tests only: root cannot use Chromium's own sandbox, and nothing may go to the network by itself. */
export const CHROMIUM_ARGUMENTS: readonly string[] = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-dev-shm-usage',
]
