import { entropyOf } from '../../../electron/keys/worker/mnemonic.ts'
import { inspectSecretText, openSecretText } from '../../../electron/keys/worker/secret-text.ts'
import { verifiedMessage } from '../../../electron/keys/worker/signer/messages.ts'
import { diagnoseWords } from '../../../electron/keys/worker/word-diagnosis.ts'
import { BOB } from '../../support/signing/every-intent.ts'
import type { Dice } from '../dice.ts'
import { spoiledBytes, spoiledText } from '../mutate.ts'
import { SECRET_HEX, SECRET_PASSWORD, SECRET_PHRASE, SECRET_WORDS, type Target } from '../target.ts'
import { told, utf8 } from './keyfiles.ts'

const shapes: readonly ((dice: Dice) => string)[] = [
  () => SECRET_PHRASE,
  () => SECRET_WORDS.map((word, at) => `${at + 1}. ${word}`).join('\n'),
  () => SECRET_WORDS.map((word) => `"${word}"`).join(', '),
  (dice) => SECRET_WORDS.slice(0, dice.below(13)).join(' '),
  (dice) => Array.from({ length: dice.one([12, 15, 18, 21, 24]) }, () => dice.one(SECRET_WORDS)).join(' '),
]

/** Words as people paste them. */
export const mnemonics: Target = {
  name: 'mnemonic',
  cases: 80_000,
  slice: 1_500,
  async prepare() {
    return {
      make: (dice: Dice) => spoiledText(dice.one(shapes)(dice), dice),
      run(input) {
        const text = input as string
        const entropy = entropyOf(text)
        if (entropy.ok) entropy.value.fill(0)
        // What is wrong with words names words: it goes back into the window that typed them, and nowhere else.
        if (text.length % 8 === 0) diagnoseWords(text, text.length % 3 === 0 ? BOB : undefined)
        return entropy.ok || entropy.error
      },
    }
  },
}

const secrets: readonly ((dice: Dice) => string)[] = [
  ...shapes,
  () => SECRET_HEX,
  () => `0x${SECRET_HEX}${SECRET_HEX}`,
  () => `0x${SECRET_HEX.repeat(3)}`,
  () => `${SECRET_PHRASE}//hard//0/soft///${SECRET_PASSWORD}`,
  (dice) => `${SECRET_HEX}${'//1/2'.repeat(dice.below(20))}`,
  () => '//Alice',
]

/** Words, hex, paths and passwords in one field; and signatures of others, which are pasted as well. */
export const secretTexts: Target = {
  name: 'secret-text',
  cases: 40_000,
  slice: 400,
  async prepare() {
    const address = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY'
    return {
      make: (dice: Dice) =>
        dice.percent(15)
          ? spoiledBytes(utf8(dice.one(secrets)(dice)), dice)
          : utf8(dice.percent(90) ? spoiledText(dice.one(secrets)(dice), dice) : dice.one(secrets)(dice)),
      run(input) {
        const text = input as Uint8Array
        const chosen = told(openSecretText(text, text.length % 2 === 0 ? {} : { address, cryptoType: 'ed25519' }))
        const signature = new TextDecoder().decode(text).slice(0, 200)
        return [inspectSecretText(text), chosen, verifiedMessage(address, 'a text', signature)]
      },
    }
  },
}
