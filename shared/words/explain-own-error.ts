import { writeBytes } from './plain-text.ts'
import { type WordsOf, words } from './words.ts'

export const ownWords: WordsOf<'contract' | 'host' | 'internal' | 'storage' | 'practice'> = {
  'contract/bad-input': (error) =>
    words(
      'The app did not accept this.',
      error.issues.length > 0 ? `${error.issues.join('. ')}.` : 'A value has another form than expected.',
      'Change the value and try again. Nothing was sent.',
    ),
  'contract/unknown-channel': (error) =>
    words(
      'The app does not know this request.',
      `Window and app are of different versions (${error.name}).`,
      'Load the window again.',
    ),
  'contract/desktop-only': (error) =>
    words('Not possible in a browser.', `${error.name} needs the desktop window.`, 'Open the desktop app.'),
  'contract/cancelled': () =>
    words('This was cancelled.', 'It was stopped before it ended.', 'Start it again when you want it.'),
  'host/unreachable': (error) =>
    words(
      'The app does not answer.',
      `The connection to it was lost: ${error.reason}.`,
      'It is tried again by itself. If you sent something, look at Activity before you send it again.',
    ),
  'host/data-folder-in-use': (error) =>
    words(
      'The data folder is in use.',
      `Another Taoforge works on ${error.path}.`,
      'Close the other one, or start with another --data folder.',
    ),
  'host/needed': (error) =>
    words(
      'The app must run for this.',
      `${error.channel} lives as long as the app does.`,
      'Start the app on the same data folder and try again.',
    ),
  internal: (error) =>
    words(
      'The app made a mistake.',
      `It is recorded in its log as incident ${error.incident}.`,
      'Try again. If it comes back, report the incident.',
    ),
  'storage/disk-full': (error) =>
    words(
      'The disk is full.',
      error.neededBytes > 0
        ? `${error.path} needs ${writeBytes(error.neededBytes)} more.`
        : `Nothing more can be written to ${error.path}.`,
      'Free some space and try again. What was there is unchanged.',
    ),
  'storage/broken': (error) =>
    words(
      'A file of the app is damaged.',
      `${error.path}: ${error.reason}.`,
      'Restore it from a copy, or move it away and start again. Keys are kept elsewhere.',
    ),
  'storage/read-only': (error) =>
    words(
      'Nothing can be written there.',
      `${error.path} does not allow it.`,
      'Choose another folder, or change who may write to it.',
    ),
  'storage/newer-version': (error) =>
    words(
      'The data is from a newer version.',
      `${error.path} was written by a newer Taoforge.`,
      'Use that version. Nothing was changed.',
    ),
  'practice/only-there': () =>
    words(
      'Only on the practice network.',
      'Play money exists on the practice network alone.',
      'Change to the practice network first.',
    ),
  'practice/did-not-start': (error) => words('The practice network did not start.', `${error.reason}.`, 'Try again.'),
}
