import type { ErrorOf } from './explain-error.ts'
import { type ErrorWords, words } from './words.ts'

export function explainChainError(error: ErrorOf<'chain'>): ErrorWords {
  switch (error.code) {
    case 'chain/not-connected':
      return words('Not connected.', 'No network answers yet.', 'Wait for the connection, or choose a network.')
    case 'chain/unreachable':
      return words(
        'The network cannot be reached.',
        `${error.endpoint} did not answer: ${error.reason}.`,
        'It is tried again by itself. You can also choose another network.',
      )
    case 'chain/unknown-network':
      return words(
        'This network is not known.',
        `There is no network named ${error.network}.`,
        'Use practice, finney, test, local, or an own endpoint.',
      )
    case 'chain/bad-endpoint':
      return words(
        'This is not an endpoint.',
        `${error.endpoint || 'The empty text'} does not begin with ws:// or wss:// and a host name.`,
        'Enter an address such as ws://127.0.0.1:9944.',
      )
    case 'chain/wrong-genesis':
      return words(
        'This is another network.',
        `${error.endpoint} has the first block ${error.actual}, not ${error.expected}.`,
        'Check the endpoint. Nothing was read from it and nothing was sent.',
      )
    case 'chain/unsupported':
      return words(
        'The network lacks what this needs.',
        `Missing in its runtime: ${error.missing.join(', ')}.`,
        'The rest of the app works. Update the app when the network has changed.',
      )
    case 'chain/unknown-extension':
      return words(
        'Signing was stopped.',
        `The network asks to sign parts that this version cannot read: ${error.names.join(', ')}.`,
        'Update the app. Nothing was signed.',
      )
    case 'chain/pool-refused':
      return words(
        'The network refused it.',
        `Its pool said: ${error.reason}.`,
        'Nothing was paid. Quote again and send again.',
      )
    case 'chain/dispatch-failed':
      return words(
        `The chain refused: ${error.name}.`,
        error.docs || 'The chain gave no more than this name.',
        `Only the network fee was paid, in block ${error.block}.`,
      )
    case 'chain/transaction-lost':
      return words(
        'The transaction is lost from sight.',
        'The connection broke before the network told in which block it is.',
        'Look at the balance before you send it again: it may still be taken.',
      )
    case 'chain/bad-answer':
      return words(
        'The network gave an answer that cannot be right.',
        `${error.what}.`,
        'Use another endpoint. Nothing was signed.',
      )
    case 'chain/bad-address':
      return words(
        'This is not an address.',
        `${error.address} has a wrong form or a wrong checksum.`,
        'Copy it again, all 48 characters.',
      )
  }
}
