import { explainDispatchError } from './explain-dispatch-error.ts'
import { plainAmount } from './plain-text.ts'
import { type WordsOf, words } from './words.ts'

export const chainWords: WordsOf<'chain'> = {
  'chain/not-connected': () =>
    words('Not connected.', 'No network answers yet.', 'Wait for the connection, or choose a network.'),
  'chain/unreachable': (error) =>
    words(
      'The network cannot be reached.',
      `${error.endpoint} did not answer: ${error.reason}.`,
      'The open app tries again by itself. You can also check the address, or choose another network.',
    ),
  'chain/unknown-network': (error) =>
    words(
      'This network is not known.',
      `There is no network named ${error.network}.`,
      'Use practice, finney, test, local, or an own endpoint.',
    ),
  'chain/bad-endpoint': (error) =>
    words(
      'This is not an endpoint.',
      `${error.endpoint || 'The empty text'} does not begin with ws:// or wss:// and a host name.`,
      'Enter an address such as ws://127.0.0.1:9944.',
    ),
  'chain/wrong-genesis': (error) =>
    words(
      'This is another network.',
      `${error.endpoint} has the first block ${error.actual}, not ${error.expected}.`,
      'Check the endpoint. Nothing was read from it and nothing was sent.',
    ),
  'chain/not-local': (error) =>
    words(
      'This is no network of your own.',
      `${error.endpoint} leads to ${error.network}, where money is real.`,
      'Choose that network, or enter the address as an own endpoint. Nothing was sent.',
    ),
  'chain/unsupported': (error) =>
    words(
      'The network lacks what this needs.',
      `Missing in its runtime: ${error.missing.join(', ')}.`,
      'The rest of the app works. Update the app when the network has changed.',
    ),
  'chain/unknown-extension': (error) =>
    words(
      'Signing was stopped.',
      `The network asks to sign parts that this version cannot read: ${error.names.join(', ')}.`,
      'Update the app. Nothing was signed.',
    ),
  'chain/pool-refused': (error) =>
    words(
      'The network refused it.',
      `Its pool said: ${error.reason}.`,
      'Nothing was paid. Ask again with what the network says in mind.',
    ),
  'chain/dispatch-failed': explainDispatchError,
  'chain/fee-doubted': (error) =>
    words(
      'The network fee cannot be right.',
      `The node says ${plainAmount(error.stated)} TAO; by the work of the call it comes to about ${plainAmount(error.compared)}.`,
      'Nothing was signed. Try another endpoint.',
    ),
  'chain/transaction-lost': () =>
    words(
      'The transaction is lost from sight.',
      'The connection broke before the network told in which block it is.',
      'Look at the balance before you send it again: it may still be taken.',
    ),
  'chain/bad-answer': (error) =>
    words(
      'The network gave an answer that cannot be right.',
      `${error.what}.`,
      'Use another endpoint. Nothing was signed.',
    ),
  'chain/bad-address': (error) =>
    words(
      'This is not an address.',
      `${error.address} has a wrong form or a wrong checksum.`,
      'Copy it again, all 48 characters.',
    ),
  'chain/over-budget': (error) =>
    words(
      'The endpoint is asked as much as it allows.',
      `This request waited ${Math.round(error.waitedMs / 1000)} s for its turn at ${error.endpoint} and was not sent.`,
      'Nothing was paid. Wait a moment. In the settings you can see the allowance, and change it for a node of your own.',
    ),
  'chain/rate-limited': (error) =>
    words(
      'The endpoint refuses more questions.',
      `${error.endpoint} said that it was asked too often.`,
      'Nothing was paid. It is left alone for a while, and another endpoint is used where one is known.',
    ),
  'chain/head-too-old': (error) =>
    words(
      'This endpoint is behind.',
      `The newest block of ${error.endpoint} is ${Math.round(error.ageMs / 1000)} s old, so its prices and balances are, too.`,
      'Nothing is signed meanwhile. Wait, use another endpoint, or check the clock of this computer.',
    ),
  'chain/head-from-future': (error) =>
    words(
      'This endpoint shows blocks that cannot exist yet.',
      `The newest block of ${error.endpoint} is ${Math.round(error.aheadMs / 1000)} s ahead of the clock of this computer.`,
      'Nothing is signed meanwhile. Use another endpoint, or check the clock of this computer.',
    ),
  'chain/sources-disagree': (error) =>
    words(
      'Two endpoints tell different stories.',
      `${error.endpoint} and ${error.other} have different final blocks at height ${error.block}. One of them is wrong.`,
      'Nothing is signed while this lasts. Compare with a block explorer, or choose an endpoint that you trust.',
    ),
  'chain/runtime-changed': (error) =>
    words(
      'The network changed its rules.',
      `It went from version ${error.from} to ${error.to} after this was prepared, so what was prepared was thrown away.`,
      'Nothing was signed and nothing was sent. Quote again.',
    ),
}
