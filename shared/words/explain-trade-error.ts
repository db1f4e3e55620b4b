import type { PriceSource } from '../staking/judge-price.ts'
import { plainAmount, shortAddress } from './plain-text.ts'
import { type WordsOf, words } from './words.ts'

/** Parts per million as percent, two places. */
const percent = (ppm: number): string => `${(ppm / 10_000).toFixed(2)} %`

/** Where the other price comes from, as a part of a sentence. */
export const SOURCE_WORDS: Readonly<Record<PriceSource, string>> = {
  reserves: 'what the pool holds in the same block makes it',
  simulation: 'its own simulation of this trade makes it',
  average: 'its slow average is',
  recorded: 'what this computer recorded before is',
  elsewhere: 'another endpoint says',
}

export const tradeWords: WordsOf<'stake' | 'register'> = {
  'stake/too-small': (error) =>
    words(
      'The amount is too small.',
      `The chain takes at least ${plainAmount(error.minimum)} TAO worth of stake in one step.`,
      'Enter more, or take all of the position.',
    ),
  'stake/balance-too-low': (error) =>
    words(
      'The balance is too low.',
      `${plainAmount(error.needed)} TAO are needed with fees and the smallest balance; ${plainAmount(error.available)} TAO are free.`,
      'Enter less, or get more TAO first.',
    ),
  'stake/not-enough-alpha': (error) =>
    words(
      'There is not so much to take.',
      `${plainAmount(error.available)} alpha of netuid ${error.netuid} can be taken now; ${plainAmount(error.needed)} were asked.`,
      'Enter an amount above 0 and up to what is available.',
    ),
  'stake/no-liquidity': (error) =>
    words(
      'The pool cannot fill this.',
      `The pool of netuid ${error.netuid} is too small for this amount.`,
      'Enter less, or choose another subnet.',
    ),
  'stake/subnet-not-started': (error) =>
    words(
      'This subnet has not started.',
      `The owner of netuid ${error.netuid} has not started its token yet.`,
      'Choose another subnet, or wait.',
    ),
  'stake/unknown-subnet': (error) =>
    words(
      'There is no such subnet.',
      `Netuid ${error.netuid} does not exist on this network.`,
      'Choose one of the list.',
    ),
  'stake/unknown-hotkey': (error) =>
    words(
      'The chain does not know this hotkey.',
      `${shortAddress(error.hotkey)} has never been registered.`,
      'Choose a validator of the list.',
    ),
  'stake/price-moved': (error) =>
    words(
      'The price is past your limit.',
      `It is ${plainAmount(error.price)} TAO for one alpha; your limit was ${plainAmount(error.limitPrice)}.`,
      'Nothing was sent. Quote again, or allow a wider limit.',
    ),
  'stake/nothing-to-do': () =>
    words(
      'There is nothing to do.',
      'None of your positions can be moved in this way now, or all are as you want them.',
      'Look at what was left out and why, or ask for something else.',
    ),
  'stake/too-many-moves': (error) =>
    words(
      'These are too many moves for one plan.',
      `A plan has at most ${error.most}, so that a person can read it.`,
      'Choose fewer, and plan the others afterwards.',
    ),
  'stake/same-place': (error) =>
    words(
      'Nothing would move.',
      `Origin and destination are the same on netuid ${error.netuid}.`,
      'Choose another validator or another subnet.',
    ),
  'stake/transfers-off': (error) =>
    words(
      'This stake cannot be given away.',
      `The owner of netuid ${error.netuid} has switched transfers of its stake off.`,
      'Unstake and send the TAO, or wait until it is switched on.',
    ),
  'stake/limit-needed': (error) =>
    words(
      'A price limit is needed.',
      `Without one a trade on netuid ${error.netuid} would be made at any price. None follows from the price of now where the chain cannot say what a trade brings.`,
      'Say the worst price that you accept, or for many moves how far from the price of now. Nothing is traded without one.',
    ),
  'stake/root-held': (error) =>
    words(
      'This stake on root has to stay for now.',
      `It was changed a short time ago. On this chain what is staked on root with ${shortAddress(error.hotkey)} may leave from block ${error.until} on.`,
      'Wait until then. Before that the chain would refuse it and keep the fee.',
    ),
  'stake/price-unknown': (error) =>
    words(
      `The price on netuid ${error.netuid} is unknown.`,
      'The chain that you are connected to does not name it, so nothing can be weighed by it and no limit follows from it.',
      'Move this stake by itself: give its amount in alpha, and a price limit of your own.',
    ),
  'stake/impact-too-large': (error) =>
    words(
      'The amount moves the price too far.',
      `It alone moves the price of netuid ${error.netuid} by about ${percent(error.movesPpm)}; you allow ${percent(error.tolerancePpm)}. The chain would refuse it and keep the fee.`,
      'Enter less, allow a wider limit, or let a part of it be done.',
    ),
  'stake/second-leg-lost': (error) =>
    words(
      'The amount is too small to swap.',
      `The sale may bring only ${plainAmount(error.available)} TAO. Up to ${plainAmount(error.minimum)} TAO the chain sells without buying on netuid ${error.netuid}, and says nothing.`,
      'Enter more, or unstake instead.',
    ),
  'stake/no-queue': () =>
    words('There is no such list of moves.', 'It was carried out, or put away before.', 'Plan the moves again.'),
  'stake/price-doubted': (error) =>
    words(
      'Two sources disagree on the price.',
      `The node says ${plainAmount(error.stated)} TAO for one alpha of netuid ${error.netuid}; ${SOURCE_WORDS[error.source]} ${plainAmount(error.compared)}.`,
      'Nothing was signed. Try another endpoint, or look at both numbers and say that you go on.',
    ),
  'stake/plan-too-old': (error) =>
    words(
      'The quote is too old.',
      `It is from block ${error.atBlock}; now it is block ${error.nowBlock}.`,
      'Nothing was sent. Quote again.',
    ),
  'register/balance-too-low': (error) =>
    words(
      'The balance is too low.',
      `${plainAmount(error.needed)} TAO are needed with fees and the smallest balance; ${plainAmount(error.available)} TAO are free.`,
      'Get more TAO to this account first.',
    ),
  'register/closed': (error) =>
    words(
      'Registration is closed.',
      `Netuid ${error.netuid} takes no new places now.`,
      'Choose another subnet, or wait for its owner.',
    ),
  'register/already-registered': (error) =>
    words(
      'This hotkey has a place already.',
      `It holds uid ${error.uid} on netuid ${error.netuid}.`,
      'You can start mining with it.',
    ),
  'register/price-above-limit': (error) =>
    words(
      'The place became dearer than your limit.',
      `It costs ${plainAmount(error.price)} TAO; your limit was ${plainAmount(error.limit)}.`,
      'Nothing was paid. Plan again.',
    ),
  'register/other-owner': (error) =>
    words(
      'This hotkey belongs to another coldkey.',
      `Its owner on the chain is ${shortAddress(error.owner)}.`,
      'Create a new hotkey in this wallet.',
    ),
  'register/no-place': (error) =>
    words(
      'No place can be given.',
      `All ${error.places} places of netuid ${error.netuid} are taken, and none may be replaced: nobody is new there, and the chain keeps ${error.kept} that are not.`,
      'Nothing was paid. Time alone does not change it: the owner of the subnet has to allow more places, or keep fewer.',
    ),
  'register/on-its-way': (error) =>
    words(
      'This hotkey is being registered already.',
      `A transaction for ${shortAddress(error.hotkey)} on netuid ${error.netuid} was sent, and may still come into a block.`,
      'Wait for that one: Activity says what becomes of it. Nothing more was paid.',
    ),
  'register/no-list': () =>
    words(
      'There is no such list of registrations.',
      'It was put away, it is not being carried out, or it belongs to another network.',
      'Look at the lists that there are.',
    ),
  'register/list-runs': () =>
    words(
      'Another list of registrations is being carried out.',
      'They are bought one after the other, so that no price is counted twice.',
      'Wait until it rests, or stop it. Nothing was paid.',
    ),
}
