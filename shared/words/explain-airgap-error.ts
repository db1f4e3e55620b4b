import { type WordsOf, words } from './words.ts'

export const airgapWords: WordsOf<'airgap'> = {
  'airgap/damaged': (error) =>
    words(
      'What was read cannot be used.',
      `The reason: ${error.what}.`,
      'Show the codes again, or take the file once more from where it was made.',
    ),
  'airgap/wrong-signature': (error) =>
    words(
      'This signature does not fit this transaction.',
      `It is not by ${error.address} over these bytes, so nothing was sent.`,
      'Check that the other device signed this very transaction with this account.',
    ),
  'airgap/expired': (error) =>
    words(
      'The signature comes too late.',
      `The transaction was good up to block ${error.validUntilBlock}; the chain is at block ${error.nowBlock}.`,
      'Begin again; the page says how long a signature has to come back.',
    ),
  'airgap/key-not-here': (error) =>
    words(
      'The key for this transaction is not on this computer.',
      `No wallet here belongs to the public key ${error.publicKey}, or it is only watched.`,
      'Take the transaction to the device that has the key, or switch to the network whose wallets hold it.',
    ),
  'airgap/not-named': (error) =>
    words(
      'This app does not sign such a call.',
      `Its signer has no name for ${error.call}, or cannot tell from the bytes what it means.`,
      'Sign it with the program that it was made for.',
    ),
  'airgap/changed': () =>
    words(
      'This is not the transaction that you were shown.',
      'It was read once more before signing, and the bytes differ.',
      'Read it in again and compare.',
    ),
}
