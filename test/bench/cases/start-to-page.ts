import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium } from 'playwright-core'
import { ensureBuilt } from '../../../electron/headless/ensure-built.ts'
import { CHROMIUM_ARGUMENTS, findChromium } from '../../support/chromium.ts'
import type { BenchCase } from '../case.ts'

/** From the start of the host process to a page on which a newcomer can press the first button. The pages are built. */
export const startToPage: BenchCase = {
  name: 'start-to-page',
  unit: 'ms',
  target: 5_000,
  better: 'lower',
  async run() {
    const executablePath = findChromium()
    if (!executablePath) throw new Error('no Chromium on this computer')
    // Building belongs to the first start after a change, not to a cold start.
    await ensureBuilt(() => undefined)
    const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_ARGUMENTS] })
    const folder = mkdtempSync(join(tmpdir(), 'taoforge-bench-'))
    const began = performance.now()
    const host = spawn(process.execPath, ['electron/headless/main.ts', '--no-open', '--data', folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    try {
      const line = await new Promise<string>((resolve) => createInterface({ input: host.stdout }).once('line', resolve))
      const page = await browser.newPage()
      await page.goto((JSON.parse(line) as { url: string }).url)
      await page
        .getByRole('button', { name: /practice/i })
        .first()
        .waitFor({ state: 'visible' })
      return performance.now() - began
    } finally {
      const gone = new Promise((resolve) => host.once('exit', resolve))
      host.kill('SIGTERM')
      await gone
      await browser.close()
      rmSync(folder, { recursive: true, force: true })
    }
  },
}
