import { xsalsa20poly1305 } from '@noble/ciphers/salsa.js'
import { addressOf } from '../../../electron/keys/worker/keypair.ts'
import {
  inspectPolkadotJson,
  openPolkadotJson,
  unpackPolkadotBatch,
} from '../../../electron/keys/worker/polkadot-json.ts'
import type { Dice } from '../dice.ts'
import { jsonOf, spoiledBytes, spoiledStructure } from '../mutate.ts'
import { SECRET_PASSWORD, type Target } from '../target.ts'
import { secretSource, told, utf8 } from './keyfiles.ts'

const HEADER = [48, 83, 2, 1, 1, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32]
const DIVIDER = [161, 35, 3, 33, 0]
const SCRYPT = 'scrypt'

function parsed(file: Uint8Array): { readonly encoding?: { readonly type?: unknown } } {
  try {
    return (JSON.parse(new TextDecoder().decode(file)) ?? {}) as object
  } catch {
    return {}
  }
}

/** Account exports without encryption, and with the one that stretches nothing; scrypt costs memory, not surprises. */
export const polkadotJson: Target = {
  name: 'polkadot-json',
  cases: 50_000,
  slice: 800,
  async prepare() {
    const { pair } = secretSource()
    const plain = Uint8Array.from([...HEADER, ...pair.secretKey, ...DIVIDER, ...pair.publicKey])
    const key = new Uint8Array(32)
    key.set(utf8(SECRET_PASSWORD).subarray(0, 32))
    const box = (content: Uint8Array) => [
      ...new Uint8Array(24),
      ...xsalsa20poly1305(key, new Uint8Array(24)).encrypt(content),
    ]
    const exported = (content: Uint8Array, type: readonly string[], batch = false) => ({
      encoded: Buffer.from(type.includes('none') ? content : Uint8Array.from(box(content))).toString('base64'),
      encoding: { content: batch ? ['batch-pkcs8'] : ['pkcs8', 'sr25519'], type, version: '3' },
      address: addressOf(pair.publicKey),
      accounts: [{ address: addressOf(pair.publicKey), meta: { name: 'a' } }],
      meta: { name: 'a', whenCreated: 1 },
    })
    const inner = (content: Uint8Array) =>
      [exported(content, ['none']), exported(content, ['xsalsa20-poly1305'])] as const
    const list = (content: Uint8Array) => utf8(JSON.stringify(inner(content)))
    const password = { trimmed: utf8(SECRET_PASSWORD) }
    return {
      make(dice: Dice) {
        const content = dice.percent(50) ? plain : spoiledBytes(plain, dice)
        const type = dice.one([['none'], ['xsalsa20-poly1305']])
        const json = dice.percent(70) ? exported(content, type) : exported(list(content), type, true)
        return dice.percent(25)
          ? spoiledBytes(utf8(JSON.stringify(json)), dice)
          : utf8(jsonOf(dice.percent(80) ? spoiledStructure(json, dice) : json))
      },
      async run(input) {
        const file = input as Uint8Array
        const inspected = inspectPolkadotJson(file)
        // The name that the exporter gave the account is shown; it is his own text.
        const facts = inspected.ok ? inspected.value.accounts.map(({ address }) => address) : inspected.error
        if (JSON.stringify(parsed(file).encoding?.type ?? '').includes(SCRYPT)) return facts
        const batch = await unpackPolkadotBatch(file, password)
        // What a batch holds is still encrypted, or is a secret to be read next.
        const accounts = batch.ok ? await Promise.all(batch.value.map((one) => openPolkadotJson(one, password))) : []
        return [facts, batch.ok || batch.error, accounts.map(told), told(await openPolkadotJson(file, password))]
      },
    }
  },
}
