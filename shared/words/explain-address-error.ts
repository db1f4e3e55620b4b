import type { AddressProblem } from '../addresses/read-address.ts'
import { plainAmount } from './plain-text.ts'
import { type WordsOf, words } from './words.ts'

/** Why a text is no address, and what to do about it. */
export const ADDRESS_PROBLEMS: Readonly<Record<AddressProblem, readonly [why: string, next: string]>> = {
  empty: ['Nothing was entered.', 'Enter the address of the recipient.'],
  words: [
    'These look like the secret words of a wallet.',
    'Never send them to anybody. Remove them, and ask the recipient for the address.',
  ],
  'hex-key': [
    'These are 32 bytes in hex: a public key, or a secret seed. The two cannot be told apart.',
    'Ask the recipient for the address. It begins with 5 and has 48 characters.',
  ],
  ethereum: [
    'This is an address of the Ethereum kind.',
    'TAO is sent to addresses that begin with 5. Ask the recipient for one.',
  ],
  invisible: ['It holds characters that cannot be seen.', 'Type the address, or copy it from another place.'],
  characters: ['It holds a character that no address has, such as 0, O, I or l.', 'Copy the whole address again.'],
  'too-short': ['It is too short: an address has 48 characters.', 'Copy the whole address again.'],
  'too-long': ['It is too long: an address has 48 characters.', 'Copy the address alone.'],
  'other-chain': [
    'It is written for another chain, or its first characters are wrong.',
    'The same key has another address here, one that begins with 5. Ask the recipient for it.',
  ],
  checksum: [
    'Its check digits do not fit: at least one character is wrong.',
    'Compare it with its source, or copy it again.',
  ],
}

export const addressWords: WordsOf<'transfer' | 'address'> = {
  'transfer/to-itself': () =>
    words('This is the account that pays.', 'Sending TAO to itself only costs the fee.', 'Enter another address.'),
  'transfer/too-small': (error) =>
    words(
      'The amount is too small.',
      `This recipient can receive ${plainAmount(error.minimum)} TAO or more: the chain keeps no smaller account.`,
      'Enter more.',
    ),
  'transfer/balance-too-low': (error) =>
    words(
      'The balance is too low.',
      `${plainAmount(error.needed)} TAO were asked; ${plainAmount(error.available)} TAO can leave, after the fee and the smallest balance.`,
      'Enter less.',
    ),
  'transfer/funds-held': (error) =>
    words(
      'This account cannot be closed.',
      `${plainAmount(error.held)} TAO of it are reserved or frozen by the chain and would stay behind.`,
      'Free them first, or send an amount instead.',
    ),
  'address/not-valid': (error) => {
    const [why, next] = ADDRESS_PROBLEMS[error.problem]
    return words('This is no address of this chain.', why, next)
  },
  'address/look-alike': (error) =>
    words(
      'This address imitates one that you know.',
      `It begins or ends like ${error.name}, but it is a different account.`,
      'Nothing was sent. If it is meant, type it in full, from a source that you trust.',
    ),
  'address/dust-sender': () =>
    words(
      'This address sent you a tiny amount to be copied by mistake.',
      'Its ends imitate an address that you know.',
      'Nothing was sent. If it is meant, type it in full, from a source that you trust.',
    ),
  'address/typed-another': () =>
    words(
      'You hold another address.',
      'What was typed is not the address that would be paid.',
      'Nothing was sent. Compare both with the source that you trust.',
    ),
  'address/bad-name': () =>
    words(
      'This name cannot be kept.',
      'A name has 1 to 40 visible characters, a note at most 200.',
      'Enter another one.',
    ),
  'address/name-taken': (error) =>
    words('There is such a name already.', `${error.name} names another address.`, 'Enter another name.'),
  'address/already-there': (error) =>
    words('This address has a name already.', `It is known as ${error.name}.`, 'Rename that entry instead.'),
  'address/not-there': () =>
    words('There is no such entry.', 'It was removed in the meantime.', 'Look at the list again.'),
  'address/book-unreadable': (error) =>
    words('This file cannot be read.', `As an address book, ${error.reason}.`, 'Choose another file.'),
}
