import { createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningHost, startHost, taoforge } from '../support/running-host.ts'
import { PageDriver } from './page-driver.ts'

const PASSWORD = { TAOFORGE_PASSWORD: 'a long enough one' }
const WORDS = 'bottom drive obey lake curtain smoke basket hold race lonely fit walk'
const FIRST = '5DfhGyQdFobKM8NsWvEeAKk5EQQgYe9AydgJ7rMB6E1EqRzV'
const BOB = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty'

let online: RunningHost
let offline: RunningHost
let sender: PageDriver
let signer: PageDriver
const ask = async (host: RunningHost, channel: string, input: object, env = {}) => {
  const { json } = await taoforge([channel, JSON.stringify(input), '--data', host.data], { env })
  expect(json.error).toBeUndefined()
}
/** A port on which nobody listens, by the time that it is used. */
const deadPort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

beforeAll(async () => {
  online = await startHost({ args: ['--network', 'practice', '--block-ms', '2000'] })
  const chosen = await taoforge(['network.status', '{}', '--data', online.data, '--network', 'practice'])
  expect(chosen.json).toMatchObject({ ok: true })
  await ask(online, 'wallet.importWatchOnly', { name: 'watched', source: FIRST, cryptoType: 'sr25519' })
  await ask(online, 'practice.playMoney', { amount: '100000000000' })
  offline = await startHost()
  const unreachable = { kind: 'custom', endpoint: `ws://127.0.0.1:${await deadPort()}` }
  await taoforge(['network.select', JSON.stringify(unreachable), '--data', offline.data])
  await ask(offline, 'wallet.importWords', { name: 'cold' }, { ...PASSWORD, TAOFORGE_WORDS: WORDS })
  await ask(offline, 'wallet.lock', {})
  sender = await PageDriver.open(online.url)
  signer = await PageDriver.open(offline.url)
}, 240_000)
afterAll(async () => {
  await sender?.close()
  await signer?.close()
  await online?.stop()
  await offline?.stop()
}, 60_000)

/** What a camera would see: the pixels of the code as the browser painted them. */
const picture = async (driver: PageDriver, name: RegExp) => ({
  name: 'code.png',
  mimeType: 'image/png',
  buffer: await driver.page.getByRole('img', { name }).screenshot(),
})

/** Two windows that know nothing of each other but pictures of codes. */
describe('across the air gap, in two windows', { timeout: 240_000 }, () => {
  const pictures: Awaited<ReturnType<typeof picture>>[] = []

  it('shows a transaction of a watched wallet as codes', async () => {
    await sender.go('send')
    await sender.field('Recipient').fill(BOB)
    await sender.field('TAO to send').fill('2')
    await sender.press('Review and sign')
    await sender.page.getByRole('dialog', { name: 'Sign on another device' }).waitFor()
    await sender.press('Stop')
    const count = Number(/of (\d+)/.exec((await sender.page.getByText(/^Code \d+ of \d+$/).textContent()) ?? '')?.[1])
    expect(count).toBeGreaterThan(1)
    for (let shown = 0; shown < count; shown += 1) {
      pictures.push(await picture(sender, /^The transaction, to be signed/))
      await sender.press('Next code')
    }
    await sender.sees('Balances.transfer_keep_alive')
    expect.soft(await sender.inspect('qr')).toEqual([])
  })

  it('reads them on a computer without a network, and says what they mean', async () => {
    await signer.go('offline')
    const input = signer.page.getByLabel('or pictures of the codes')
    await input.setInputFiles(pictures.slice(1))
    await signer.sees(`${pictures.length - 1} of ${pictures.length} codes are read.`)
    expect.soft(await signer.inspect('qr-offline')).toEqual([])
    await input.setInputFiles([...pictures].reverse())
    await signer.sees('2000000000 rao = 2.000000000 TAO')
    await signer.sees('Balances.transfer_keep_alive')
  })

  it('signs it with the password of the wallet there, and shows the signature', async () => {
    await signer.field('Password of cold').fill('wrong one')
    await signer.press('Sign')
    await signer.sees('keys/wrong-password')
    await signer.field('Password of cold').fill(PASSWORD.TAOFORGE_PASSWORD)
    await signer.press('Sign')
    await signer.page.getByRole('img', { name: /^The signature/ }).waitFor()
    expect.soft(await signer.inspect('qr-signature')).toEqual([])
  })

  it('takes only that signature, and sends', async () => {
    const dialog = sender.page.getByRole('dialog')
    const text = dialog.getByRole('textbox', { name: 'or the text of its file, or its digits' })
    await text.fill(`01${'ab'.repeat(64)}`)
    await sender.press('Check and send')
    await sender.told(
      'This signature does not fit this transaction.',
      'Check that the other device signed this very transaction with this account.',
      'airgap/wrong-signature',
    )
    await sender.page.getByLabel('or pictures of the codes').setInputFiles([await picture(signer, /^The signature/)])
    await sender.sees('A signature was read.')
    await sender.press('Check and send')
    await sender.sees('The chain took it. Activity follows it until it is final.')
  })

  it('says so when there is no camera, and listens to nothing', async () => {
    await signer.press('Another transaction')
    await signer.press('Use the camera')
    await signer.sees('There is no camera, or it may not be used.')
    expect(signer.complaints.filter((line) => !/keys\/wrong-password/.test(line))).toEqual([])
    expect(sender.complaints).toEqual([])
  })
})
