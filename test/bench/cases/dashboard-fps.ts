import { chromium, type Page } from 'playwright-core'
import { playScene, type Scene } from '../../browser/fake-host.ts'
import { liveNow, loaded, manyRequests, manySlots, underLoad, warm, watched } from '../../browser/monitor-scenes.ts'
import { CHROMIUM_ARGUMENTS, findChromium } from '../../support/chromium.ts'
import type { BenchCase } from '../case.ts'

/** How long frames are counted, ms. */
const LOOK_MS = 4_000
const UPDATES_PER_SECOND = 10
/** Fewer changes of the readout than this were not drawn as they came. */
const LEAST_CHANGES = 0.8 * UPDATES_PER_SECOND * (LOOK_MS / 1_000)
/** The middle one of an odd number: another program may take a core for a moment. */
const RUNS = 3

function every(ms: number, signal: AbortSignal, run: (turn: number) => void): void {
  let turn = 0
  run(turn)
  const timer = setInterval(() => run(++turn), ms)
  signal.addEventListener('abort', () => clearInterval(timer), { once: true })
}

/** As a busy miner tells it: the live numbers ten times a second, everything else as often as the host does, all of it new. */
const busy: Scene = {
  ...loaded,
  answers: {
    'mining.status': (_input, emit, signal) =>
      every(1_000, signal, (turn) =>
        emit({ ...underLoad, answered: 4_180 + turn * 80, recent: [...manyRequests(4_180 + turn * 80)] }),
      ),
    'monitor.live': (_input, emit, signal) =>
      every(1_000 / UPDATES_PER_SECOND, signal, (turn) =>
        emit({
          ...liveNow,
          atMs: Date.now(),
          answered: 4_180 + turn * 8,
          speed: 92 + 5 * Math.sin(turn / 3) + (turn % 10) / 10,
          requestsPerSecond: 70 + (turn % 10),
        }),
      ),
    'monitor.watch': (_input, emit, signal) =>
      every(1_000, signal, (turn) => emit({ ...watched, completionTokens: watched.completionTokens + turn })),
    'monitor.series': async () => ({ ok: true, value: { stepMs: 1_000, atMs: Date.now(), slots: manySlots } }),
    'care.watch': (_input, emit, signal) => every(1_000, signal, () => emit({ ...warm })),
  },
}

/** @returns frames that were drawn in a second, and how often the readout changed meanwhile */
const watchedFrames = (page: Page): Promise<{ fps: number; changes: number }> =>
  page.evaluate(
    (ms) =>
      new Promise<{ fps: number; changes: number }>((resolve, reject) => {
        const readout = document.querySelector('.live-read')
        if (!readout) return reject(new Error('no number is live'))
        let changes = 0
        const observer = new MutationObserver(() => {
          changes += 1
        })
        observer.observe(readout, { characterData: true, childList: true, subtree: true })
        let frames = 0
        let began = 0
        const frame = (now: number) => {
          if (began === 0) began = now
          else frames += 1
          if (now - began < ms) return void requestAnimationFrame(frame)
          observer.disconnect()
          resolve({ fps: (frames * 1_000) / (now - began), changes })
        }
        requestAnimationFrame(frame)
      }),
    LOOK_MS,
  )

/** The running miner while numbers come ten times a second: frames in a second of a window of 60. */
export const dashboardFps: BenchCase = {
  name: 'dashboard-fps',
  unit: 'frames/s',
  target: 58,
  better: 'higher',
  async run() {
    const executablePath = findChromium()
    if (!executablePath) throw new Error('no Chromium on this computer')
    const host = await playScene(busy)
    const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_ARGUMENTS] })
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } })
      await page.goto(host.url)
      await page.getByRole('heading', { name: 'Portfolio', level: 1 }).waitFor()
      await page.evaluate(() => {
        location.hash = '#/mine'
      })
      await page.locator('.live-read').waitFor()
      const runs: number[] = []
      for (let turn = 0; turn < RUNS; turn += 1) {
        const { fps, changes } = await watchedFrames(page)
        if (changes < LEAST_CHANGES) throw new Error(`only ${changes} of the numbers were drawn`)
        runs.push(fps)
      }
      return runs.sort((a, b) => a - b)[Math.floor(RUNS / 2)] ?? 0
    } finally {
      await browser.close()
      await host.stop()
    }
  },
}
