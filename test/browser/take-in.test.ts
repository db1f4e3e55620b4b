import { createHash } from 'node:crypto'
import { cpSync, existsSync, readdirSync, writeFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CatalogueEntry } from '../../electron/models/catalogue.ts'
import { createModels } from '../../electron/models/models.ts'
import { selfTestModel } from '../../electron/models/self-test-model.ts'
import { type HostSession, importWallet, OFFICIAL_WALLET, sessionWith, stateOf } from '../support/host-session.ts'
import { startInnerHost } from '../support/inner-host.ts'
import type { RunningHost } from '../support/running-host.ts'
import { PageDriver } from './page-driver.ts'
import { mineByHand } from './steps.ts'

const MODEL = selfTestModel()
const PIECE_BYTES = 400_000

/** A server of models that honours ranges and holds each answer after one piece, until it is told to go on. */
class ModelServer {
  readonly asked: string[] = []
  #held = Promise.withResolvers<{ readonly response: ServerResponse; readonly rest: Buffer }>()
  readonly #server = createServer(({ headers }, response) => {
    this.asked.push(headers.range ?? 'all')
    const from = Number(/^bytes=(\d+)-\d+$/.exec(headers.range ?? '')?.[1] ?? 0)
    const end = MODEL.length - 1
    response.writeHead(206, { 'content-range': `bytes ${from}-${end}/${MODEL.length}`, etag: '"one"' })
    if (from > 0) return void response.end(MODEL.subarray(from))
    response.write(MODEL.subarray(0, PIECE_BYTES))
    // What was paused has nobody who waits for the rest.
    response.on('close', () => {
      this.#held = Promise.withResolvers()
    })
    this.#held.resolve({ response, rest: MODEL.subarray(PIECE_BYTES) })
  })

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }
  /** Waits for an answer to hold: the page shows progress before the server is asked. */
  async goOn(): Promise<void> {
    const { response, rest } = await this.#held.promise
    response.end(rest)
  }
  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}

const entry = (source: string, over: Partial<CatalogueEntry>): CatalogueEntry => ({
  id: 'whole',
  name: 'A whole model',
  use: 'For tests.',
  uses: ['chat'],
  source,
  revision: 'a'.repeat(40),
  file: 'whole.gguf',
  sizeBytes: MODEL.length,
  sha256: createHash('sha256').update(MODEL).digest('hex'),
  quant: 'F32',
  licence: 'MIT',
  licenceUrl: 'https://example.org/licence',
  shape: {
    layers: 2,
    heads: 4,
    keyHeads: 4,
    headLength: 16,
    width: 64,
    contextLength: 8192,
    vocabularySize: 262,
    source: 'https://example.org/config.json',
  },
  ...over,
})

