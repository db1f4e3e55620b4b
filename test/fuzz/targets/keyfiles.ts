import { readFileSync } from 'node:fs'
import { readKeySource, readPublicJson, writeKeyJson, writePublicJson } from '../../../electron/keys/worker/key-json.ts'
import { type KeySource, wipeSource } from '../../../electron/keys/worker/key-source.ts'
import { formatOf, hasWordsIn, weaknessesOf } from '../../../electron/keys/worker/keyfile-format.ts'
import { addressOf } from '../../../electron/keys/worker/keypair.ts'
import { isAnsible, isFernet } from '../../../electron/keys/worker/legacy-keyfile.ts'
import { isNacl, isTruncated, openWith, sealWith } from '../../../electron/keys/worker/nacl-keyfile.ts'
import { openKeySource } from '../../../electron/keys/worker/open-keyfile.ts'
import { openSecretText } from '../../../electron/keys/worker/secret-text.ts'
import type { AppError } from '../../../shared/errors.ts'
import type { Result } from '../../../shared/result.ts'
import type { Dice } from '../dice.ts'
import { jsonOf, spoiledBytes, spoiledStructure, spoiledText } from '../mutate.ts'
import { Finding, SECRET_HEX, SECRET_PASSWORD, SECRET_PHRASE, type Target } from '../target.ts'

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
export const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../../../electron/keys/fixtures/${name}`, import.meta.url)))

/** What may be told of an outcome: an error, or the account that was found. The secret itself is wiped. */
export function told(result: Result<KeySource, AppError>): unknown {
  if (!result.ok) return result.error
  const { pair } = result.value
  const facts = { address: addressOf(pair.publicKey), cryptoType: pair.cryptoType }
  wipeSource(result.value)
  return facts
}

export function secretSource(): KeySource {
  const source = openSecretText(utf8(SECRET_PHRASE), {})
  if (!source.ok) throw new Error('the secret words are no wallet')
  return source.value
}

const isPlain = (file: Uint8Array): boolean => formatOf(file) === 'plain'

/** Files of btwallet without encryption: JSON, bare words, bare hex; and public files. */
export const plainKeyfiles: Target = {
  name: 'keyfile-plain',
  cases: 100_000,
  slice: 1_500,
  async prepare() {
    const source = secretSource()
    const json = JSON.parse(new TextDecoder().decode(writeKeyJson(source))) as object
    const publicJson = JSON.parse(new TextDecoder().decode(writePublicJson(source.pair))) as object
    const others = [
      { ...json, cryptoType: 0 },
      { ...json, secretPhrase: null },
      { ...json, secretPhrase: null, secretSeed: null },
      { ...json, accountType: 'hashed' },
      { secretSeed: `0x${SECRET_HEX}` },
      { privateKey: `0x${SECRET_HEX}${SECRET_HEX}` },
      publicJson,
    ]
    const texts = [SECRET_PHRASE, SECRET_HEX, `0x${SECRET_HEX}${SECRET_HEX}`]
    return {
      make(dice: Dice) {
        const kind = dice.below(10)
        if (kind < 5) return utf8(jsonOf(spoiledStructure(dice.one([json, ...others]), dice)))
        if (kind < 8) return spoiledBytes(utf8(JSON.stringify(dice.one([json, ...others]))), dice)
        return utf8(spoiledText(dice.one(texts), dice))
      },
      run(input) {
        const file = input as Uint8Array
        // Another format would begin to stretch a password: that is what the other targets are for.
        if (!isPlain(file)) return formatOf(file)
        const about = [formatOf(file), weaknessesOf(formatOf(file)), hasWordsIn(file)]
        return [about, told(readKeySource(file, 'coldkey')), readPublicJson(file)]
      },
    }
  },
}

/** `$NACL` files under a key that is known, so that nothing is stretched; content may be anything. */
export const naclKeyfiles: Target = {
  name: 'keyfile-nacl',
  cases: 60_000,
  slice: 800,
  async prepare() {
    const key = new Uint8Array(32).fill(7)
    const plain = writeKeyJson(secretSource())
    const official = fixture('official/coldkey')
    return {
      make(dice: Dice) {
        if (dice.percent(20)) return sealWith(key, spoiledBytes(plain, dice), new Uint8Array(24))
        return spoiledBytes(dice.percent(50) ? sealWith(key, plain, new Uint8Array(24)) : official, dice)
      },
      run(input) {
        const file = input as Uint8Array
        if (!isNacl(file) || isTruncated(file)) return [formatOf(file), isTruncated(file)]
        const content = openWith(key, file)
        return content ? told(readKeySource(content, 'coldkey')) : 'wrong key'
      },
    }
  },
}

/** Ansible vaults, as a person opens them: ten thousand rounds are cheap enough. */
export const ansibleKeyfiles: Target = {
  name: 'keyfile-ansible',
  cases: 12_000,
  slice: 300,
  async prepare() {
    const official = fixture('legacy-ansible')
    const password = { trimmed: utf8(SECRET_PASSWORD) }
    const header = utf8('$ANSIBLE_VAULT;1.1;AES256\n')
    return {
      make(dice: Dice) {
        if (dice.percent(40)) return spoiledBytes(official, dice)
        const digits = Buffer.from(spoiledBytes(official.slice(header.length), dice)).toString('latin1')
        return utf8(`$ANSIBLE_VAULT;1.1;AES256\n${digits}`)
      },
      async run(input) {
        const file = input as Uint8Array
        if (!isAnsible(file)) return formatOf(file)
        return told(await openKeySource(file, 'coldkey', password))
      },
    }
  },
}

/** Bytes of a Fernet token that is complete: version, time, iv, one block, tag. */
const WHOLE_TOKEN = 1 + 8 + 16 + 16 + 32

/** Fernet tokens up to the point where ten million rounds would begin. */
export const fernetKeyfiles: Target = {
  name: 'keyfile-fernet',
  cases: 20_000,
  slice: 500,
  async prepare() {
    const official = fixture('legacy-fernet')
    const password = { trimmed: utf8(SECRET_PASSWORD) }
    return {
      make: (dice: Dice) => {
        const cut = dice.percent(60) ? official.slice(0, dice.below(96)) : official
        return dice.percent(30) ? cut : spoiledBytes(cut.length === 0 ? official : cut, dice)
      },
      async run(input) {
        const file = input as Uint8Array
        if (!isFernet(file)) return formatOf(file)
        const token = Buffer.from(Buffer.from(file).toString('latin1').trim(), 'base64url')
        if (token[0] === 0x80 && token.length >= WHOLE_TOKEN) return 'would be stretched'
        const opened = await openKeySource(file, 'coldkey', password)
        if (opened.ok) throw new Finding('a torn token was opened')
        return told(opened)
      },
    }
  },
}
