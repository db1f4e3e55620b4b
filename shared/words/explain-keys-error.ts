import { writeBytes } from './plain-text.ts'
import type { WordsOf } from './words.ts'
import { words } from './words.ts'

const MNEMONIC_WHY = {
  'word-count': 'There must be 12, 15, 18, 21 or 24 words.',
  'unknown-word': 'One word is not in the list of 2048 words.',
  checksum: 'Each word is known, but together they do not fit: a word is wrong or two are exchanged.',
} as const

/** The window knows what was typed; the keys worker tells the place only, as `#3`. */
const wordName = (word: string): string => (/^#\d+$/.test(word) ? `Word ${word.slice(1)}` : `“${word}”`)

export const keysWords: WordsOf<'keys'> = {
  'keys/locked': () => words('The wallet is locked.', 'Signing needs its password.', 'Unlock it and go on.'),
  'keys/no-wallet': () => words('There is no wallet yet.', 'This needs an account of yours.', 'Create or import one.'),
  'keys/other-account': (error) =>
    words(
      'Another wallet is active now.',
      `This was planned for ${error.planned}.`,
      'Change back to it, or plan again.',
    ),
  'keys/wrong-password': () =>
    words('The password is wrong.', 'The key file did not open with it.', 'Try again. There is no reset.'),
  'keys/weak-password': (error) =>
    words(
      'The password is too weak.',
      `It needs at least ${error.minimumLength} characters, and not the same one again and again.`,
      'Use several words, or a password manager.',
    ),
  'keys/bad-mnemonic': (error) =>
    words(
      'These words are not a wallet.',
      error.word ? `${wordName(error.word)} is not in the list of 2048 words.` : MNEMONIC_WHY[error.reason],
      'Compare with what you wrote down. Nothing was saved.',
    ),
  'keys/words-not-confirmed': () =>
    words(
      'The words do not fit.',
      'At least one is not the word at that place.',
      'Look at what you wrote down. Nothing was saved yet.',
    ),
  'keys/keyfile-broken': (error) =>
    words('A key file cannot be read.', `${error.file}: ${error.reason}.`, 'Use a copy of it, or its words.'),
  'keys/keyfile-missing': (error) =>
    words(
      'A key file is missing.',
      `${error.file} is not there.`,
      'Choose the folder of a wallet: it holds coldkey and coldkeypub.txt.',
    ),
  'keys/unsupported': (error) =>
    words(
      'This kind of key is not supported.',
      `${error.what}.`,
      'Use it with the official tools. Nothing was changed.',
    ),
  'keys/bad-name': (error) =>
    words(
      'This name cannot be used.',
      `${error.name ? `“${error.name}”` : 'The empty name'} would not be a safe file name.`,
      'Use letters, digits, - and _.',
    ),
  'keys/name-taken': (error) =>
    words('The name is taken.', `There is already a wallet or key named ${error.name}.`, 'Choose another name.'),
  'keys/unknown-wallet': (error) =>
    words('This wallet is not here.', `No wallet is named ${error.name}.`, 'Choose one of the list.'),
  'keys/unknown-hotkey': (error) =>
    words('This hotkey is not here.', `No hotkey is named ${error.name}.`, 'Create it, or choose another one.'),
  'keys/not-enough-memory': (error) =>
    words(
      'Not enough memory to open the key file.',
      `Its encryption needs ${writeBytes(error.neededBytes)}.`,
      'Close something large and try again.',
    ),
  'keys/sealed-stale': () =>
    words(
      'The keys process was started anew meanwhile.',
      'What you typed was sealed for the one before, so nobody could read it. Nothing was done.',
      'Do it again.',
    ),
  'keys/sealed-broken': () =>
    words(
      'The keys process could not open what was sealed for it.',
      'It was changed on its way, or window and host are of different versions. Nothing was shown or saved.',
      'Reload the window, or start the app again.',
    ),
  'keys/cannot-seal': () =>
    words(
      'This browser cannot seal a password.',
      'Secrets go to the keys process encrypted only, and this browser lacks the key exchange X25519. Nothing was sent.',
      'Use a current browser, or the desktop window.',
    ),
  'keys/worker-died': () =>
    words(
      'The keys process ended.',
      'It was stopped from outside, or ran out of memory.',
      'It is started again. The wallet is locked: unlock it again.',
    ),
  'keys/worker-mismatch': () =>
    words(
      'The keys process is of another version.',
      'It was replaced while the app ran, or not replaced with it.',
      'Close the app and start it again; if that does not help, install it anew. Nothing was signed.',
    ),
  'keys/watch-only': (error) =>
    words(
      'This wallet is only watched.',
      `Of ${error.name} only the address is on this computer.`,
      'Import it with its words or its key file.',
    ),
  'keys/no-words': (error) =>
    words(
      'There are no words.',
      `The key file of ${error.name} holds none: the key was not made from words, or they were not saved with it.`,
      'Keep a copy of the key file instead.',
    ),
  'keys/hotkey-locked': (error) =>
    words('The hotkey is locked.', `The key file of ${error.name} is encrypted.`, 'Unlock this hotkey and go on.'),
  'keys/secret-differs': (error) =>
    words(
      'This is the key of another account.',
      `It does not lead to ${error.address}.`,
      'Compare the address. Nothing was saved.',
    ),
  'keys/unknown-trash': (error) =>
    words('This is not in the trash.', `Nothing removed is named ${error.id}.`, 'Choose one of the list.'),
  'keys/intent-differs': (error) =>
    words(
      'Signing was stopped.',
      `The bytes say something else than was confirmed: ${error.what}.`,
      'Nothing was signed. Do not go on with this version; report it.',
    ),
}
