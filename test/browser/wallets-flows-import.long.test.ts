import { scryptSync } from 'node:crypto'
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Keyring } from '@polkadot/keyring'
import { jsonEncrypt } from '@polkadot/util-crypto/json'
import { naclEncrypt } from '@polkadot/util-crypto/nacl'
import { scryptToU8a } from '@polkadot/util-crypto/scrypt'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type HostSession, importWallet, LONG_PASSWORD, sessionWith } from '../support/host-session.ts'
import { type RunningHost, startHost } from '../support/running-host.ts'
import { PageDriver } from './page-driver.ts'
import { fillPassword } from './steps.ts'
import { answer, closeDrawer, manage, refused, startAdding, walletRow } from './wallet-steps.ts'

const fixture = (name: string) => fileURLToPath(new URL(`../../electron/keys/fixtures/${name}`, import.meta.url))
/** Written by the official package and by libsodium, as electron/keys/fixtures/README.md tells. */
const recorded = JSON.parse(readFileSync(fixture('recorded.json'), 'utf8')) as {
  readonly words: string
  readonly privateKey: string
  readonly password: string
  readonly files: readonly { readonly kind: string; readonly address: string; readonly base64: string }[]
}
const SR = '5HDvhV6WDCjCKyrXqGQSDYqQAzkzabNhctmiDYEqgBC66BsX'
const ED = '5HhFH9GvwCST4kRVoFREE7qDJcjYteR5unhQCrBGhhGuRgNb'
/** Of the old wallets. */
const OLD_PASSWORD = 'testpassword'
const SCRYPT_PRESETS = [
  { N: 1 << 13, p: 10, r: 8 },
  { N: 1 << 14, p: 5, r: 8 },
  { N: 1 << 15, p: 3, r: 8 },
  { N: 1 << 15, p: 1, r: 8 },
  { N: 1 << 16, p: 2, r: 8 },
  { N: 1 << 17, p: 1, r: 8 },
] as const
const HEADER_BYTES = 16
const KEY_BYTES = 64

const polkadotAccount = (type: 'sr25519' | 'ed25519' = 'sr25519', password?: string) =>
  new Keyring({ type, ss58Format: 0 }).createFromUri(recorded.words, { name: 'Mine' }).toJson(password)
const plainBytes = () => Buffer.from(polkadotAccount().encoded, 'base64')

function sealedWith(params: (typeof SCRYPT_PRESETS)[number]): string {
  const plain = polkadotAccount()
  const salt = new Uint8Array(32).fill(7)
  const key = scryptSync(OLD_PASSWORD, salt, 64, { ...params, maxmem: 2 ** 30 })
  const { encrypted, nonce } = naclEncrypt(plainBytes(), key.subarray(0, 32))
  const encoded = Buffer.concat([scryptToU8a(salt, params), nonce, encrypted]).toString('base64')
  return JSON.stringify({ ...plain, encoded, encoding: { ...plain.encoding, type: ['scrypt', 'xsalsa20-poly1305'] } })
}

let host: RunningHost
let session: HostSession
let driver: PageDriver
beforeAll(async () => {
  host = await startHost({ args: ['--network', 'practice'] })
  session = await sessionWith(host)
  await session.until<{ state: string }>('network.status', ({ state }) => state === 'ready')
  await importWallet(session)
  driver = await PageDriver.open(host.url)
  await driver.page.getByRole('heading', { name: 'Portfolio', level: 1 }).waitFor()
}, 240_000)
afterAll(async () => {
  await driver?.close()
  await session?.close()
  await host?.stop()
}, 60_000)

/** A wallet folder as an old tool left it. */
function oldWallet(name: string, coldkey: (path: string) => void): void {
  const folder = join(host.data, 'old', name)
  mkdirSync(folder, { recursive: true })
  coldkey(join(folder, 'coldkey'))
}

/** The row shows the account that the owner knows, and its new password opens it. */
async function isHere(name: string, address: string, password: string): Promise<void> {
  await driver.sees(`${name} was saved.`)
  const shown = await walletRow(driver, name).textContent()
  expect(shown?.replaceAll(/\s/g, '')).toContain(address)
  await session.must('wallet.unlock', { name, password })
}

