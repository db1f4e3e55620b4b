import { type WordsOf, words } from './words.ts'

export const ledgerWords: WordsOf<'ledger'> = {
  'ledger/nothing-missing': () =>
    words(
      'There is no gap to fill.',
      'Every block since recording of this wallet began was looked at.',
      'To go further back, name the block to begin with.',
    ),
  'ledger/filling': () =>
    words(
      'A gap is being filled already.',
      'Blocks are read one gap at a time, so that the endpoint is not asked too much.',
      'Wait until it is done, or stop it first.',
    ),
  'ledger/no-download': () =>
    words(
      'This window cannot download.',
      'Only a browser fetches files from the app; the desktop window and the terminal have no such door.',
      'Write the file into the data folder instead.',
    ),
  'ledger/export-ended': () =>
    words(
      'The file was not finished.',
      'The process that reads the ledger for it ended, or was ended, before the last line.',
      'Nothing of it was kept. Ask for the file again; where it happens again, name a single year.',
    ),
  'ledger/other-history': (error) =>
    words(
      'This chain tells another story.',
      `Block ${error.block} is not the one that was final when it was recorded here.`,
      'Connect to a node of the chain that you used before. Nothing was changed.',
    ),
}
