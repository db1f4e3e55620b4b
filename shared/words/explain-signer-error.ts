import { plainAmount, writeClock } from './plain-text.ts'
import { type WordsOf, words } from './words.ts'

const RAISE = 'Change the limit in the wallet’s signing rules. Loosening needs the password and counts after a wait.'

const NO_MESSAGE = {
  transaction: 'These bytes are a transaction.',
  hash: 'These are 32 bytes: they could be the hash of a transaction.',
  binary: 'They are not readable text.',
  hex: 'They begin with 0x: some programs would sign the bytes that it spells, others the text.',
} as const

export const signerWords: WordsOf<'signer' | 'policy'> = {
  'signer/unreadable': (error) =>
    words(
      'The transaction cannot be read to its last byte.',
      `Nothing is signed unread (${error.what}).`,
      'Prepare it again. If this repeats, update the app.',
    ),
  'signer/bad-metadata': (error) =>
    words(
      'The node’s description of the chain cannot be used.',
      `Without it the signer cannot read what it signs (${error.what}).`,
      'Choose another endpoint in Settings.',
    ),
  'signer/metadata-needed': () =>
    words('The signer does not know this version of the chain yet.', 'It is told with the next try.', 'Try again.'),
  'signer/foreign-genesis': (error) =>
    words(
      'This is another chain than the wallet signed for before.',
      `Under ${error.network} it knows ${error.expected}; this one is ${error.actual}.`,
      'Check the endpoint. If the chain was really begun anew, use a new wallet for it.',
    ),
  'signer/not-a-message': (error) =>
    words(
      'This is not signed as a plain message.',
      NO_MESSAGE[error.reason],
      'Sign it with the <Bytes> mark; a transaction never has it.',
    ),
  'signer/not-serving': (error) =>
    words(
      'The answers of the miner were not signed.',
      `The signer does not know that the hotkey ${error.hotkey} is being mined with.`,
      'Stop mining and start it again.',
    ),
  'signer/not-an-answer': (error) =>
    words(
      'The signer refused to sign an answer.',
      `Its ${error.what} does not fit an answer of this moment.`,
      "Check this computer's clock. If it is right, stop mining and start it again.",
    ),
  'signer/audit-broken': (error) =>
    words(
      'The log of signatures was changed.',
      `${error.file} does not fit together at line ${error.line}.`,
      'Find out who changed it before you sign again. Export the log, and set the signing rules anew.',
    ),
  'policy/kind': (error) =>
    words(
      'Your signing rules do not allow this kind of transaction.',
      `It is “${error.kind}”; allowed: ${error.allowed.join(', ') || 'nothing'}.`,
      RAISE,
    ),
  'policy/subnet': (error) =>
    words(
      'Your signing rules do not allow this subnet.',
      `It is subnet ${error.netuid}; allowed: ${error.allowed.join(', ') || 'none'}.`,
      RAISE,
    ),
  'policy/recipient': (error) =>
    words('Your signing rules do not allow this recipient.', `${error.recipient} is not on your list.`, RAISE),
  'policy/unknown-amount': (error) =>
    words(
      'Your signing rules have a limit that cannot be checked for this transaction.',
      `The kind “${error.kind}” does not say what it is worth, or whom it is for.`,
      `Name this kind among those that pass unchecked. ${RAISE}`,
    ),
  'policy/per-transaction': (error) =>
    words(
      'This is more than your signing rules allow at once.',
      `It takes ${plainAmount(error.asked)} TAO; the limit is ${plainAmount(error.limit)} TAO.`,
      RAISE,
    ),
  'policy/per-day': (error) =>
    words(
      'This is more than your signing rules allow in 24 hours.',
      `It takes ${plainAmount(error.asked)} TAO, ${plainAmount(error.spent)} TAO are spent already; the limit is ${plainAmount(error.limit)} TAO.`,
      `Wait, or ask for less. ${RAISE}`,
    ),
  'policy/waiting': (error) =>
    words(
      'Your signing rules make large amounts wait.',
      `The wait has begun. It ends at ${writeClock(error.readyAtMs)}.`,
      'Ask for the same transaction again after that; it is then signed.',
    ),
  'policy/tampered': (error) =>
    words(
      'The signing rules of this wallet were changed from outside.',
      `The signer cannot trust them (${error.what}), so it signs nothing.`,
      'Set them anew with your password. They count after the usual wait.',
    ),
  'policy/bad': (error) =>
    words('These signing rules make no sense.', `Look at: ${error.what}.`, 'Change it and try again.'),
}