describe('every other kind of key, taken in by the window', { timeout: 240_000 }, () => {
  it.each([
    ['canonical', recorded.privateKey, /as key files store it/],
    [
      'scaled',
      plainBytes()
        .subarray(HEADER_BYTES, HEADER_BYTES + KEY_BYTES)
        .toString('hex'),
      /as polkadot.js stores it/,
    ],
  ])('a private key of 64 bytes, %s: both forms lead to the account that the owner knows', async (name, key, form) => {
    await startAdding(driver, 'From a seed or key')
    const secret = driver.field(/Seed, private key/)
    await secret.fill(key.slice(0, -2))
    await driver.press('Look which account it is')
    await driver.page.getByRole('alert').getByText('keys/unsupported').waitFor()
    await secret.fill(key)
    await driver.press('Look which account it is')
    const choice = driver.page.locator('label.pick').filter({ hasText: form })
    await choice.waitFor()
    expect((await choice.textContent())?.replaceAll(/\s/g, '')).toContain(SR)
    await choice.getByRole('radio').check()
    await fillPassword(driver, name, LONG_PASSWORD)
    expect.soft(await driver.inspect('wallet-private-key')).toEqual([])
    await driver.press('Import this account')
    await isHere(name, SR, LONG_PASSWORD)
    await session.must('wallet.lock')
  })

  it('old wallets: each opens with its password only, says what is weak about it, and becomes a vault', async () => {
    const cheaper = recorded.files.find(({ kind }) => kind === 'nacl-cheaper')
    oldWallet('ansible', (path) => copyFileSync(fixture('legacy-ansible'), path))
    oldWallet('fernet', (path) => copyFileSync(fixture('legacy-fernet'), path))
    oldWallet('cheaper', (path) => writeFileSync(path, Buffer.from(cheaper?.base64 ?? '', 'base64')))
    const pub = fixture('official/hotkeys/minerpub.txt')
    for (const name of ['ansible', 'fernet']) copyFileSync(pub, join(host.data, 'old', name, 'coldkeypub.txt'))
    writeFileSync(join(host.data, 'old', 'cheaper', 'coldkeypub.txt'), JSON.stringify({ ss58Address: SR }))
    const old = [
      ['ansible', 'Ansible Vault', 'This file uses an old cipher.', OLD_PASSWORD],
      ['fernet', 'Fernet', 'Testing one password against it costs far less', OLD_PASSWORD],
      ['cheaper', '$NACL', 'This file is easier to guess than the app’s vault.', recorded.password],
    ] as const
    for (const [name, format, weakness, password] of old) {
      await startAdding(driver, 'From a btwallet folder')
      await driver.field('Folder').fill(join(host.data, 'old'))
      await driver.press('Look into the folder')
      await driver.press(`Choose ${name}`)
      await driver.press('Copy this wallet')
      await driver.sees(`${name} was saved.`)
      await walletRow(driver, name).getByText(format, { exact: true }).waitFor()
      await manage(driver, name)
      await driver.sees(weakness)
      await driver.press(`Unlock ${name}`)
      await answer(driver, 'Unlock', 'not the password')
      await refused(driver, 'The password is wrong.', 'keys/wrong-password')
      await answer(driver, 'Unlock', password)
      await driver.page.getByRole('dialog').waitFor({ state: 'detached' })
      expect.soft(await driver.inspect(`wallet-${name}`)).toEqual([])
      await driver.press('Convert to the app’s vault')
      await answer(driver, 'Convert to the vault', password)
      await driver.sees(`${name} is now kept as a vault.`)
      await walletRow(driver, name).getByText('app’s vault').waitFor()
      await session.must('wallet.lock')
      await session.must('wallet.unlock', { name, password })
      await closeDrawer(driver)
    }
  })

  const files: readonly (readonly [string, string, string, string])[] = [
    ['none', JSON.stringify(polkadotAccount()), '', SR],
    ['edwards', JSON.stringify(polkadotAccount('ed25519', OLD_PASSWORD)), OLD_PASSWORD, ED],
    ...SCRYPT_PRESETS.map((one, at) => [`preset${at}`, sealedWith(one), OLD_PASSWORD, SR] as const),
  ]
  it.each(files)('an account of polkadot.js: %s', async (name, json, password, address) => {
    await startAdding(driver, 'From polkadot.js')
    await driver.field('or its text').fill(json)
    await driver.press('Look into the file')
    await driver.sees('The account of the file')
    if (password !== '') await driver.page.getByLabel('Password of the file').fill(password)
    await fillPassword(driver, name, LONG_PASSWORD)
    if (name === 'none') expect.soft(await driver.inspect('wallet-polkadot-plain')).toEqual([])
    await driver.press('Import this account')
    await isHere(name, address, LONG_PASSWORD)
  })

  it('one account out of a file of several, each under a password of its own', async () => {
    const inner = [polkadotAccount('sr25519', OLD_PASSWORD), polkadotAccount('ed25519', 'its own')]
    const accounts = inner.map(({ address, meta }) => ({ address, meta }))
    const sealed = jsonEncrypt(new TextEncoder().encode(JSON.stringify(inner)), ['batch-pkcs8'], 'outer')
    await startAdding(driver, 'From polkadot.js')
    await driver.field('or its text').fill(JSON.stringify({ ...sealed, accounts }))
    await driver.press('Look into the file')
    await driver.sees('Choose one account of the file')
    await driver.page.locator('label.pick').nth(1).getByRole('radio').check()
    await driver.page.getByLabel('Password of the file').fill('outer')
    await fillPassword(driver, 'second', LONG_PASSWORD)
    await driver.press('Import this account')
    await driver.sees('The password is wrong.')
    await driver.page.getByLabel('Password of the file').fill('outer')
    await driver.page.getByLabel('Password of the account').fill('its own')
    await fillPassword(driver, 'second', LONG_PASSWORD)
    expect.soft(await driver.inspect('wallet-polkadot-several')).toEqual([])
    await driver.press('Import this account')
    await isHere('second', ED, LONG_PASSWORD)
    expect(driver.complaints).toEqual([])
  })
})
