import { type WordsOf, words } from './words.ts'

const CODE = {
  shape: 'It begins with taoforge-fleet: and ends with seven groups of four letters.',
  mistyped: 'At least one of its letters is not the one that was shown.',
} as const
const REFUSALS: Readonly<Record<string, string>> = {
  'fleet/not-allowed': 'Its owner lets this computer look, and nothing more',
  'mining/nothing-confirmed':
    'Nobody started a miner there by hand so far, so there is none that could be started again',
  'mining/already-running': 'Its miner runs already',
  'mining/not-running': 'Its miner does not run',
  'contract/unknown-channel': 'It does not know that order',
}

export const fleetWords: WordsOf<'fleet'> = {
  'fleet/bad-code': ({ problem }) =>
    words('This is no pairing code.', CODE[problem], 'Copy it again from the machine that shows it.'),
  'fleet/code-refused': ({ address }) =>
    words(
      'The machine does not take this code.',
      `What answers at ${address} does not know it: it was used, is older than ten minutes, was taken back, or is of another machine`,
      'Have the machine show a new one.',
    ),
  'fleet/unreachable': ({ name, reason }) =>
    words(
      `${name} does not answer.`,
      `${reason}.`,
      'See that it runs, that its fleet door is open, and that its port can be reached. It is tried again by itself.',
    ),
  'fleet/refused': ({ name }) =>
    words(
      `${name} does not know this computer.`,
      'It removed it, was set up anew, or another machine answers at its address',
      'Look there who may look. If it was set up anew, remove it here and pair the two again.',
    ),
  'fleet/bad-report': ({ name, reason }) =>
    words(
      `What ${name} says cannot be used.`,
      `${reason}.`,
      'Nothing of it is shown or counted. If both have the newest version, somebody may have taken that machine over.',
    ),
  'fleet/unknown': () =>
    words('This computer is not in the list.', 'It was removed meanwhile.', 'Look at the list again.'),
  'fleet/too-many': ({ most }) =>
    words('The list is full.', `It takes ${most}.`, 'Remove one that is not used any more.'),
  'fleet/no-address': () =>
    words(
      'Nobody could find this computer.',
      'It has no address in a network that others are in.',
      'Connect it to a network, or say under which address others find it.',
    ),
  'fleet/not-allowed': () =>
    words(
      'This computer may only look.',
      'The owner of the machine did not allow it to start or stop the miner.',
      'Remove it there and pair the two again, with control allowed.',
    ),
  'fleet/order-refused': ({ name, refusal }) =>
    words(
      `${name} did not do it.`,
      REFUSALS[refusal] ?? `It gave the reason ${refusal}`,
      'Look at that machine itself for more.',
    ),
}
