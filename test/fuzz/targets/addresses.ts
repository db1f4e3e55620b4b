import { isAddress } from '../../../electron/chain/address-check.ts'
import { publicKeyOf } from '../../../electron/keys/worker/keypair.ts'
import { readBook } from '../../../shared/addresses/address-book.ts'
import { ss58Parts } from '../../../shared/addresses/base58.ts'
import { dustSenders } from '../../../shared/addresses/dust.ts'
import { judgeRecipient } from '../../../shared/addresses/judge-recipient.ts'
import { judgePaste } from '../../../shared/addresses/pasted.ts'
import { readAddress } from '../../../shared/addresses/read-address.ts'
import { ALICE, BOB } from '../../support/signing/every-intent.ts'
import type { Dice } from '../dice.ts'
import { jsonOf, spoiledStructure, spoiledText } from '../mutate.ts'
import { Finding, SECRET_HEX, SECRET_PHRASE, type Target } from '../target.ts'

const PASTES = [
  ALICE,
  BOB,
  '5Grw vaEF 5zXb 26Fz 9rcQ pDWS 57Ct ERHp NehX CPcN oHGK utQY',
  '12xtAYsRUrmbniiWQqJtECiBQrMn8AypQcXhnQAc6RB6XkLW',
  '0x0000000000000000000000000000000000000001',
  `0x${SECRET_HEX}`,
  SECRET_PHRASE,
  '1'.repeat(200),
  'z'.repeat(127),
]

/** What is typed or pasted where an address belongs: a secret pasted there by mistake is not repeated. */
export const addresses: Target = {
  name: 'address',
  cases: 150_000,
  slice: 3_000,
  async prepare() {
    const known = [
      { address: ALICE, name: 'a', how: 'book' },
      { address: BOB, name: 'b', how: 'own-hotkey' },
    ] as const
    const facts = { from: ALICE, known, paid: [BOB], dustSenders: [] }
    return {
      make: (dice: Dice) => (dice.percent(95) ? spoiledText(dice.one(PASTES), dice) : dice.one(PASTES)),
      run(input) {
        const text = input as string
        const read = readAddress(text)
        // Two readers of the same format, written apart: what one takes by its shape the other may refuse, not the reverse.
        if (read.ok && isAddress(read.value) !== (publicKeyOf(read.value) !== undefined))
          throw new Finding('two readers disagree about an address')
        const report = read.ok ? judgeRecipient(read.value, facts) : read.error
        const dust = read.ok ? dustSenders([{ from: read.value, amount: 1n }], known) : []
        return [report, dust, ss58Parts(text), judgePaste(text, ALICE).kind]
      },
    }
  },
}

const BOOK = {
  format: 'taoforge-addresses',
  version: 1,
  network: 'practice',
  addresses: [
    { address: ALICE, name: 'a', note: '' },
    { address: BOB, name: 'b', note: 'text' },
  ],
}

/** Files of an address book. */
export const addressBooks: Target = {
  name: 'address-book',
  cases: 40_000,
  slice: 1_000,
  async prepare() {
    return {
      make: (dice: Dice) =>
        dice.percent(50) ? spoiledText(JSON.stringify(BOOK), dice) : jsonOf(spoiledStructure(BOOK, dice)),
      run(input) {
        const book = readBook(input as string)
        // Names and notes are the person's own text and come back as they are.
        return book.ok ? book.value.skipped : book.error
      },
    }
  },
}