/** What a person brings from outside: models by download and by path, wallets of the official tools. */
describe('taking in, in the window', { timeout: 90_000 }, () => {
  const server = new ModelServer()
  let host: RunningHost
  let session: HostSession
  let driver: PageDriver
  beforeAll(async () => {
    const source = await server.start()
    const catalogue = [
      entry(source, {}),
      entry(source, { id: 'other', name: 'Another file', file: 'other.gguf', sha256: 'f'.repeat(64) }),
    ]
    host = await startInnerHost(({ facts }) => ({
      models: createModels({ folder: facts.modelsFolder, catalogue, retryMs: 60_000 }),
    }))
    session = await sessionWith(host)
    await session.must('network.select', { kind: 'practice' })
    await importWallet(session)
    driver = await PageDriver.open(host.url)
    await driver.page.getByRole('heading', { name: 'Portfolio', level: 1 }).waitFor()
    await mineByHand(driver)
  }, 120_000)
  afterAll(async () => {
    await driver?.close()
    await session?.close()
    await host?.stop()
    await server.stop()
  }, 60_000)

  const row = (name: string) => driver.page.locator('.pick-row', { hasText: name })
  const models = () => join(host.data, 'models')

  it('downloads a model, pauses, and goes on where it stopped', async () => {
    const whole = row('A whole model')
    await whole.getByRole('button', { name: /Download/ }).click()
    // The licence first; nothing is asked for before it is accepted.
    await driver.page.getByRole('dialog').getByText('MIT', { exact: true }).waitFor()
    expect.soft(await driver.inspect('licence')).toEqual([])
    await driver.press('Do not download')
    expect(server.asked).toEqual([])
    await whole.getByRole('button', { name: /Download/ }).click()
    await driver.press('Accept and download')
    await whole.getByRole('progressbar').waitFor()
    await whole.getByText(/^\d.* of \d/).waitFor()
    expect.soft(await driver.inspect('mine-downloading')).toEqual([])
    await expect.poll(() => readdirSync(models())).toContain('whole.gguf.part')
    await whole.getByRole('button', { name: 'Pause the download of A whole model' }).click()
    await whole.getByRole('button', { name: /Go on from/ }).waitFor()
    expect(await whole.getByRole('radio').isDisabled()).toBe(true)
    await whole.getByRole('button', { name: /Go on from/ }).click()
    await whole.getByRole('button', { name: 'Delete A whole model' }).waitFor()
    expect(server.asked).toEqual([expect.stringMatching(/^bytes=0-/), expect.stringMatching(/^bytes=[1-9]\d*-\d+$/)])
    await whole.getByRole('radio').check()
    expect(existsSync(join(models(), 'whole.gguf'))).toBe(true)
  })

  it('uses no file whose hash is wrong, says so, and keeps nothing of it', async () => {
    const other = row('Another file')
    await other.getByRole('button', { name: /Download/ }).click()
    await driver.press('Accept and download')
    await other.getByRole('progressbar').waitFor()
    await server.goOn()
    await driver.told(
      'The file is not the expected one.',
      'downloading it again fetches all of it',
      'model/hash-mismatch',
    )
    await other.getByRole('button', { name: /Download/ }).waitFor()
    expect(await other.getByRole('radio').isDisabled()).toBe(true)
    expect(readdirSync(models()).filter((name) => name.startsWith('other'))).toEqual([])
    expect.soft(await driver.inspect('mine-hash-wrong')).toEqual([])
  })

  it('takes a GGUF file of this computer by its path, without moving it', async () => {
    const file = join(host.data, 'my own.gguf')
    writeFileSync(file, MODEL)
    await driver.press('Use a GGUF file of this computer')
    await driver.press('Add the file')
    await driver.sees('Enter the path of a file.')
    await driver.field('Path of the GGUF file').fill(file)
    await driver.press('Add the file')
    const own = row('own file')
    await own.getByText('licence').or(own.getByText('F32')).first().waitFor()
    expect(await own.getByRole('radio').isChecked()).toBe(true)
    await own.getByRole('button', { name: /Remove/ }).click()
    await own.waitFor({ state: 'detached' })
    expect(existsSync(file)).toBe(true)
  })

  it('copies a wallet of the official tools and leaves the original as it was', async () => {
    const folder = join(host.data, 'from-btwallet')
    cpSync(OFFICIAL_WALLET, join(folder, 'official'), { recursive: true })
    await driver.go('wallets')
    await driver.press('Add a wallet')
    await driver.press('From a btwallet folder')
    await driver.field('Folder').fill(folder)
    await driver.press('Look into the folder')
    const found = driver.page.getByRole('list', { name: 'Wallets in this folder' })
    await found.getByText('official', { exact: true }).waitFor()
    await found.getByText('encrypted', { exact: true }).waitFor()
    await found.getByText('1 hotkey', { exact: true }).waitFor()
    expect.soft(await driver.inspect('wallet-folder-found')).toEqual([])
    await driver.press('Choose official')
    await driver.field('Name here').fill('a')
    await driver.press('Copy this wallet')
    await driver.told('The name is taken.', 'Choose another name.', 'keys/name-taken')
    await driver.field('Name here').fill('imported')
    await driver.press('Copy this wallet')
    await driver.sees('imported was saved.')
    const { files } = (await stateOf(host, session)) as { files: readonly string[] }
    const copied = files.filter((line) => line.startsWith('practice/wallets/imported/')).map((line) => line.slice(26))
    expect(copied.map((line) => line.split(' ')[0])).toEqual([
      'coldkey',
      'coldkeypub.txt',
      'hotkeys/miner',
      'hotkeys/minerpub.txt',
    ])
    expect(readdirSync(join(folder, 'official')).sort()).toEqual(['coldkey', 'coldkeypub.txt', 'hotkeys'])
    expect(driver.complaints).toEqual([])
  })
})
