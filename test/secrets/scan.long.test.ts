import { setTimeout as wait } from 'node:timers/promises'
import { getHeapSnapshot } from 'node:v8'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PASSWORD, PageDriver } from '../browser/page-driver.ts'
import {
  fillPassword,
  getPlayMoney,
  giveWordsBack,
  mineByHand,
  signAndClose,
  stake,
  writeDownWords,
} from '../browser/steps.ts'
import { answer, closeDrawer, manage } from '../browser/wallet-steps.ts'
import { holdsThreeInARow } from './heap-lists.ts'
import { foundInMemory } from './process-memory.ts'
import { foundIn, type Trace, tracesOf } from './traces.ts'
import { filesBelow, type WatchedHost, watchHost } from './watched-host.ts'

let host: WatchedHost
let driver: PageDriver
let words: readonly string[]
let traces: readonly Trace[]

/** Live objects of the page, collected and written down by the browser itself. */
async function pageHeap(): Promise<Buffer> {
  const session = await driver.page.context().newCDPSession(driver.page)
  const chunks: string[] = []
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => void chunks.push(chunk))
  await session.send('HeapProfiler.collectGarbage')
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  await session.detach()
  return Buffer.from(chunks.join(''))
}

const secretsIn = (heap: Buffer): readonly string[] => [
  ...foundIn(heap, traces),
  ...(holdsThreeInARow(heap, words) ? ['a list of the words'] : []),
]

/** The wallet is unlocked; its words are asked for all the same, with the password. */
async function showAndHideWords(): Promise<void> {
  await manage(driver, 'owner')
  await driver.press('Show the words')
  await answer(driver, 'Show the words', PASSWORD)
  const dialog = driver.page.getByRole('dialog', { name: 'The words of owner', exact: true })
  await dialog.waitFor()
  expect(await dialog.locator('.words b').allInnerTexts()).toEqual(words)
  await dialog.getByRole('button', { name: 'Hide the words' }).click()
  await dialog.waitFor({ state: 'detached' })
  await closeDrawer(driver)
}

beforeAll(async () => {
  host = await watchHost()
  driver = await PageDriver.open(host.url)
}, 180_000)
afterAll(async () => {
  await driver?.close()
  await host?.stop()
}, 60_000)

/** One journey; each step looks for what must not be there, and first for what must, so that the looking is proved. */
describe.runIf(process.platform === 'linux')('where secrets lie', { timeout: 240_000 }, () => {
  test('the window holds the words while it shows them', async () => {
    await driver.press('Start practice')
    words = await writeDownWords(driver)
    traces = tracesOf(words, PASSWORD)
    expect(secretsIn(await pageHeap())).toContain('a list of the words')
  })

  test('an open wallet has its key in the keys worker, where the search finds it, and not in the host', async () => {
    await driver.press('I have written them down')
    await giveWordsBack(driver, words)
    await fillPassword(driver, 'owner')
    await driver.press('Save the wallet')
    await driver.page.getByRole('heading', { name: 'Portfolio', level: 1 }).waitFor()
    const inWorkers = host.keysWorkers().map((pid) => foundInMemory(pid, traces))
    if (inWorkers.every((one) => one === undefined)) return
    expect(inWorkers.flatMap((one) => one?.found ?? [])).toContain('secret key')
    expect(foundInMemory(host.pid, traces)?.found.filter((name) => /key|seed|entropy/.test(name))).toEqual([])
  })

  test('staking, mining, unlocking, showing the words again and locking', async () => {
    await getPlayMoney(driver)
    await stake(driver, /Deep pool/, '25')
    await mineByHand(driver)
    await driver.press('Create the hotkey')
    await driver.page.getByRole('radio', { name: /Self-test/ }).check()
    await driver.press(/^Register for at most/)
    await signAndClose(driver)
    await driver.field('Port').fill('0')
    await driver.press('Start mining')
    await driver.page.getByRole('heading', { name: 'Mining', level: 1 }).waitFor({ timeout: 120_000 })
    await driver.page.keyboard.press('Control+l')
    await driver.sees('Locked')
    await driver.press('Unlock the wallet')
    const dialog = driver.page.getByRole('dialog', { name: 'Unlock owner' })
    await dialog.getByLabel('Password').fill(PASSWORD)
    await dialog.getByRole('button', { name: 'Unlock' }).click()
    await dialog.waitFor({ state: 'detached' })
    await showAndHideWords()
    await driver.page.keyboard.press('Control+l')
    await driver.sees('Locked')
    await driver.go('portfolio')
    await wait(1_000)
  })

  test('after the lock neither the host nor the page has any of it among its objects', async () => {
    expect(secretsIn(await host.heap())).toEqual([])
    expect(secretsIn(await pageHeap())).toEqual([])
  })

  test('the memory of the host, freed memory included, has none of it: words and password passed it sealed', () => {
    const seen = foundInMemory(host.pid, traces)
    if (!seen) return
    expect(seen.bytes).toBeGreaterThan(20_000_000)
    expect(seen.found).toEqual([])
  })

  test('no worker of the coldkeys is left, and that of the hotkeys knows nothing of the coldkey', () => {
    for (const pid of host.keysWorkers()) expect(foundInMemory(pid, traces)?.found ?? []).toEqual([])
  })

  test('no file has any of it: data folder with database, journal, logs and key files; temporary files', () => {
    const files = filesBelow(host.folder)
    const names = files.map(({ path }) => path.slice(host.folder.length))
    expect(names.some((name) => /taoforge.*\.(db|sqlite)/.test(name))).toBe(true)
    expect(names.some((name) => name.endsWith('/owner/coldkey'))).toBe(true)
    expect(names.some((name) => name.endsWith('.log'))).toBe(true)
    for (const { path, content } of files) expect(foundIn(content, traces), path).toEqual([])
  })

  test('nothing of it was written to the terminal', () => {
    expect(foundIn(Buffer.from(host.written()), traces)).toEqual([])
  })
})

test('the search finds what it looks for, in every form', () => {
  const phrase = 'old leopard transfer rib spatial phone calm indicate online fire caution review'
  const looked = tracesOf(phrase.split(' '), 'pässword')
  expect(foundIn(Buffer.from(`x${phrase}`), looked)).toHaveLength(10)
  expect(foundIn(Buffer.from(JSON.stringify(phrase.split(' '))), looked)).toHaveLength(10)
  expect(foundIn(Buffer.from('pässword', 'utf16le'), looked)).toEqual(['password, two bytes each'])
  const seed = 'da3cf5b1e9144931a0f0db65664aab662673b099415a7f8121b7245fb0be4143'
  expect(foundIn(Buffer.from(seed, 'hex'), looked)).toEqual(['seed'])
  expect(foundIn(Buffer.from('leopard old transfer'), looked)).toEqual([])
})

test.each([
  ['a list', (list: readonly string[]) => list],
  ['a frozen list', (list: readonly string[]) => Object.freeze(list)],
])('the search finds words that lie apart in %s, and only in their order', { timeout: 120_000 }, async (_what, as) => {
  // Made while the test runs: what stands in the source would be found as source.
  const kept = as(['ocean', 'paddle', 'quantum', 'rebel'].map((word) => [...word].reverse().join('')))
  const chunks: Buffer[] = []
  for await (const chunk of getHeapSnapshot()) chunks.push(chunk as Buffer)
  const heap = Buffer.concat(chunks)
  expect(holdsThreeInARow(heap, [...kept])).toBe(true)
  expect(holdsThreeInARow(heap, [...kept].reverse())).toBe(false)
})
