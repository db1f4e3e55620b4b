import { chromium, type Page } from 'playwright-core'
import { alpha, netuid, rao, raoPerAlpha } from '../../../shared/units/amounts.ts'
import { playScene } from '../../browser/fake-host.ts'
import { real } from '../../browser/scenes.ts'
import { CHROMIUM_ARGUMENTS, findChromium } from '../../support/chromium.ts'
import type { BenchCase } from '../case.ts'

const ROWS = 256
/** How long it scrolls, ms, and how far in each frame, px: almost two rows, the speed of a hasty wheel. */
const SCROLL_MS = 4_000
const PX_PER_FRAME = 60
/** The middle one of an odd number: another program may take a core for a moment. */
const RUNS = 3

function manySubnets() {
  const [, sample] = real.subnets.data?.subnets ?? []
  if (!sample) throw new Error('the scene has no subnet')
  return Array.from({ length: ROWS }, (_, id) => ({
    ...sample,
    netuid: netuid(id),
    name: id === 0 ? 'Root' : `Subnet ${id}`,
    price: raoPerAlpha(id === 0 ? 1_000_000_000n : BigInt(id) * 24_183_920n),
    movingPrice: raoPerAlpha(BigInt(id) * 24_000_000n),
    volume: BigInt(id) * 987_654_321_012n,
    taoReserve: rao(BigInt(id) * 7_123_456_789_012n),
    alphaOutside: alpha(BigInt(ROWS - id) * 10_123_456_789_012n),
    taoPerBlock: rao(BigInt(ROWS - id) * 20_001n),
  }))
}

/** Scrolls the table down and up again, frame by frame. @returns frames that were drawn in a second */
function scrolled(page: Page): Promise<number> {
  return page.evaluate(
    ({ ms, step }) =>
      new Promise<number>((resolve) => {
        const main = document.querySelector('.main')
        if (!main) throw new Error('no region scrolls')
        let direction = 1
        let frames = 0
        let began = 0
        const frame = (now: number) => {
          if (began === 0) began = now
          else frames += 1
          if (now - began >= ms) return resolve((frames * 1000) / (now - began))
          const end = main.scrollHeight - main.clientHeight
          main.scrollTop += direction * step
          if (main.scrollTop >= end - 1) direction = -1
          if (main.scrollTop <= 0) direction = 1
          requestAnimationFrame(frame)
        }
        requestAnimationFrame(frame)
      }),
    { ms: SCROLL_MS, step: PX_PER_FRAME },
  )
}

/** The table of subnets with 256 rows, scrolled all the time: frames in a second of a window of 60. */
export const tableFps: BenchCase = {
  name: 'table-fps',
  unit: 'frames/s',
  target: 58,
  better: 'higher',
  async run() {
    const executablePath = findChromium()
    if (!executablePath) throw new Error('no Chromium on this computer')
    const host = await playScene({ ...real, subnets: { data: { block: 9_583_214, subnets: manySubnets() } } })
    const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_ARGUMENTS] })
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
      await page.goto(host.url)
      await page.getByRole('heading', { name: 'Portfolio', level: 1 }).waitFor()
      await page.evaluate(() => {
        location.hash = '#/subnets'
      })
      await page.getByText(`${ROWS} of ${ROWS}`).waitFor()
      const runs: number[] = []
      for (let turn = 0; turn < RUNS; turn += 1) runs.push(await scrolled(page))
      return runs.sort((a, b) => a - b)[Math.floor(RUNS / 2)] ?? 0
    } finally {
      await browser.close()
      await host.stop()
    }
  },
}
