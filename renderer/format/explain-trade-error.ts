import { shortAddress } from './address.ts'
import { plainAmount } from './amount.ts'
import type { ErrorOf } from './explain-error.ts'
import { type ErrorWords, words } from './words.ts'

export function explainTradeError(error: ErrorOf<'stake'> | ErrorOf<'register'>): ErrorWords {
  switch (error.code) {
    case 'stake/too-small':
      return words(
        'The amount is too small.',
        `The chain takes at least ${plainAmount(error.minimum)} TAO worth of stake in one step.`,
        'Enter more, or take all of the position.',
      )
    case 'stake/balance-too-low':
    case 'register/balance-too-low':
      return words(
        'The balance is too low.',
        `${plainAmount(error.needed)} TAO are needed with fees and the smallest balance; ${plainAmount(error.available)} TAO are free.`,
        'Enter less, or get more TAO first.',
      )
    case 'stake/not-enough-alpha':
      return words(
        'There is not so much to take.',
        `${plainAmount(error.available)} alpha of netuid ${error.netuid} can be taken now; ${plainAmount(error.needed)} were asked.`,
        'Enter an amount above 0 and up to what is available.',
      )
    case 'stake/no-liquidity':
      return words(
        'The pool cannot fill this.',
        `The pool of netuid ${error.netuid} is too small for this amount.`,
        'Enter less, or choose another subnet.',
      )
    case 'stake/subnet-not-started':
      return words(
        'This subnet has not started.',
        `The owner of netuid ${error.netuid} has not started its token yet.`,
        'Choose another subnet, or wait.',
      )
    case 'stake/unknown-subnet':
      return words(
        'There is no such subnet.',
        `Netuid ${error.netuid} does not exist on this network.`,
        'Choose one of the list.',
      )
    case 'stake/unknown-hotkey':
      return words(
        'The chain does not know this hotkey.',
        `${shortAddress(error.hotkey)} has never been registered.`,
        'Choose a validator of the list.',
      )
    case 'stake/price-moved':
      return words(
        'The price moved past your limit.',
        `It is ${plainAmount(error.price)} TAO for one alpha; your limit was ${plainAmount(error.limitPrice)}.`,
        'Nothing was sent. Quote again, or allow a wider limit.',
      )
    case 'stake/plan-too-old':
      return words(
        'The quote is too old.',
        `It is from block ${error.atBlock}; now it is block ${error.nowBlock}.`,
        'Nothing was sent. Quote again.',
      )
    case 'register/closed':
      return words(
        'Registration is closed.',
        `Netuid ${error.netuid} takes no new places now.`,
        'Choose another subnet, or wait for its owner.',
      )
    case 'register/already-registered':
      return words(
        'This hotkey has a place already.',
        `It holds uid ${error.uid} on netuid ${error.netuid}.`,
        'You can start mining with it.',
      )
    case 'register/price-above-limit':
      return words(
        'The place became dearer than your limit.',
        `It costs ${plainAmount(error.price)} TAO; your limit was ${plainAmount(error.limit)}.`,
        'Nothing was paid. Plan again.',
      )
    case 'register/other-owner':
      return words(
        'This hotkey belongs to another coldkey.',
        `Its owner on the chain is ${shortAddress(error.owner)}.`,
        'Create a new hotkey in this wallet.',
      )
    case 'register/no-place':
      return words(
        'No place can be given.',
        `All places of netuid ${error.netuid} are protected at the moment.`,
        'Try again after some blocks.',
      )
  }
}
