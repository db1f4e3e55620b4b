import type { ErrorOf } from './explain-error.ts'
import { writeBytes } from './time.ts'
import { type ErrorWords, words } from './words.ts'

const MNEMONIC_WHY = {
  'word-count': 'There must be 12, 15, 18, 21 or 24 words.',
  'unknown-word': 'One word is not in the list of 2048 words.',
  checksum: 'Each word is known, but together they do not fit: a word is wrong or two are exchanged.',
} as const

export function explainKeysError(error: ErrorOf<'keys'>): ErrorWords {
  switch (error.code) {
    case 'keys/locked':
      return words('The wallet is locked.', 'Signing needs its password.', 'Unlock it and go on.')
    case 'keys/no-wallet':
      return words('There is no wallet yet.', 'This needs an account of yours.', 'Create or import one.')
    case 'keys/other-account':
      return words(
        'Another wallet is active now.',
        `This was planned for ${error.planned}.`,
        'Change back to it, or plan again.',
      )
    case 'keys/wrong-password':
      return words('The password is wrong.', 'The key file did not open with it.', 'Try again. There is no reset.')
    case 'keys/weak-password':
      return words(
        'The password is too weak.',
        `It needs at least ${error.minimumLength} characters, and not the same one again and again.`,
        'Use several words, or a password manager.',
      )
    case 'keys/bad-mnemonic':
      return words(
        'These words are not a wallet.',
        error.word ? `“${error.word}” is not in the list of 2048 words.` : MNEMONIC_WHY[error.reason],
        'Compare with what you wrote down. Nothing was saved.',
      )
    case 'keys/words-not-confirmed':
      return words(
        'The words do not fit.',
        'At least one is not the word at that place.',
        'Look at what you wrote down. Nothing was saved yet.',
      )
    case 'keys/keyfile-broken':
      return words('A key file cannot be read.', `${error.file}: ${error.reason}.`, 'Use a copy of it, or its words.')
    case 'keys/keyfile-missing':
      return words(
        'A key file is missing.',
        `${error.file} is not there.`,
        'Choose the folder of a wallet: it holds coldkey and coldkeypub.txt.',
      )
    case 'keys/unsupported':
      return words(
        'This kind of key is not supported.',
        `${error.what}.`,
        'Use it with the official tools. Nothing was changed.',
      )
    case 'keys/bad-name':
      return words(
        'This name cannot be used.',
        `${error.name ? `“${error.name}”` : 'The empty name'} would not be a safe file name.`,
        'Use letters, digits, - and _.',
      )
    case 'keys/name-taken':
      return words(
        'The name is taken.',
        `There is already a wallet or key named ${error.name}.`,
        'Choose another name.',
      )
    case 'keys/unknown-wallet':
      return words('This wallet is not here.', `No wallet is named ${error.name}.`, 'Choose one of the list.')
    case 'keys/unknown-hotkey':
      return words('This hotkey is not here.', `No hotkey is named ${error.name}.`, 'Create it, or choose another one.')
    case 'keys/not-enough-memory':
      return words(
        'Not enough memory to open the key file.',
        `Its encryption needs ${writeBytes(error.neededBytes)}.`,
        'Close something large and try again.',
      )
    case 'keys/worker-died':
      return words(
        'The keys process ended.',
        'It was stopped from outside, or ran out of memory.',
        'It is started again. The wallet is locked: unlock it again.',
      )
    case 'keys/intent-differs':
      return words(
        'Signing was stopped.',
        `The bytes say something else than was confirmed: ${error.what}.`,
        'Nothing was signed. Do not go on with this version; report it.',
      )
  }
}
