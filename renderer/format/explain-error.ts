import type { AppError, ErrorCode } from '../../shared/errors.ts'
import { explainChainError } from './explain-chain-error.ts'
import { explainKeysError } from './explain-keys-error.ts'
import { explainMiningError } from './explain-mining-error.ts'
import { explainTradeError } from './explain-trade-error.ts'
import { type ErrorWords, words } from './words.ts'

type Area = 'contract' | 'host' | 'internal' | 'storage' | 'practice'
export type ErrorOf<A extends string> = Extract<AppError, { code: `${A}/${string}` }>
type Own = ErrorOf<Area> | Extract<AppError, { code: 'internal' }>

function explainOwn(error: Own): ErrorWords {
  switch (error.code) {
    case 'contract/bad-input':
      return words(
        'The app did not accept this.',
        error.issues.length > 0 ? `${error.issues.join('. ')}.` : 'A value has another form than expected.',
        'Change the value and try again. Nothing was sent.',
      )
    case 'contract/unknown-channel':
      return words(
        'The app does not know this request.',
        `Window and app are of different versions (${error.name}).`,
        'Load the window again.',
      )
    case 'contract/desktop-only':
      return words('Not possible in a browser.', `${error.name} needs the desktop window.`, 'Open the desktop app.')
    case 'contract/cancelled':
      return words('This was cancelled.', 'It was stopped before it ended.', 'Start it again when you want it.')
    case 'host/unreachable':
      return words(
        'The app does not answer.',
        `The connection to it was lost: ${error.reason}.`,
        'It is tried again by itself. If you sent something, look at Activity before you send it again.',
      )
    case 'host/data-folder-in-use':
      return words(
        'The data folder is in use.',
        `Another Taoforge works on ${error.path}.`,
        'Close the other one, or start with another --data folder.',
      )
    case 'host/needed':
      return words(
        'The app must run for this.',
        `${error.channel} lives as long as the app does.`,
        'Start the app on the same data folder and try again.',
      )
    case 'internal':
      return words(
        'The app made a mistake.',
        `It is recorded in its log as incident ${error.incident}.`,
        'Try again. If it comes back, report the incident.',
      )
    case 'storage/disk-full':
      return words(
        'The disk is full.',
        `${error.path} needs ${error.neededBytes} bytes more.`,
        'Free some space and try again.',
      )
    case 'storage/broken':
      return words(
        'A file of the app is damaged.',
        `${error.path}: ${error.reason}.`,
        'Restore it from a copy, or move it away and start again. Keys are kept elsewhere.',
      )
    case 'storage/newer-version':
      return words(
        'The data is from a newer version.',
        `${error.path} was written by a newer Taoforge.`,
        'Use that version. Nothing was changed.',
      )
    case 'practice/only-there':
      return words(
        'Only on the practice network.',
        'Play money exists on the practice network alone.',
        'Change to the practice network first.',
      )
    case 'practice/did-not-start':
      return words('The practice network did not start.', `${error.reason}.`, 'Try again.')
  }
}

/** Codes of the four larger areas go to their own file; a new code does not compile until it has words. */
const isOf = <A extends string>(error: AppError, area: A): error is ErrorOf<A> => error.code.startsWith(`${area}/`)

const KNOWN: ReadonlySet<string> = new Set(['contract', 'host', 'internal', 'storage', 'practice'])

/** What happened, why, what to do. Covers every code; a code of a newer host is shown as it is. */
export function explainError(error: AppError): ErrorWords {
  if (isOf(error, 'chain')) return orUnknown(explainChainError(error), error)
  if (isOf(error, 'keys')) return orUnknown(explainKeysError(error), error)
  if (isOf(error, 'stake') || isOf(error, 'register')) return orUnknown(explainTradeError(error), error)
  if (isOf(error, 'mining') || isOf(error, 'model')) return orUnknown(explainMiningError(error), error)
  return KNOWN.has((error.code as ErrorCode).split('/')[0] ?? '')
    ? orUnknown(explainOwn(error), error)
    : unknownWords(error)
}

/** A host that is newer than this window may send a code that none of the switches knows. */
const orUnknown = (found: ErrorWords | undefined, error: AppError): ErrorWords => found ?? unknownWords(error)
const unknownWords = (error: { readonly code: string }): ErrorWords =>
  words(
    'Something failed.',
    `The app gave a reason that this window has no words for: ${error.code}.`,
    'Load the window again.',
  )
